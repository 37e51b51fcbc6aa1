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
    /**
     * The changes to one record.
     *
     * @param offset offset of the record in the file
     * @param length length of the record without its delimiter, in bytes
     * @param guard CRC-32C of those bytes of the record that no change touches
     */
    record RedoRecord(long offset, int length, int guard, List<RedoEdit> edits) {}

    /**
     * One change.
     *
     * @param start index in the record of the first byte that changes
     * @param after what stands there afterwards
     */
    record RedoEdit(int start, byte[] after) {}
}
