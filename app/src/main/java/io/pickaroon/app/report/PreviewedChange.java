package io.pickaroon.app.report;

import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.scan.EditBatch;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A change that a fix would make, and the record around it.
 *
 * @param content where the record is read
 * @param recordOffset offset in the file of the record's first byte
 * @param recordLength length of the record in bytes, without its delimiter
 * @param offset offset in the file of the first byte that would change
 * @param before what stands there, as it may be shown
 * @param after what would stand there, as long
 */
public record PreviewedChange(
        Content content, long recordOffset, int recordLength, long offset, byte[] before, byte[] after) {
    private static final String CUT = "...";
    private static final char NO_CHARACTER = '\ufffd';
    private static final int MARK_COLUMNS = 2;

    /** Bytes at their offsets in a file. */
    public interface Content {
        void read(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException;
    }

    /** The change with all that stands in the file. */
    public static PreviewedChange of(ScannedWindow window, int edit) {
        EditBatch edits = window.edits();
        int stretch = edits.stretch(edit);
        return new PreviewedChange(
                window.file()::read,
                edits.stretchOffset(stretch),
                edits.stretchLength(stretch),
                edits.offset(edit),
                bytes(edits, edits.oldStart(edit), edit),
                bytes(edits, edits.newStart(edit), edit));
    }

    /**
     * The change in the record as it is sent, in which every mask is applied. Of a record that is not sent only the change
     * itself, and where any rule masks, only what would stand there.
     */
    public static PreviewedChange masked(ScannedWindow window, int edit) {
        EditBatch edits = window.edits();
        long offset = edits.offset(edit);
        int length = edits.length(edit);
        byte[] after = bytes(edits, edits.newStart(edit), edit);
        MatchBatch matches = window.matches();
        long recordOffset = edits.recordOffset(edits.record(edit));
        int match = IntStream.range(0, matches.size())
                .filter(each -> matches.recordOffset(each) == recordOffset)
                .findFirst()
                .orElse(-1);
        boolean isInOnePlace = edits.stretchOffset(edits.stretch(edit)) == recordOffset;
        if (match < 0 || !isInOnePlace) {
            byte[] before = masks(matches) ? after : bytes(edits, edits.oldStart(edit), edit);
            return new PreviewedChange(of(before, offset), offset, length, offset, before, after);
        }
        int start = matches.recordStart(match);
        byte[] sent = Arrays.copyOfRange(matches.array(), start, start + matches.recordLength(match));
        int at = (int) (offset - recordOffset);
        return new PreviewedChange(
                of(sent, recordOffset),
                recordOffset,
                sent.length,
                offset,
                Arrays.copyOfRange(sent, at, at + length),
                after);
    }

    private static boolean masks(MatchBatch matches) {
        return matches.rules().stream()
                .anyMatch(rule -> rule.fix()
                        .filter(fix -> fix.change() instanceof Fix.Mask)
                        .isPresent());
    }

    private static Content of(byte[] bytes, long start) {
        return (offset, target, targetIndex, length) ->
                System.arraycopy(bytes, (int) (offset - start), target, targetIndex, length);
    }

    private static byte[] bytes(EditBatch edits, int start, int edit) {
        return Arrays.copyOfRange(edits.array(), start, start + edits.length(edit));
    }

    /** Whether what stands there, as it may be shown, differs from what would. */
    public boolean isDifference() {
        return !Arrays.equals(before, after);
    }

    /**
     * The record with what stands there, and then with what would, a line each; only the latter if there is no difference. Of
     * a long record as much around the change as there is room for. What is no text is shown as dots, so that it cannot
     * command a terminal.
     *
     * @param columns width that a line may have
     */
    public byte[] lines(int columns) throws IOException {
        int room = Math.max(columns - MARK_COLUMNS, 3 * CUT.length());
        long recordEnd = recordOffset + recordLength;
        boolean whole = recordLength <= room;
        long from = recordOffset;
        long to = recordEnd;
        if (!whole) {
            int text = room - 2 * CUT.length();
            int beforeIt = Math.max(0, (text - before.length) / 2);
            from = Math.max(recordOffset, Math.min(offset - beforeIt, recordEnd - text));
            to = Math.min(recordEnd, from + text);
        }
        byte[] context = new byte[(int) (to - from)];
        content.read(from, context, 0, context.length);
        boolean cutBefore = from > recordOffset;
        boolean cutAfter = to < recordEnd;
        int index = (int) (offset - from);
        String standing = isDifference() ? line("- ", with(before, index, context), cutBefore, cutAfter) : "";
        String changed = line("+ ", with(after, index, context), cutBefore, cutAfter);
        return (standing + changed).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A record that is sent as it is, as far as there is room for it, as a line of {@link #lines} that has no mark.
     *
     * @param start index in the array of its first byte
     */
    public static String unchanged(byte[] array, int start, int length, int columns) {
        int room = Math.max(columns - MARK_COLUMNS, 3 * CUT.length());
        boolean whole = length <= room;
        int shown = whole ? length : room - CUT.length();
        return line(" ".repeat(MARK_COLUMNS), Arrays.copyOfRange(array, start, start + shown), false, !whole);
    }

    private static byte[] with(byte[] change, int index, byte[] context) {
        byte[] bytes = context.clone();
        System.arraycopy(change, 0, bytes, index, Math.min(change.length, bytes.length - index));
        return bytes;
    }

    private static String line(String mark, byte[] bytes, boolean cutBefore, boolean cutAfter) {
        StringBuilder text = new StringBuilder();
        new String(bytes, StandardCharsets.UTF_8)
                .codePoints()
                .forEach(c -> text.appendCodePoint(Character.isISOControl(c) ? '.' : c));
        // Half a character at a cut is not shown.
        while (cutBefore && !text.isEmpty() && text.charAt(0) == NO_CHARACTER) {
            text.deleteCharAt(0);
        }
        while (cutAfter && !text.isEmpty() && text.charAt(text.length() - 1) == NO_CHARACTER) {
            text.deleteCharAt(text.length() - 1);
        }
        return mark + (cutBefore ? CUT : "") + text + (cutAfter ? CUT : "") + "\n";
    }
}
