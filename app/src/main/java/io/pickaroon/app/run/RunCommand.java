package io.pickaroon.app.run;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.broker.Installation;
import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.ConfigurationOption;
import io.pickaroon.app.command.DurationText;
import io.pickaroon.app.command.FatalErrors;
import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.configuration.StartOrders;
import io.pickaroon.app.logging.LogFormat;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.pipeline.RunOptions;
import io.pickaroon.app.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code pickaroon run}: the whole way, from files to where matches go. */
public final class RunCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Installation installation;
    private final CommandModel command = new CommandModel("run", this)
            .description(
                    "Reads the files of a configuration, delivers what matches, and remembers the place in the"
                            + " checkpoint.",
                    "",
                    "Follows files through growth and rotation, and new ones, until SIGINT or SIGTERM: then it"
                        + " delivers what is under way, writes the checkpoint and ends, within 'stopTimeout' and 5 s,"
                        + " 10 s unless set. On SIGHUP it reads the configuration again, and goes on with the new"
                        + " rules and inputs; or, if something is wrong with them, with the old ones.")
            .footer(
                    "",
                    "Examples:",
                    "  pickaroon run -c pickaroon.yaml",
                    "  pickaroon run -c pickaroon.yaml --dry-run     what would be sent and changed",
                    "  pickaroon run -c pickaroon.yaml --once        only what is there now",
                    "  pickaroon run -c pickaroon.yaml --once --dev  into a Kafka on this machine",
                    "",
                    "Ends with 0 when done, 1 if something went wrong, 2 for a mistake in what was asked for, 3 if the"
                        + " Java heap is too small (raise PICKAROON_HEAP), 4 if Kafka has positions of another"
                        + " checkpoint and a person has to decide: nothing was read or sent then, and the message has"
                        + " the commands that lead out. With 130 or 143 after a clean checkpoint, on SIGINT or"
                        + " SIGTERM.");
    private final ConfigurationOption configuration = new ConfigurationOption(command);
    private final Supplier<Boolean> once =
            command.flag("End at the end of the files, with a ledger of every byte.", "--once");
    private final Supplier<Boolean> fromBeginning = command.flag(
            "With --once: read every file from its start and send what matches again, even what the checkpoint and"
                    + " Kafka know as delivered.",
            "--from-beginning");
    private final Supplier<Boolean> dryRun = command.flag(
            "Read what this run would read, up to the present end of the files, and print what it would send and"
                    + " change. Sends nothing, changes no file and no checkpoint, and asks no broker.",
            "--dry-run");
    private final Supplier<Path> ledger = command.option(names("--ledger")
            .type(Path.class)
            .paramLabel("FILE")
            .description("With --once: write the ledger by file and rule as JSON, too, which 'pickaroon plan --compare'"
                    + " reads. Replaces what is there."));
    private final Supplier<Duration> wait = command.option(names("--wait")
            .type(Duration.class)
            .converters(new DurationText(Duration.ofSeconds(1), Duration.ofDays(3650)))
            .paramLabel("DURATION")
            .description(
                    "With --once: give up, with exit code 1, when no broker of Kafka has answered, or there has been no"
                            + " room for the checkpoint on its disk, for so long. "
                            + "Default: " + RunOptions.LONGEST_WAIT.toSeconds() + "s."));
    private final Supplier<Boolean> watchConfig =
            command.flag("Read the configuration again when it changes, as on SIGHUP.", "--watch-config");
    private final Supplier<LogFormat> logFormat = command.option(names("--log-format")
            .type(LogFormat.class)
            .paramLabel("json|text")
            .defaultValue("text")
            .description("How lines of the log look: text (default), or one JSON object each."));
    private final Supplier<Boolean> dev = command.flag(
            "Start a dev-broker beside the run, make the topics of the rules in it, and send there.", "--dev");
    private final Supplier<Path> devData = command.option(names("--dev-data")
            .type(Path.class)
            .paramLabel("DIR")
            .description("Where the dev-broker keeps its topics. Default: dev-broker beside the checkpoint."));
    private final Decision decision = new Decision(command);
    private final OutputOptions outputOptions = new OutputOptions(command);
    private final CommonOptions common = new CommonOptions(command);

    /** How a checkpoint that is new goes on, where Kafka has positions of another one. */
    private static final class Decision {
        private final OptionSpec adopt = names("--adopt")
                .type(String.class)
                .paramLabel("NAME")
                .description("Take over this instance: stop the run that uses it, and go on from what it has delivered."
                        + " Counts until this checkpoint has a name in Kafka. 'pickaroon positions list' has the"
                        + " names.")
                .build();
        private final OptionSpec startAnew = names("--start-anew")
                .type(boolean.class)
                .description(
                        "Send everything again, even what Kafka has positions of. Counts until this checkpoint has a"
                                + " name in Kafka.")
                .build();

        Decision(CommandModel command) {
            command.oneOf("0..1", adopt, startAnew);
        }
    }

    public RunCommand(Terminal terminal, Installation installation) {
        this.terminal = terminal;
        this.installation = installation;
    }

    public CommandSpec spec() {
        return command.spec();
    }

    @Override
    public Integer call() throws Exception {
        if (fromBeginning.get() && !once.get()) {
            throw command.mistake(
                    "--from-beginning needs --once; to have a run that follows files begin anew, stop it and"
                            + " use 'pickaroon checkpoint reset'");
        }
        if (wait.get() != null && !once.get()) {
            throw command.mistake("--wait needs --once; a run that follows files waits for its brokers without limit");
        }
        if (ledger.get() != null && !once.get()) {
            throw command.mistake(
                    "--ledger needs --once; the figures of a run that follows files are at its HTTP port");
        }
        FatalErrors.endTheProcess(common.stackTraces());
        LogbackSetup.format(logFormat.get());
        RunRequest request = request();
        if (dryRun.get()) {
            if (request.devBroker().isPresent()
                    || request.orders().isGiven()
                    || request.watchConfig()
                    || request.ledger().isPresent()) {
                throw command.mistake("--dry-run asks no broker and ends at the end of the files; leave out --dev,"
                        + " --dev-data, --adopt, --start-anew, --watch-config and --ledger");
            }
            LogbackSetup.applyForTrouble(outputOptions.quiet(), common.stackTraces());
            return new DryRun(terminal, outputOptions).run(request);
        }
        LogbackSetup.apply(outputOptions.quiet(), common.stackTraces());
        return new RunProcess(terminal, installation, outputOptions).runToItsEnd(request);
    }

    private RunRequest request() {
        Optional<Path> data = Optional.ofNullable(devData.get());
        return new RunRequest(
                configuration.file(),
                options(),
                watchConfig.get(),
                dev.get() || data.isPresent() ? Optional.of(new RunRequest.DevBroker(data)) : Optional.empty(),
                new StartOrders(
                        Optional.ofNullable(decision.adopt.getValue()),
                        Boolean.TRUE.equals(decision.startAnew.getValue()),
                        StartOrders.option(configuration.file())),
                Optional.ofNullable(ledger.get()));
    }

    private RunOptions options() {
        Optional<Duration> longestWait =
                once.get() ? Optional.of(wait.get() == null ? RunOptions.LONGEST_WAIT : wait.get()) : Optional.empty();
        return new RunOptions(once.get(), fromBeginning.get(), longestWait);
    }
}
