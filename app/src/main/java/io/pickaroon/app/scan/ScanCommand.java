package io.pickaroon.app.scan;

import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.FatalErrors;
import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.search.PatternOptions;
import io.pickaroon.app.search.ReadingOptions;
import io.pickaroon.app.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pickaroon scan}: looks only, like grep, with the engine. */
@Command(
        name = "scan",
        description = {
            "Prints the records of files that match, or counts them. Changes nothing, needs no configuration.",
            "",
            "Ends with 0 when it has read everything, whether or not something matched; with 1 if a file could not be"
                    + " read to its end; with 2 for a mistake in what was asked for."
        },
        footer = {
            "",
            "Examples:",
            "  pickaroon scan app.log -e ERROR",
            "  pickaroon scan --count *.log -e ERROR -e 'timeout after [0-9]+ ms'",
            "  pickaroon scan app.log -i -F 'out of memory (heap)' | head"
        })
public final class ScanCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files to read.")
    private List<Path> files;

    @Mixin
    private PatternOptions patterns;

    @Option(
            names = {"-c", "--count"},
            description = "Print how many records match instead of the records.")
    private boolean count;

    @Mixin
    private ReadingOptions reading;

    @Mixin
    private OutputOptions outputOptions;

    @Mixin
    private CommonOptions common;

    public ScanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        FatalErrors.endTheProcess(common.stackTraces());
        return new ScanRun(terminal, patterns.wanted(), reading.limits(), outputOptions.progressBar(terminal))
                .run(files, count);
    }
}
