package io.pickaroon.app.replay;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.ConfigurationOption;
import io.pickaroon.app.command.FatalErrors;
import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.search.TimeOptions;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.inputs.shown.MatchHeaders;
import io.pickaroon.processor.input.FilePart;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pickaroon replay}: sends again what was sent of a part of some files. */
public final class ReplayCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CommandModel command = new CommandModel("replay", this)
            .description(
                    "Sends again what a run has sent of some files: the records that start in a part of them, or are of"
                            + " some time, by the rules of the configuration, with the keys, headers and ids that they"
                            + " had, and one header more, " + MatchHeaders.REPLAYED + ", with the time of the replay.",
                    "",
                    "Goes no further than the run has delivered, by its checkpoint. Works while the run goes on: it"
                        + " reads the checkpoint and the files, changes neither, makes no fixes, and has a name of its"
                        + " own in Kafka.",
                    "",
                    "Ends with 0 when done; with 1 if a file could not be read, or not all could be delivered; with 2"
                        + " for a mistake in what was asked for. On SIGINT or SIGTERM it delivers what is under way,"
                        + " says how far it has come, and ends with 130 or 143.")
            .footer(
                    "",
                    "Examples:",
                    "  pickaroon replay -c shop.yaml --file '*.log' --since '1h ago' --dry-run",
                    "  pickaroon replay -c shop.yaml --file app.log.1 --from-offset 1048576",
                    "  pickaroon replay -c shop.yaml --file app.log --rule errors --to repaired");
    private final ConfigurationOption configuration = new ConfigurationOption(command);
    private final Supplier<List<String>> files = command.list(
            String.class,
            names("--file")
                    .paramLabel("GLOB")
                    .required(true)
                    .description("Which files of the inputs, by their names now; without a slash, by the name alone."
                            + " May be given several times."));
    private final Supplier<Long> fromOffset = command.option(names("--from-offset")
            .type(Long.class)
            .paramLabel("OFFSET")
            .description("Only records that start at this byte of a file or behind it. Default: 0."));
    private final Supplier<Long> toOffset = command.option(names("--to-offset")
            .type(Long.class)
            .paramLabel("OFFSET")
            .description("Only records that start before this byte. Default: all that are delivered."));
    private final TimeOptions times = new TimeOptions(command);
    private final Supplier<List<String>> rules = command.list(
            String.class,
            names("--rule")
                    .paramLabel("ID")
                    .description("Only what this rule sends. May be given several times. Default: all rules."));
    private final Supplier<String> to = command.option(names("--to")
            .type(String.class)
            .paramLabel("TOPIC")
            .description("Send to this topic instead of those of the rules; where the output is a file, write to this"
                    + " file instead of that."));
    private final Supplier<Boolean> dryRun =
            command.flag("Say what would be sent, and send nothing. Asks no broker.", "--dry-run");
    private final OutputOptions outputOptions = new OutputOptions(command);
    private final CommonOptions common = new CommonOptions(command);

    public ReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    public CommandSpec spec() {
        return command.spec();
    }

    @Override
    public Integer call() throws Exception {
        FatalErrors.endTheProcess(common.stackTraces());
        LogbackSetup.applyForTrouble(outputOptions.quiet(), common.stackTraces());
        ReplayRequest request = new ReplayRequest(
                configuration.file(), files.get(), part(), time(), rules.get(), Optional.ofNullable(to.get()));
        return new ReplayRun(terminal, outputOptions, request).run(dryRun.get());
    }

    private FilePart part() {
        long from = fromOffset.get() == null ? 0 : fromOffset.get();
        long end = toOffset.get() == null ? Long.MAX_VALUE : toOffset.get();
        if (from < 0 || end < 0) {
            throw command.mistake("--from-offset and --to-offset: an offset is at least 0");
        }
        if (from >= end) {
            throw command.mistake("--from-offset %d is not before --to-offset %d".formatted(from, end));
        }
        return new FilePart(from, end);
    }

    private ReplayRequest.Times time() {
        return times.isFormatGiven()
                ? new ReplayRequest.Times(Optional.empty(), times.records(false))
                : new ReplayRequest.Times(times.rangeAlone(), Optional.empty());
    }
}
