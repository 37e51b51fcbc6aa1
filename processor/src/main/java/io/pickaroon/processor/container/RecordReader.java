package io.pickaroon.processor.container;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.file.StreamPlaces;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds the records of a container log, in the order in which they start. A record is a message, that is, the lines of one stream up
 * to the one that ends it; or several messages of one stream, where not each of them starts a record. For each record it looks
 * ahead for the lines that belong to it, goes back to the line behind its first one, and passes over lines of records that are done.
 * The lines of one stream belong to records that follow each other, so no line is looked at more than three times.
 *
 * <p>Memory is bounded by the longest record and by {@link ContainerFormat#maxPartDistanceBytes}. Allocates only to grow. Used by one
 * thread at a time.
 */
public final class RecordReader {
    /** What stands around the text of a line is no longer than this, or the line is not in the format. */
    private static final int MOST_BYTES_AROUND = 1024;
    /** An escape takes so many bytes for one. */
    private static final int MOST_BYTES_OF_ESCAPE = 6;

    private final LineSyntax syntax;
    private final MessageRules rules;
    private final int maxPartDistanceBytes;
    private final int longestLineBytes;

    private final LineBuffer buffer = new LineBuffer();
    private final RecordArrays found = new RecordArrays();
    private final FoundRecords view;
    private final LineParts parts = new LineParts();
    private byte[] decides = {};

    private final long[] done = new long[2];
    private final boolean[] isCut = new boolean[2];
    private boolean holdsOpen;
    /** Index of the next line; or where it stands in the file, if it is not in the buffer. */
    private int at;

    private long skipTo;
    private long passedBytes;
    /** Of the record that is gathered: where its last line ends, and up to where more of them were looked for. */
    private long lastEnd;

    private long lookedTo;
    /** Its stream, the length of its text, whether its last message is complete, and whether its message goes on. */
    private int stream;

    private int length;

    private boolean isEnded;
    private boolean cutsRecord;

    /**
     * What a message is, and which one starts a record.
     *
     * @param maxRecordBytes longest text of a record, at least 1
     * @param dropsReturn whether a carriage return at the end of a message is no part of it
     * @param starts tests whether a message starts a record; null if each does
     * @param decidingBytes so many bytes of the first line of a message decide, at most
     */
    public record MessageRules(int maxRecordBytes, boolean dropsReturn, StartTest starts, int decidingBytes) {}

    /** Judges messages. */
    @FunctionalInterface
    public interface StartTest {
        /** True if the message whose first line, or the beginning of it, is {@code [from, to)} starts a record. */
        boolean startsRecord(byte[] bytes, int from, int to);
    }

    public RecordReader(ContainerFormat format, MessageRules rules) {
        this.syntax = format.syntax().newLines();
        this.rules = rules;
        this.maxPartDistanceBytes = format.maxPartDistanceBytes();
        long text = (long) rules.maxRecordBytes() * (format.syntax().isVerbatim() ? 1 : MOST_BYTES_OF_ESCAPE);
        this.longestLineBytes = (int) Math.min(Integer.MAX_VALUE / 4, text + MOST_BYTES_AROUND);
        this.view = new FoundRecords(found, buffer, format.syntax());
    }

    /**
     * Begins at a position, with no records.
     *
     * @param limitOffset bytes before it are read, and it ends the line that reaches it
     * @param holdsOpenRecords whether a record of which more may stand behind the limit is left for later; or else it is cut there
     */
    public void begin(LogFile file, Position from, long limitOffset, boolean holdsOpenRecords) throws IOException {
        buffer.begin(file, from.offset(), limitOffset);
        holdsOpen = holdsOpenRecords;
        StreamPlaces streams = from.streams();
        done[StreamPlaces.STDOUT] = streams.stdoutDone();
        done[StreamPlaces.STDERR] = streams.stderrDone();
        isCut[StreamPlaces.STDOUT] = streams.stdoutIsCut();
        isCut[StreamPlaces.STDERR] = streams.stderrIsCut();
        at = 0;
        skipTo = -1;
        passedBytes = 0;
        found.clear();
        if (!from.startsRecord() && from.offset() > 0) {
            byte[] before = new byte[1];
            file.read(from.offset() - 1, before, 0, 1);
            skipTo = before[0] == '\n' ? -1 : buffer.endOfLongLine(0);
        }
    }

    /** Forgets the records. */
    public void clear() {
        found.clear();
        at -= buffer.discard(at);
    }

    /** Where reading goes on behind all records that were found: at a line that starts a record, as far as is known. */
    public Position position() {
        StreamPlaces streams = StreamPlaces.of(done[StreamPlaces.STDOUT], done[StreamPlaces.STDERR], cuts());
        return new Position(skipTo >= 0 ? skipTo : buffer.offset(at), true, streams);
    }

    private int cuts() {
        return (isCut[StreamPlaces.STDOUT] ? 1 : 0) | (isCut[StreamPlaces.STDERR] ? 2 : 0);
    }

    /** The record that is held at {@link #position}. */
    public HeldRecord held() {
        return held(position());
    }

    private HeldRecord held(Position at) {
        return new HeldRecord(at, stream, length, isEnded, lastEnd, lookedTo);
    }

    /**
     * Looks for more lines of a record that was held, behind those that were looked at, and reads nothing else. The reader has to be
     * begun again afterwards.
     *
     * @param limitOffset as of {@link #begin}, at least {@link HeldRecord#lookedTo}
     * @return the record if it is still held
     */
    public Optional<HeldRecord> lookOn(LogFile file, HeldRecord held, long limitOffset) throws IOException {
        begin(file, new Position(held.lookedTo(), true, held.at().streams()), limitOffset, true);
        found.begin(held.at().offset());
        stream = held.stream();
        length = held.length();
        isEnded = held.isEnded();
        lastEnd = held.lastEnd();
        boolean isComplete = addLines(buffer.index(held.at().offset()), 0);
        return isComplete ? Optional.empty() : Optional.of(held(held.at()));
    }

    /**
     * Finds the next record, if it starts before an offset.
     *
     * @return false if none does, or if it is held; or if the records have to be {@link #clear cleared} first
     */
    public boolean next(long endOffset) throws IOException {
        while (true) {
            if (skipTo >= 0) {
                if (found.count() > 0) {
                    return false;
                }
                buffer.restart(skipTo);
                at = 0;
                skipTo = -1;
            }
            long start = buffer.offset(at);
            if (start >= endOffset || buffer.isLimit(at)) {
                return false;
            }
            int end = lineEnd(at, at + longestLineBytes);
            boolean isInFormat = parse(at, end);
            if (isInFormat && start < done[parts.stream]) {
                passedBytes += pass(end) - start;
                continue;
            }
            found.begin(start);
            if (!isInFormat) {
                addForeign(end);
            } else if (!gather(start, end)) {
                return false;
            }
            found.goesOnAt(skipTo >= 0 ? skipTo : buffer.offset(at), done, cuts(), takePassedBytes());
            return true;
        }
    }

    /** Bytes of lines that were passed since the last record because theirs are done; from now on they count no more. */
    public long takePassedBytes() {
        long bytes = passedBytes;
        passedBytes = 0;
        return bytes;
    }

    private boolean parse(int line, int end) {
        boolean isInFormat = syntax.parse(buffer.bytes(), line, end, parts);
        if (isInFormat && rules.dropsReturn()) {
            parts.dropReturn();
        }
        return isInFormat;
    }

    /** Goes on behind a line, whose end was looked for up to there. Returns where it ends in the file. */
    private long pass(int end) throws IOException {
        if (isLineEnd(at, end)) {
            at = afterLine(at, end);
            return buffer.offset(at);
        }
        skipTo = buffer.endOfLongLine(end);
        return skipTo;
    }

    /**
     * Index of the end of a line, or of where the search for it stops. A line that was taken as it stood, before all of it was written,
     * ends where it did then.
     */
    private int lineEnd(int line, int stop) throws IOException {
        int most = stop;
        for (long offset : done) {
            int end = buffer.index(offset);
            most = end > line ? Math.min(most, end) : most;
        }
        return buffer.lineEnd(line, most);
    }

    private boolean isLineEnd(int line, int end) {
        return buffer.isLineFeed(end) || buffer.isLimit(end) || wasTakenTo(line, end);
    }

    /** Whether the line is the beginning of one that was taken as it stood. All else that is done ends behind a line feed. */
    private boolean wasTakenTo(int line, int end) {
        long offset = buffer.offset(end);
        return end > line && (offset == done[StreamPlaces.STDOUT] || offset == done[StreamPlaces.STDERR]);
    }

    private int afterLine(int line, int end) {
        return buffer.isLineFeed(end) && !wasTakenTo(line, end) ? end + 1 : end;
    }

    private void addForeign(int end) throws IOException {
        int line = at;
        long start = buffer.offset(line);
        boolean dropsReturn =
                rules.dropsReturn() && buffer.isLineFeed(end) && end > line && buffer.bytes()[end - 1] == '\r';
        parts.textStart = line;
        parts.textEnd = dropsReturn ? end - 1 : end;
        parts.textLength = parts.textEnd - line;
        found.addLine(line, end, parts, 0, pass(end) - start);
        int most = rules.maxRecordBytes();
        found.end(RecordArrays.NO_STREAM, Math.min(parts.textLength, most), parts.textLength > most, Part.WHOLE);
    }

    /** Gathers the lines of the record that begins with the next line. Returns false if it is held. */
    private boolean gather(long start, int firstEnd) throws IOException {
        int firstLine = at;
        stream = parts.stream;
        boolean isHeadOnly = parts.textLength > rules.maxRecordBytes();
        isEnded = parts.endsMessage;
        length = Math.min(parts.textLength, rules.maxRecordBytes());
        cutsRecord = isHeadOnly && !isEnded;
        found.addLine(firstLine, firstEnd, parts, 0, 0);
        int behind = afterLine(firstLine, firstEnd);
        lastEnd = buffer.offset(behind);
        if (!isHeadOnly && !addLines(firstLine, behind)) {
            return false;
        }
        long next = pass(firstEnd);
        found.addBytes(next - start);
        found.end(stream, length, isHeadOnly, isCut[stream] ? Part.TAIL : cutsRecord ? Part.HEAD : Part.WHOLE);
        done[stream] = Math.max(next, lastEnd);
        isCut[stream] = cutsRecord;
        return true;
    }

    /** Adds the lines from an index on that belong to the record. Returns false if it is held. */
    private boolean addLines(int firstLine, int from) throws IOException {
        int next = from;
        while (!isEnded || rules.starts() != null) {
            boolean isFar = next - firstLine > maxPartDistanceBytes;
            if (isFar || buffer.isLimit(next)) {
                lookedTo = buffer.offset(next);
                cutsRecord = !isEnded;
                return isFar || !holdsOpen;
            }
            int end = lineEnd(next, next + longestLineBytes);
            if (parse(next, end) && parts.stream == stream) {
                int textAt = isEnded ? length + 1 : length;
                boolean starts = isEnded && startsRecord();
                cutsRecord = !starts && textAt + parts.textLength > rules.maxRecordBytes();
                if (starts || cutsRecord) {
                    return true;
                }
                found.addLine(next, end, parts, textAt, afterLine(next, end) - next);
                length = textAt + parts.textLength;
                isEnded = parts.endsMessage;
                lastEnd = buffer.offset(afterLine(next, end));
            } else if (!isLineEnd(next, end)) {
                // Where it ends does not matter if that is too far away.
                end = lineEnd(next, firstLine + maxPartDistanceBytes + 1);
            }
            next = afterLine(next, end);
        }
        return true;
    }

    private boolean startsRecord() {
        int most = rules.decidingBytes();
        if (parts.textLength == parts.textEnd - parts.textStart) {
            int end = parts.textStart + Math.min(most, parts.textLength);
            return rules.starts().startsRecord(buffer.bytes(), parts.textStart, end);
        }
        decides = decides.length < most ? new byte[most] : decides;
        int decoded = syntax.copyText(buffer.bytes(), parts.textStart, parts.textEnd, decides, 0, most);
        return rules.starts().startsRecord(decides, 0, decoded);
    }

    /** The records that were found since they were last cleared. */
    public FoundRecords found() {
        return view;
    }
}
