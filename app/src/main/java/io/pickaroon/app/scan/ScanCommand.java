package io.pickaroon.app.scan;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.FatalErrors;
import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.search.PatternOptions;
import io.pickaroon.app.search.ReadingOptions;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.metrics.StartTrace;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pickaroon scan}: looks only, like grep, with the engine. */
public final class ScanCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CommandModel command = new CommandModel("scan", this)
            .description(
                    "Prints the records of files that match, or counts them. Changes nothing, needs no configuration.",
                    "",
                    "Ends with 0 when it has read everything, whether or not something matched; with 1 if a file could"
                            + " not be read to its end; with 2 for a mistake in what was asked for.")
            .footer(
                    "",
                    "Examples:",
                    "  pickaroon scan app.log -e ERROR",
                    "  pickaroon scan --count *.log -e ERROR -e 'timeout after [0-9]+ ms'",
                    "  pickaroon scan app.log -i -F 'out of memory (heap)' | head");
    private final Supplier<List<Path>> files = command.parameters(Path.class, "FILE", "The files to read.");
    private final PatternOptions patterns = new PatternOptions(command);
    private final Supplier<Boolean> count =
            command.flag("Print how many records match instead of the records.", "-c", "--count");
    private final ReadingOptions reading = new ReadingOptions(command);
    private final OutputOptions outputOptions = new OutputOptions(command);
    private final CommonOptions common = new CommonOptions(command);

    public ScanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    public CommandSpec spec() {
        return command.spec();
    }

    @Override
    public Integer call() throws Exception {
        FatalErrors.endTheProcess(common.stackTraces());
        StartTrace.phase("logging");
        return new ScanRun(terminal, patterns.wanted(), reading.limits(), outputOptions.progressBar(terminal))
                .run(files.get(), count.get());
    }
}
