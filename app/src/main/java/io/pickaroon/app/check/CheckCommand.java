package io.pickaroon.app.check;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.ConfigurationOption;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.connect.split.FileKey;
import io.pickaroon.processor.metrics.StartTrace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pickaroon check}: is the configuration right, and what would it read? */
public final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CommandModel command = new CommandModel("check", this)
            .description(
                    "Reads a configuration and prints everything that is wrong with it, or else which files each input"
                        + " has now, and what would be changed in them. Ends with 2 if something is wrong, and with 1"
                        + " if a run would leave out a file whose matches it should fix.")
            .footer(
                    "",
                    "Examples:",
                    "  pickaroon check -c pickaroon.yaml",
                    "  pickaroon check -c pickaroon.yaml --explain",
                    "  pickaroon check -c pickaroon.yaml --explain --sample app.log -m 1",
                    "  pickaroon check -c pickaroon.yaml --connect --storage-label nfs-1 > shop.json");
    private final ConfigurationOption configuration = new ConfigurationOption(command);
    private final Supplier<Boolean> explain = command.flag(
            "Show for the first records of each rule what would be sent, and what would be changed. Lines are taken"
                + " from the files of the inputs: 16 MiB of each, 64 MiB of an input. Nothing is sent or changed, and"
                + " no broker is asked.",
            "--explain");
    private final Supplier<List<Path>> samples = command.list(
            Path.class,
            names("--sample")
                    .paramLabel("LOG")
                    .description(
                            "With --explain: take lines from this file, or from standard input (-), instead. It is read"
                                    + " as the inputs whose patterns match it read their files, or else as all do."));
    private final Supplier<Integer> mostRecords = command.option(names("-m", "--max-count")
            .type(int.class)
            .paramLabel("N")
            .initialValue(3)
            .description("With --explain: show so many records of each rule (default: 3)."));
    private final Supplier<Boolean> json =
            command.flag("With --explain: print a JSON object for each record, and nothing else.", "--json");
    private final Supplier<Boolean> connect = command.flag(
            "Print the configuration as that of a Kafka Connect connector, the body of PUT /connectors/NAME/config, and"
                    + " on standard error what does not carry over. Ends with 1 if something has to be added by hand.",
            "--connect");
    private final Supplier<String> storageLabel = command.option(names("--storage-label")
            .type(String.class)
            .paramLabel("LABEL")
            .description("With --connect: the name of the file system that the files are on, the same on every worker,"
                    + " such as nfs-1."));
    private final CommonOptions common = new CommonOptions(command);

    public CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    public CommandSpec spec() {
        return command.spec();
    }

    @Override
    public Integer call() throws Exception {
        LogbackSetup.applyForTrouble(false, common.stackTraces());
        StartTrace.phase("logging");
        Optional<ExplainRequest> explanation = explanation();
        if (connect.get()) {
            if (explanation.isPresent()) {
                throw command.mistake("--connect prints properties alone; leave --explain out");
            }
            return ConnectRun.run(terminal, configuration.file(), label());
        }
        if (storageLabel.get() != null) {
            throw command.mistake("--storage-label needs --connect");
        }
        return CheckRun.run(terminal, configuration.file(), explanation);
    }

    private Optional<String> label() {
        Optional<String> label = Optional.ofNullable(storageLabel.get());
        label.ifPresent(text -> {
            try {
                new FileKey(text, 0, 0);
            } catch (IllegalArgumentException e) {
                throw command.mistake("--storage-label: " + e.getMessage());
            }
        });
        return label;
    }

    private Optional<ExplainRequest> explanation() {
        if (!explain.get()) {
            Optional<String> useless = command.lastGiven("--sample", "-m", "--json");
            if (useless.isPresent()) {
                throw command.mistake(useless.get() + " needs --explain");
            }
            return Optional.empty();
        }
        if (mostRecords.get() < 1) {
            throw command.mistake("--max-count: %d must be at least 1".formatted(mostRecords.get()));
        }
        return Optional.of(new ExplainRequest(samples.get(), mostRecords.get(), json.get()));
    }
}
