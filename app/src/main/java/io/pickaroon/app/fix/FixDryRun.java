package io.pickaroon.app.fix;

import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.terminal.RecordOutput;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Prints what a fix would change in the files that were named, and changes nothing. */
final class FixDryRun {
    private final Terminal terminal;
    private final OutputOptions options;
    private final FixRun.Wanted wanted;

    FixDryRun(Terminal terminal, OutputOptions options, FixRun.Wanted wanted) {
        this.terminal = terminal;
        this.options = options;
        this.wanted = wanted;
    }

    /** Returns the exit code. */
    int run(List<Path> files) throws IOException {
        FixPreview preview = new FixPreview(wanted.rules(), wanted.limits());
        try (RecordOutput output = new RecordOutput(terminal.output())) {
            FixReport report = FixReport.of(
                    output, wanted.limits(), new FixReport.Saying(true, options.quiet(), wanted.stackTraces()));
            FixableFiles fixable = new FixableFiles(wanted.allowed());
            for (Path file : files) {
                report.attempt(() -> {
                    if (fixable.isNew(file)) {
                        FileOutcome outcome = preview.preview(file, change -> {
                            output.write((NativePath.printable(file) + ":" + change.offset() + "\n")
                                    .getBytes(StandardCharsets.UTF_8));
                            output.write(change.lines(terminal.columns()));
                        });
                        report.add(file, outcome);
                        fixable.requireWritable(file);
                    }
                });
            }
            report.end();
            return report.exitCode();
        } catch (RecordOutput.ReaderGone _) {
            return ExitCode.DONE;
        }
    }
}
