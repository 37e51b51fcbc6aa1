package io.pickaroon.app.fix;

import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A change that a fix would make, and the record around it.
 *
 * @param recordOffset offset in the file of the record's first byte
 * @param recordLength length of the record in bytes, without its delimiter
 * @param offset offset in the file of the first byte that would change
 * @param before what stands there
 * @param after what would stand there, as long
 */
public record PreviewedChange(
        LogFile file, long recordOffset, int recordLength, long offset, byte[] before, byte[] after) {
    private static final String CUT = "...";
    private static final char NO_CHARACTER = '\ufffd';
    private static final int MARK_COLUMNS = 2;

    /**
     * The record with what stands there, and then with what would, a line each; of a long record as much around the
     * change as there is room for. What is no text is shown as dots, so that it cannot command a terminal.
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
        file.read(from, context, 0, context.length);
        boolean cutBefore = from > recordOffset;
        boolean cutAfter = to < recordEnd;
        int index = (int) (offset - from);
        String standing = line("- ", with(before, index, context), cutBefore, cutAfter);
        String changed = line("+ ", with(after, index, context), cutBefore, cutAfter);
        return (standing + changed).getBytes(StandardCharsets.UTF_8);
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
