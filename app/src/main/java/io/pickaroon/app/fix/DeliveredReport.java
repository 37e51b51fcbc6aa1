package io.pickaroon.app.fix;

import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.processor.StretchFixer;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Says of each file what became of it, and what of it was left alone because of what a connector has committed. */
final class DeliveredReport {
    private static final String LONG_RECORDS =
            "records longer than 'maxRecordBytes' of their input: %s; only their beginnings were scanned";

    private final OutputStream output;
    private final boolean dryRun;
    private final int columns;
    private final FixReport report;

    /**
     * @param output where summaries go
     * @param columns width of the terminal
     */
    DeliveredReport(OutputStream output, FixReport.Saying how, int columns) {
        this.output = output;
        this.dryRun = how.dryRun();
        this.columns = columns;
        this.report = new FixReport(output, LONG_RECORDS, how);
    }

    /** Deals with one file; what goes wrong is said. Only the loss of standard output ends everything. */
    void attempt(FixReport.Attempt attempt) throws IOException {
        report.attempt(attempt);
    }

    /** Prints what would be changed, in a dry run. */
    StretchFixer.Parts parts(Path file) {
        return dryRun
                ? part -> FixPreview.show(part, change -> {
                    output.write((NativePath.printable(file) + ":" + change.offset() + "\n")
                            .getBytes(StandardCharsets.UTF_8));
                    output.write(change.lines(columns));
                })
                : _ -> {};
    }

    /** What is as it should be. */
    void note(Path file, String message) {
        report.note(file, message);
    }

    /** What an interrupted fix had left. */
    void finished(Path file, long records) {
        if (records > 0) {
            note(
                    file,
                    "an earlier fix was interrupted; the changes that it had begun in %s records are complete now"
                            .formatted(Quantities.count(records)));
        }
    }

    /** A file, or a part of it, was left alone. */
    void skipped(Path file, String reason) {
        report.failed(
                "%s: left alone: %s".formatted(NativePath.printable(file), ByteText.printable(reason)),
                ExitCode.FAILED);
    }

    /** A rule was not applied to a part of a file. */
    void leftOut(Path file, String rule, long bytes) {
        report.failed(
                "%s: rule %s changes nothing in %s: the connector has sent no matches of it there, as its rule was another one, or none; 'pickaroon fix FILE' can"
                        .formatted(NativePath.printable(file), rule, bytes(bytes)),
                ExitCode.FAILED);
    }

    /**
     * What was done in one file.
     *
     * @param committedBytes what the connector has committed of it
     */
    void add(Path file, FileOutcome outcome, long committedBytes, long sizeBytes) throws IOException {
        String rest = committedBytes < sizeBytes
                ? "; %s of %s are committed".formatted(Quantities.count(committedBytes), bytes(sizeBytes))
                : "";
        report.add(file, outcome, rest);
    }

    /** All files have had their turn. */
    void end() throws IOException {
        report.end();
    }

    int exitCode() {
        return report.exitCode();
    }

    private static String bytes(long count) {
        return Quantities.count(count) + (count == 1 ? " byte" : " bytes");
    }
}
