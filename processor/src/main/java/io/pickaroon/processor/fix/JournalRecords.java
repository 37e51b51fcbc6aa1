package io.pickaroon.processor.fix;

import io.pickaroon.processor.fix.RedoEntry.RedoEdit;
import io.pickaroon.processor.fix.RedoEntry.RedoRecord;
import io.pickaroon.processor.fix.RedoEntry.Stretch;
import io.pickaroon.processor.scan.EditBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The bytes of the records of a journal's entry, see {@link JournalCodec}. Pure functions. */
final class JournalRecords {
    private static final int RECORD_BYTES = 12;
    private static final int STRETCH_BYTES = 12;
    private static final int EDIT_BYTES = 8;

    private JournalRecords() {}

    /** Bytes of all records of a window. */
    static long usedBytes(EditBatch edits) {
        int stretches = edits.recordCount() == 0 ? 0 : edits.lastStretch(edits.recordCount() - 1);
        long bytes = (long) RECORD_BYTES * edits.recordCount() + (long) STRETCH_BYTES * stretches;
        for (int edit = 0; edit < edits.size(); edit++) {
            bytes += EDIT_BYTES + edits.length(edit);
        }
        return bytes;
    }

    /** Writes all records of a window. */
    static void encode(EditBatch edits, ByteBuffer into) {
        int edit = 0;
        for (int record = 0; record < edits.recordCount(); record++) {
            int first = edits.firstStretch(record);
            int last = edits.lastStretch(record);
            into.putInt(edits.guard(record)).putInt(last - first);
            for (int stretch = first; stretch < last; stretch++) {
                into.putLong(edits.stretchOffset(stretch)).putInt(edits.stretchLength(stretch));
            }
            edit = encodeEdits(edits, record, edit, into);
        }
    }

    /** Writes the edits of a record, from the first one on. Returns the first one of the next record. */
    private static int encodeEdits(EditBatch edits, int record, int firstEdit, ByteBuffer into) {
        int countAt = into.position();
        into.putInt(0);
        int edit = firstEdit;
        int stretch = edits.firstStretch(record);
        int before = 0;
        for (; edit < edits.size() && edits.record(edit) == record; edit++) {
            int its = edits.stretch(edit);
            for (; stretch < its; stretch++) {
                before += edits.stretchLength(stretch);
            }
            into.putInt(before + (int) (edits.offset(edit) - edits.stretchOffset(stretch)))
                    .putInt(edits.length(edit))
                    .put(edits.array(), edits.newStart(edit), edits.length(edit));
        }
        into.putInt(countAt, edit - firstEdit);
        return edit;
    }

    /** Throws as {@link #require} does, or BufferUnderflowException. */
    static RedoRecord decode(ByteBuffer from, int version) {
        return version < 3 ? decodeOfVersion2(from) : decodeOfVersion3(from);
    }

    private static RedoRecord decodeOfVersion2(ByteBuffer from) {
        Stretch stretch = decodeStretch(from);
        int guard = from.getInt();
        return new RedoRecord(List.of(stretch), guard, decodeEdits(from, List.of(stretch)));
    }

    private static RedoRecord decodeOfVersion3(ByteBuffer from) {
        int guard = from.getInt();
        List<Stretch> stretches = new ArrayList<>();
        long length = 0;
        for (int left = count(from.getInt()); left > 0; left--) {
            stretches.add(decodeStretch(from));
            length += stretches.getLast().length();
        }
        require(length <= Integer.MAX_VALUE, "length of a record", length);
        return new RedoRecord(stretches, guard, decodeEdits(from, stretches));
    }

    private static Stretch decodeStretch(ByteBuffer from) {
        long offset = from.getLong();
        int length = from.getInt();
        require(length >= 0, "length of a record", length);
        require(offset >= 0 && offset <= Long.MAX_VALUE - length, "offset", offset);
        return new Stretch(offset, length);
    }

    private static List<RedoEdit> decodeEdits(ByteBuffer from, List<Stretch> stretches) {
        List<RedoEdit> edits = new ArrayList<>();
        int free = 0;
        int stretch = -1;
        int end = 0;
        for (int left = count(from.getInt()); left > 0; left--) {
            int start = from.getInt();
            byte[] after = bytes(from, from.getInt());
            while (start >= end && stretch + 1 < stretches.size()) {
                end += stretches.get(++stretch).length();
            }
            require(start >= free && after.length <= end - start, "change at", start);
            edits.add(new RedoEdit(start, after));
            free = start + after.length;
        }
        return edits;
    }

    static int count(int number) {
        require(number >= 0, "count", number);
        return number;
    }

    static byte[] bytes(ByteBuffer from, int length) {
        require(length >= 0 && length <= from.remaining(), "length", length);
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    static void require(boolean sound, String what, long number) {
        if (!sound) {
            throw new IllegalArgumentException(what + " " + number);
        }
    }
}
