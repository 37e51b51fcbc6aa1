package io.pickaroon.processor.simulation;

import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordStarts;
import io.pickaroon.processor.window.WindowPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The records of a container log in CRI's format, worked out in the obvious way: line after line, with an open record for each stream. */
final class ExpectedMessages {
    private static final Pattern LINE = Pattern.compile(
            "(?s)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[^ ]* (stdout|stderr) ([PF])(?::[^ ]*)?(?: (.*))?");

    /** A record. */
    record Message(ExpectedPlace place, String head, boolean isOversized) {
        ExpectedRecord record(List<Rule> rules) {
            return new ExpectedRecord(place, place.next(), head, isOversized, rules);
        }
    }

    private record Line(int start, int next, int textAt, String text, boolean isLast) {}

    private static final class Open {
        final List<Line> lines = new ArrayList<>();
        boolean isTail;
        int length;

        boolean isComplete() {
            return lines.getLast().isLast;
        }
    }

    private final String text;
    private final int maxRecordBytes;
    private final int maxPartDistance;
    private final boolean dropsReturn;
    private final Optional<RecordStarts.LineTest> starts;

    /** Where reading began; nothing is known there of what stands before. */
    private int begin;
    /** Places at which a run has ended what was open of each stream, and the line that was being written. */
    private final BitSet[] streamCuts = {new BitSet(), new BitSet()};

    private final BitSet lineCuts = new BitSet();

    private List<Message> done;
    private Open[] open;
    private boolean[] isCut;

    ExpectedMessages(String text, WindowPlan plan) {
        this.text = text;
        this.maxRecordBytes = plan.maxRecordBytes();
        this.maxPartDistance = plan.format().container().orElseThrow().maxPartDistanceBytes();
        this.dropsReturn = plan.delimiter() == Delimiter.AUTO;
        this.starts = plan.format().starts().map(RecordStarts::newTest);
    }

    /** Reading begins here; the line that this is in the middle of is passed over. */
    void beginAt(int offset) {
        begin = offset == 0 || text.charAt(offset - 1) == '\n' ? offset : lineEnd(offset);
    }

    /** Where the line ends that an offset is in, or before. */
    int lineEnd(int offset) {
        int end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end + 1;
    }

    /** A run ends here whatever is open. */
    void cut(int size) {
        streamCuts[0].set(size);
        streamCuts[1].set(size);
        if (text.charAt(size - 1) != '\n') {
            lineCuts.set(size);
        }
    }

    /** Of what a run was to end at a place it has ended so much. */
    void keepCuts(int size, boolean ofStdout, boolean ofStderr, boolean ofLine) {
        streamCuts[0].set(size, ofStdout);
        streamCuts[1].set(size, ofStderr);
        lineCuts.set(size, ofLine && lineCuts.get(size));
    }

    /** Whether a run that ends here would cut nothing, or has. */
    boolean isSameWithCut(int size) {
        List<Message> without = read();
        boolean ofStdout = streamCuts[0].get(size);
        boolean ofStderr = streamCuts[1].get(size);
        boolean ofLine = lineCuts.get(size);
        cut(size);
        List<Message> with = read();
        keepCuts(size, ofStdout, ofStderr, ofLine);
        return without.size() == with.size()
                && IntStream.range(0, with.size())
                        .allMatch(i -> with.get(i).place.isSame(without.get(i).place));
    }

    /** All records, in the order of their starts. */
    List<Message> read() {
        done = new ArrayList<>();
        open = new Open[2];
        isCut = new boolean[2];
        boolean hasBegun = false;
        for (int start = 0; start < text.length(); ) {
            if (start >= begin && !hasBegun) {
                close(0, false);
                close(1, false);
                hasBegun = true;
            }
            int cut = lineCuts.nextSetBit(start + 1);
            int next = cut < 0 ? lineEnd(start) : Math.min(cut, lineEnd(start));
            line(start, next);
            start = next;
        }
        close(0, open[0] != null && !open[0].isComplete());
        close(1, open[1] != null && !open[1].isComplete());
        done.sort(Comparator.comparingInt(message -> message.place.start()));
        return done;
    }

    private void line(int start, int next) {
        boolean isEnded = text.charAt(next - 1) == '\n';
        String content = text.substring(start, isEnded ? next - 1 : next);
        Matcher parts = LINE.matcher(content);
        if (parts.matches()) {
            boolean isLast = parts.group(2).equals("F");
            String of = parts.group(3) == null ? "" : parts.group(3);
            int textAt = parts.group(3) == null ? next : start + parts.start(3);
            add(
                    parts.group(1).equals("stdout") ? 0 : 1,
                    new Line(start, next, textAt, isLast ? withoutReturn(of) : of, isLast));
        } else {
            Open foreign = new Open();
            foreign.lines.add(new Line(start, next, start, isEnded ? withoutReturn(content) : content, true));
            done.add(message(foreign, -1, false));
        }
    }

    private String withoutReturn(String of) {
        return dropsReturn && of.endsWith("\r") ? of.substring(0, of.length() - 1) : of;
    }

    private void add(int stream, Line line) {
        Open record = open[stream];
        if (record != null) {
            Line first = record.lines.getFirst();
            int cut = streamCuts[stream].nextSetBit(record.lines.getLast().next);
            boolean isComplete = record.isComplete();
            int joined = record.length + (isComplete ? 1 : 0) + line.text.length();
            if (cut >= 0 && cut < line.next || line.start - first.start > maxPartDistance) {
                close(stream, !isComplete);
            } else if (isComplete && startsRecord(line.text)) {
                close(stream, false);
            } else if (joined > maxRecordBytes) {
                close(stream, true);
            } else {
                record.length = joined;
            }
        }
        if (open[stream] == null) {
            open[stream] = new Open();
            open[stream].isTail = isCut[stream];
            open[stream].length = line.text.length();
        }
        open[stream].lines.add(line);
        if (line.text.length() > maxRecordBytes || line.isLast && starts.isEmpty()) {
            close(stream, !line.isLast);
        }
    }

    private boolean startsRecord(String message) {
        int judged = Math.min(message.length(), Math.min(RecordStarts.DECIDING_BYTES, maxRecordBytes));
        return starts.isEmpty() || starts.get().startsRecord(message.getBytes(StandardCharsets.ISO_8859_1), 0, judged);
    }

    private void close(int stream, boolean cuts) {
        if (open[stream] != null) {
            done.add(message(open[stream], stream, cuts));
            open[stream] = null;
        }
        isCut[stream] = cuts;
    }

    private Message message(Open record, int stream, boolean cuts) {
        StringBuilder head = new StringBuilder();
        List<Integer> bytes = new ArrayList<>();
        boolean isComplete = false;
        for (Line line : record.lines) {
            if (isComplete) {
                head.append('\n');
                bytes.add(-1);
            }
            head.append(line.text);
            IntStream.range(line.textAt, line.textAt + line.text.length()).forEach(bytes::add);
            isComplete = line.isLast;
        }
        boolean isOversized = head.length() > maxRecordBytes;
        int length = Math.min(head.length(), maxRecordBytes);
        ExpectedPlace place = new ExpectedPlace(
                record.lines.stream()
                        .map(line -> new int[] {line.start, line.next})
                        .toList(),
                Arrays.copyOf(bytes.stream().mapToInt(Integer::intValue).toArray(), length),
                stream,
                stream >= 0 && (cuts || record.isTail));
        return new Message(place, head.substring(0, length), isOversized);
    }
}
