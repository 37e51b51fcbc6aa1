package io.pickaroon.app.fix;

import io.pickaroon.app.command.FinalMessage;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.Failure;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.app.terminal.RecordOutput;
import io.pickaroon.processor.StretchFixer;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Says of each file what became of it, goes on after a failure, and remembers the exit code. */
final class DeliveredReport {
    private static final int COLUMNS = 80;

    private final OutputStream output;
    private final DeliveredFix.Request request;
    private FileOutcome total = FileOutcome.NOTHING;
    private int files;
    private int exitCode = ExitCode.DONE;

    /** @param output where summaries go */
    DeliveredReport(OutputStream output, DeliveredFix.Request request) {
        this.output = output;
        this.request = request;
    }

    /** Deals with one file; what goes wrong is said. Only the loss of standard output ends everything. */
    void attempt(FixReport.Attempt attempt) throws IOException {
        try {
            attempt.run();
        } catch (RecordOutput.OutputLost e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            output.flush();
            Failure failure = Failure.of(e);
            failed(failure.message(), failure.exitCode());
            if (request.how().stackTraces()) {
                System.err.print(FinalMessage.stackTrace(e));
            }
        }
    }

    /** Prints what would be changed, in a dry run. */
    StretchFixer.Parts parts(Path file) {
        return request.dryRun()
                ? part -> FixPreview.show(part, change -> {
                    output.write((NativePath.printable(file) + ":" + change.offset() + "\n")
                            .getBytes(StandardCharsets.UTF_8));
                    output.write(change.lines(COLUMNS));
                })
                : _ -> {};
    }

    /** What is as it should be. */
    void say(Path file, String message) {
        if (!request.how().quiet()) {
            System.err.println(NativePath.printable(file) + ": " + message);
        }
    }

    void sayFinished(Path file, long records) {
        if (records > 0) {
            say(
                    file,
                    "an earlier fix was interrupted; the changes that it had begun in %s records are complete now"
                            .formatted(Quantities.count(records)));
        }
    }

    /** A file, or a part of it, was left alone. */
    void skipped(Path file, String reason) {
        failed("%s: left alone: %s".formatted(NativePath.printable(file), ByteText.printable(reason)), ExitCode.FAILED);
    }

    /** A rule was not applied to a part of a file. */
    void leftOut(Path file, String rule, long bytes) {
        failed(
                "%s: rule %s changes nothing in %s: the connector has sent no matches of it there, as its rule was another one, or none; 'pickaroon fix FILE' can"
                        .formatted(NativePath.printable(file), rule, DeliveredFix.bytes(bytes)),
                ExitCode.FAILED);
    }

    /**
     * What was done in one file.
     *
     * @param committedBytes what the connector has committed of it
     */
    void add(Path file, FileOutcome outcome, long committedBytes, long sizeBytes) throws IOException {
        files++;
        total = total.plus(outcome);
        String rest = committedBytes < sizeBytes
                ? "; %s of %s are committed".formatted(Quantities.count(committedBytes), DeliveredFix.bytes(sizeBytes))
                : "";
        print(FixSummary.line(NativePath.printable(file), outcome, request.dryRun()) + rest);
        output.flush();
    }

    /** All files have had their turn. */
    void end() throws IOException {
        if (files > 1) {
            print(FixSummary.line(files + " files", total, request.dryRun()));
        }
        output.flush();
        if (total.scanned().oversizedRecords() > 0) {
            failed(
                    "pickaroon: %s records were longer than 'maxRecordBytes' of their input; only their beginnings were scanned"
                            .formatted(Quantities.count(total.scanned().oversizedRecords())),
                    ExitCode.FAILED);
        }
        if (total.fixes().changedMeanwhile() > 0) {
            failed(
                    "pickaroon: some matches were overwritten by another process before they could be changed",
                    ExitCode.FAILED);
        }
    }

    int exitCode() {
        return exitCode;
    }

    private void failed(String message, int code) {
        System.err.println(message);
        exitCode = Math.max(exitCode, code);
    }

    private void print(String line) throws IOException {
        if (!request.how().quiet()) {
            output.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
