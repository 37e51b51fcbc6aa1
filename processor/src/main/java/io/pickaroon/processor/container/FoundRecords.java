package io.pickaroon.processor.container;

import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.file.RecordPlaces;
import io.pickaroon.processor.file.StreamPlaces;
import java.util.Arrays;

/**
 * The records that a {@link RecordReader} has found and that were not cleared, by number, in the order in which they start. Used by
 * one thread at a time.
 */
public final class FoundRecords {
    private final RecordArrays found;
    private final LineBuffer buffer;
    private final LineSyntax syntax;
    private final boolean isVerbatim;
    private int selected;
    /** Of the line whose time was found last. */
    private final LineParts parts = new LineParts();

    FoundRecords(RecordArrays found, LineBuffer buffer, ContainerFormat.Syntax syntax) {
        this.found = found;
        this.buffer = buffer;
        this.syntax = syntax.newLines();
        this.isVerbatim = syntax.isVerbatim();
    }

    /** Has others ask for this record. */
    public void select(int record) {
        selected = record;
    }

    /** Number of the record that was selected last. */
    public int selected() {
        return selected;
    }

    /** Number of records that were found. */
    public int count() {
        return found.count();
    }

    /** Where a record starts in the file. */
    public long start(int record) {
        return found.start(record);
    }

    /** Bytes of all of its lines in the file. */
    public long fileBytes(int record) {
        return found.fileBytes(record);
    }

    /** Bytes from behind the first line of the record before it to behind its own first line, without those of all its lines. */
    public long shiftedBytes(int record) {
        return found.shiftedBytes(record);
    }

    /** Length of its text, or of its head if only that is here. */
    public int length(int record) {
        return found.length(record);
    }

    /** True if its only line is longer than the longest record. */
    public boolean isHeadOnly(int record) {
        return found.isHeadOnly(record);
    }

    /** Where reading goes on behind it. */
    public Position after(int record) {
        return found.after(record);
    }

    /** Copies the text of a record to an array that has room for it. */
    public void copyText(int record, byte[] target, int at) {
        for (int line = found.firstLine(record); line < found.lastLine(record); line++) {
            int textAt = found.textAt(line);
            if (textAt > 0 && textAt > textEnd(line - 1)) {
                target[at + textAt - 1] = '\n';
            }
            copyText(line, target, at + textAt, found.length(record) - textAt);
        }
    }

    private int textEnd(int line) {
        return found.textAt(line) + found.textLength(line);
    }

    private void copyText(int line, byte[] target, int to, int most) {
        int length = Math.min(most, found.textLength(line));
        if (isVerbatim(line)) {
            System.arraycopy(buffer.bytes(), found.textStart(line), target, to, length);
        } else {
            syntax.copyText(buffer.bytes(), found.textStart(line), found.textEnd(line), target, to, length);
        }
    }

    private boolean isVerbatim(int line) {
        return found.textEnd(line) - found.textStart(line) == found.textLength(line);
    }

    /** True if a line is in the format; one that is not is a record of its own. */
    public boolean isInFormat(int record) {
        return found.stream(record) >= 0;
    }

    /** Whether it is all of its message. */
    public Part part(int record) {
        return found.part(record);
    }

    /** The {@link StreamPlaces} number of its stream; negative if it is not in the format. */
    public int stream(int record) {
        return found.stream(record);
    }

    /** Finds the time of a record that is in the format, in {@link #bytes}; the other two methods tell where. */
    public void findTime(int record) {
        int line = found.firstLine(record);
        syntax.parse(buffer.bytes(), found.lineStart(line), found.lineEnd(line), parts);
    }

    /** The array in which times stand. Not to be written to. */
    public byte[] bytes() {
        return buffer.bytes();
    }

    public int timeStart() {
        return parts.timeStart;
    }

    /** Exclusive. */
    public int timeEnd() {
        return parts.timeEnd;
    }

    /** Finds out where the text of a record stands in the file, byte for byte. */
    public void findPlaces(int record, RecordPlaces places) {
        places.clear();
        int length = found.length(record);
        for (int line = found.firstLine(record); line < found.lastLine(record); line++) {
            int textAt = found.textAt(line);
            places.add(textAt, buffer.offset(found.textStart(line)), Math.min(length - textAt, found.textLength(line)));
        }
    }

    /** Length of all lines of a record as they stand in the file, with line feeds between them. */
    public int rawLength(int record) {
        int length = found.lastLine(record) - found.firstLine(record) - 1;
        for (int line = found.firstLine(record); line < found.lastLine(record); line++) {
            length += rawEnd(record, line) - found.lineStart(line);
        }
        return length;
    }

    /** A line that has to be in its format stays whole. */
    private int rawEnd(int record, int line) {
        return found.isHeadOnly(record) && (isVerbatim || !isInFormat(record))
                ? found.textStart(line) + found.length(record)
                : found.lineEnd(line);
    }

    /**
     * Copies all lines of a record, as {@link #rawLength} counts them.
     *
     * @param shown the text of the record from index 0 on as it may be shown, in place of its own; null if that may be. Of a line with
     *     escapes all of the text is hidden where something in it is
     */
    public void copyRaw(int record, byte[] shown, byte[] target, int to) {
        int next = to;
        for (int line = found.firstLine(record); line < found.lastLine(record); line++) {
            int start = found.lineStart(line);
            int length = rawEnd(record, line) - start;
            System.arraycopy(buffer.bytes(), start, target, next, length);
            if (shown != null) {
                show(record, line, shown, target, next + found.textStart(line) - start);
            }
            next += length;
            if (line + 1 < found.lastLine(record)) {
                target[next++] = '\n';
            }
        }
    }

    private void show(int record, int line, byte[] shown, byte[] target, int to) {
        int textAt = found.textAt(line);
        int length = Math.min(found.textLength(line), found.length(record) - textAt);
        if (isVerbatim(line)) {
            System.arraycopy(shown, textAt, target, to, length);
            return;
        }
        byte[] text = new byte[length];
        copyText(line, text, 0, length);
        int hidden = Arrays.mismatch(text, 0, length, shown, textAt, textAt + length);
        if (hidden >= 0) {
            Arrays.fill(target, to, to + found.textEnd(line) - found.textStart(line), shown[textAt + hidden]);
        }
    }
}
