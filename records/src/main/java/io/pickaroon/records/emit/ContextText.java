package io.pickaroon.records.emit;

/** How many neighbours came with a record, as {@code BEFORE,AFTER}. For one thread. */
final class ContextText {
    private int before;
    private int after;
    private byte[] text = NameValues.utf8("0,0");

    /** The same array as for the last record if that had as many; nothing changes it. */
    byte[] of(ShownRecord record) {
        if (record.contextBefore() != before || record.contextAfter() != after) {
            before = record.contextBefore();
            after = record.contextAfter();
            text = NameValues.utf8(before + "," + after);
        }
        return text;
    }
}
