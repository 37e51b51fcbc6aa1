package io.pickaroon.processor.simulation;

import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordStarts;
import io.pickaroon.processor.window.WindowPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Where the lines and records of a text end, worked out in the obvious way. */
final class ExpectedLines {
    private record Line(int start, int contentEnd, int next) {}

    private final String text;
    private final byte[] original;
    private final WindowPlan plan;
    private final Optional<RecordStarts.LineTest> starts;

    ExpectedLines(String text, WindowPlan plan) {
        this.text = text;
        this.original = text.getBytes(StandardCharsets.ISO_8859_1);
        this.plan = plan;
        this.starts = plan.format().starts().map(RecordStarts::newTest);
    }

    /** The record that starts at an offset of a log that ends at {@code limit}. */
    ExpectedRecord record(int start, int limit, List<Rule> rules) {
        Line line = line(start, limit);
        while (line.next < limit && !starts(line(line.next, limit))) {
            line = line(line.next, limit);
        }
        return new ExpectedRecord(text, start, line.contentEnd, line.next, plan.maxRecordBytes(), rules);
    }

    private Line line(int start, int limit) {
        String delimiter = delimiter();
        int end = text.indexOf(delimiter, start);
        if (end < 0 || end + delimiter.length() > limit) {
            return new Line(start, limit, limit);
        }
        boolean dropReturn = plan.delimiter() == Delimiter.AUTO && end > start && text.charAt(end - 1) == '\r';
        return new Line(start, dropReturn ? end - 1 : end, end + delimiter.length());
    }

    private String delimiter() {
        return plan.delimiter() == Delimiter.CRLF ? "\r\n" : "\n";
    }

    private boolean starts(Line line) {
        int judged = Math.min(line.contentEnd, line.start + plan.maxRecordBytes());
        return starts.isEmpty() || starts.get().startsRecord(original, line.start, judged);
    }

    /** Whether a run to the end of a log of this size ends the record that starts there and goes on later. */
    boolean isCut(int start, int size) {
        Line line = line(start, size);
        while (line.next < size) {
            line = line(line.next, size);
        }
        boolean isOversized = line.contentEnd - start > plan.maxRecordBytes();
        String delimiter = delimiter();
        int lastLine = text.lastIndexOf(delimiter, size - delimiter.length()) + delimiter.length();
        boolean isUndecided = lastLine >= delimiter.length()
                && lastLine < size
                && size - lastLine < plan.maxRecordBytes() + Delimiter.MAX_BYTES;
        return !isOversized || starts.isPresent() && isUndecided;
    }
}
