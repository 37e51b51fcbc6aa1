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

    /**
     * How it is said.
     *
     * @param dryRun whether nothing is changed in truth
     * @param stackTraces whether a failure is shown with the place in the program
     */
    record Saying(boolean dryRun, boolean quiet, boolean stackTraces) {}

    private final OutputStream output;
    private final String longRecords;
    private final Saying how;
    private FileOutcome total = FileOutcome.NOTHING;
    private int files;
    private int exitCode = ExitCode.DONE;

    /**
     * @param output where summaries go
     * @param longRecords what is said of records that were too long: with {@code %s} for their number, and what to do
     */
    FixReport(OutputStream output, String longRecords, Saying how) {
        this.output = output;
        this.longRecords = longRecords;
        this.how = how;
    }

    /** For files that are read within these limits, which are options. */
    static FixReport of(OutputStream output, ReadingLimits limits, Saying how) {
        return new FixReport(
                output,
                "records longer than %s: %%s; only their beginnings were scanned; raise --max-record-bytes to scan more"
                        .formatted(Quantities.bytes(limits.maxRecordBytes())),
                how);
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
            if (how.stackTraces()) {
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
        add(file, outcome, "");
    }

    /** Like the other method, with more to say of the file at the end of its line. */
    void add(Path file, FileOutcome outcome, String rest) throws IOException {
        files++;
        total = total.plus(outcome);
        print(NativePath.printable(file), outcome, rest);
        output.flush();
        if (outcome.isIncomplete()) {
            failed();
        }
    }

    /** All files have had their turn. */
    void end() throws IOException {
        if (files > 1) {
            print(files + " files", total, "");
        }
        output.flush();
        if (total.scanned().oversizedRecords() > 0) {
            failed(
                    "pickaroon: "
                            + longRecords.formatted(
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

    /** What is as it should be. */
    void note(Path file, String message) {
        if (!how.quiet()) {
            System.err.println(NativePath.printable(file) + ": " + message);
        }
    }

    private void print(String what, FileOutcome outcome, String rest) throws IOException {
        if (!how.quiet()) {
            output.write((FixSummary.line(what, outcome, how.dryRun()) + rest + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
