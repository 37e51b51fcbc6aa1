package io.pickaroon.records.emit;

import java.util.Arrays;
import java.util.List;

/** The static fields of an origin, where a parsed field of the same name wins. Immutable. */
record OriginFields(List<Field> fields) {
    static final OriginFields NONE = new OriginFields(List.of());

    /** @param nameBytes in UTF-8 */
    record Field(String name, byte[] nameBytes, String value) {}

    static OriginFields of(RecordOrigin origin) {
        return new OriginFields(origin.fields().entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .map(field -> new Field(field.getKey(), NameValues.utf8(field.getKey()), field.getValue()))
                .toList());
    }

    /** Whether a record has a field of its own that counts instead. */
    static boolean isReplaced(Field field, ShownRecord record) {
        byte[] bytes = record.bytes();
        for (int i = 0; i < record.fieldCount(); i++) {
            if (record.fieldStart(i) >= 0
                    && record.fieldEnd(i) > record.fieldStart(i)
                    && Arrays.equals(
                            field.nameBytes,
                            0,
                            field.nameBytes.length,
                            bytes,
                            record.fieldNameStart(i),
                            record.fieldNameEnd(i))) {
                return true;
            }
        }
        return false;
    }
}
