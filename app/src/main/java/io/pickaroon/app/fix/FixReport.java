package io.pickaroon.app.fix;

import io.pickaroon.app.command.FinalMessage;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.Failure;
import io.pickaroon.app.search.ReadingLimits;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.app.terminal.RecordOutput;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Says of each file what became of it, goes on after a failure, and remembers the exit code. */
final class FixReport {
    /** Deals with one file. */
    interface Attempt {
        void run() throws IOException;
    }

    private final OutputStream output;
    private final ReadingLimits limits;
    private final boolean dryRun;
    private final boolean quiet;
    private final boolean stackTraces;
    private FileOutcome total = FileOutcome.NOTHING;
    private int files;
    private int exitCode = ExitCode.DONE;

    /** @param output where summaries go */
    FixReport(OutputStream output, ReadingLimits limits, boolean dryRun, boolean quiet, boolean stackTraces) {
        this.stackTraces = stackTraces;
        this.output = output;
        this.limits = limits;
        this.dryRun = dryRun;
        this.quiet = quiet;
    }

    /** Deals with one file; what goes wrong is said. Only the loss of standard output ends everything. */
    void attempt(Attempt attempt) throws IOException {
        try {
            attempt.run();
        } catch (RecordOutput.OutputLost e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            output.flush();
            Failure failure = Failure.of(e);
            failed(failure.message(), failure.exitCode());
            if (stackTraces) {
                System.err.print(FinalMessage.stackTrace(e));
            }
        }
    }

    /** Something went wrong that has been said, or is said here. */
    void failed(String message, int code) {
        System.err.println(message);
        exitCode = Math.max(exitCode, code);
    }

    void failed() {
        exitCode = Math.max(exitCode, ExitCode.FAILED);
    }

    /** What was done in one file. */
    void add(Path file, FileOutcome outcome) throws IOException {
        files++;
        total = total.plus(outcome);
        print(NativePath.printable(file), outcome);
        output.flush();
        if (outcome.isIncomplete()) {
            failed();
        }
    }

    /** All files have had their turn. */
    void end() throws IOException {
        if (files > 1) {
            print(files + " files", total);
        }
        output.flush();
        if (total.scanned().oversizedRecords() > 0) {
            failed(
                    "pickaroon: records longer than %s: %s; only their beginnings were scanned; raise --max-record-bytes to scan more"
                            .formatted(
                                    Quantities.bytes(limits.maxRecordBytes()),
                                    Quantities.count(total.scanned().oversizedRecords())),
                    ExitCode.FAILED);
        }
        if (total.fixes().changedMeanwhile() > 0) {
            failed(
                    "pickaroon: some matches were overwritten by another process before they could be changed; run the"
                            + " same command again",
                    ExitCode.FAILED);
        }
    }

    int exitCode() {
        return exitCode;
    }

    private void print(String what, FileOutcome outcome) throws IOException {
        if (!quiet) {
            output.write((FixSummary.line(what, outcome, dryRun) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
