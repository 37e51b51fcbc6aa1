package io.pickaroon.processor.fix;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import java.nio.file.Path;
import java.util.List;

/**
 * What a journal says about one window: the records to change, in file order.
 *
 * @param path where the file was
 * @param end where the next window of the file begins
 * @param rules {@link io.pickaroon.processor.scan.ScannedWindow#allRules()} of all windows of the file in the group; 0
 *     if they differ, or are not known
 * @param waited whether these fixes waited for the rotation of the file
 */
record RedoEntry(FileIdentity identity, Path path, Position end, long rules, boolean waited, List<RedoRecord> records) {
    /** Changes of all records. */
    int changeCount() {
        return records.stream().mapToInt(record -> record.edits().size()).sum();
    }

    /**
     * The changes to one record.
     *
     * @param stretches where its bytes stand in the file, in their order
     * @param guard CRC-32C of those bytes of the stretches that no change touches
     */
    record RedoRecord(List<Stretch> stretches, int guard, List<RedoEdit> edits) {
        /** Bytes of all stretches. */
        int length() {
            return stretches.stream().mapToInt(Stretch::length).sum();
        }
    }

    /** Bytes of a record that stand in the file without others between them. */
    record Stretch(long offset, int length) {}

    /**
     * One change.
     *
     * @param start index of the first byte that changes in the stretches of the record, as if they stood in a row
     * @param after what stands there afterwards, in the same stretch
     */
    record RedoEdit(int start, byte[] after) {}
}
