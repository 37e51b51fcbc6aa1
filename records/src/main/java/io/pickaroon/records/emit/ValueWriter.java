package io.pickaroon.records.emit;

import java.util.Arrays;

/** Makes the values of one rule's records. For one thread. */
interface ValueWriter {
    static ValueWriter of(RecordForm form) {
        return switch (form.emit().format()) {
            case RAW ->
                (record, _, _) -> Arrays.copyOfRange(record.bytes(), record.start(), record.start() + record.length());
            case JSON -> new JsonValue(form);
            case OTLP -> new OtlpValue(form);
        };
    }

    /** Comes to another file. */
    default void begin(RecordOrigin origin) {}

    /**
     * The value of a record, in an array of its own.
     *
     * @param rendered what else is sent of it
     */
    byte[] value(ShownRecord record, NameValues values, RenderedRecord rendered);
}
