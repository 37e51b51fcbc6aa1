package io.pickaroon.app.plan;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.FatalErrors;
import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.figures.FigureFile;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.search.RangeOptions;
import io.pickaroon.app.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pickaroon plan}: what a run would do, before it does it, and afterwards whether it has. */
public final class PlanCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CommandModel command = new CommandModel("plan", this)
            .description(
                    "Says what 'run --once' would do with a configuration: for each file, rule and detector what would"
                            + " be sent, changed and left alone, with the first changes, masked; how long reading"
                            + " takes; and which copies of the files keep what is changed in them.",
                    "",
                    "Reads the files with the same engine. Sends nothing, changes no log and no checkpoint, takes no"
                            + " lock, and asks no broker.",
                    "",
                    "With --compare it reads a plan and the ledger that 'run --once --ledger FILE' has written, and"
                            + " says every difference.",
                    "",
                    "Ends with 0 when done; with 1 if a file could not be read, or if there is a difference; with 2"
                            + " for a mistake in what was asked for. With 130 or 143 on SIGINT or SIGTERM: nothing was"
                            + " written then.")
            .footer(
                    "",
                    "Examples:",
                    "  pickaroon plan -c pickaroon.yaml",
                    "  pickaroon plan -c pickaroon.yaml --html plan.html --json plan.json",
                    "  pickaroon plan -c pickaroon.yaml --since '1h ago'",
                    "  pickaroon run -c pickaroon.yaml --once --ledger ledger.json",
                    "  pickaroon plan --compare plan.json ledger.json");
    private final Supplier<Path> configuration = command.option(
            names("-c", "--config").type(Path.class).paramLabel("FILE").description("The configuration, a YAML file."));
    private final Supplier<Path> html = command.option(names("--html")
            .type(Path.class)
            .paramLabel("FILE")
            .description(
                    "Write the plan as a page, too: one file, which needs no network and no script. Replaces what is"
                            + " there."));
    private final Supplier<Path> json = command.option(names("--json")
            .type(Path.class)
            .paramLabel("FILE")
            .description("Write the plan as JSON, too, for programs and for --compare. Replaces what is there."));
    private final Supplier<Boolean> fromBeginning = command.flag(
            "Plan for 'run --once --from-beginning': every file is read from its start.", "--from-beginning");
    private final RangeOptions range = new RangeOptions(command);
    private final Supplier<Path> compare = command.option(names("--compare")
            .type(Path.class)
            .paramLabel("PLAN")
            .description("Compare this plan with a ledger, or with a later plan."));
    private final Supplier<List<Path>> ledgers =
            command.optionalParameters(Path.class, "LEDGER", "With --compare: what the plan is compared with.");
    private final OutputOptions outputOptions = new OutputOptions(command);
    private final CommonOptions common = new CommonOptions(command);

    public PlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    public CommandSpec spec() {
        return command.spec();
    }

    @Override
    public Integer call() throws Exception {
        FatalErrors.endTheProcess(common.stackTraces());
        LogbackSetup.applyForTrouble(outputOptions.quiet(), common.stackTraces());
        if (compare.get() != null) {
            requireForComparison();
            return new CompareRun(terminal, outputOptions.quiet())
                    .run(compare.get(), ledgers.get().getFirst());
        }
        if (configuration.get() == null) {
            throw command.mistake("name the configuration with -c FILE, or compare with --compare PLAN LEDGER");
        }
        if (!ledgers.get().isEmpty()) {
            throw command.mistake(
                    "unexpected argument " + ledgers.get().getFirst() + "; a ledger goes with --compare PLAN");
        }
        if (html.get() != null && html.get().equals(json.get())) {
            throw command.mistake("--html and --json name the same file");
        }
        return new PlanRun(terminal, outputOptions)
                .run(new PlanRun.Request(
                        configuration.get(),
                        fromBeginning.get(),
                        range.given(),
                        file("--html", html),
                        file("--json", json)));
    }

    private void requireForComparison() {
        boolean isMixed = Stream.of(configuration, html, json).anyMatch(option -> option.get() != null);
        if (isMixed || fromBeginning.get() || range.given().isPresent()) {
            throw command.mistake(
                    "--compare reads no logs; leave out -c, --html, --json, --from-beginning, --since and --until");
        }
        if (ledgers.get().size() != 1) {
            throw command.mistake("--compare needs one ledger: pickaroon plan --compare PLAN LEDGER");
        }
    }

    private static Optional<FigureFile> file(String option, Supplier<Path> path) {
        return Optional.ofNullable(path.get()).map(named -> new FigureFile(option, named));
    }
}
