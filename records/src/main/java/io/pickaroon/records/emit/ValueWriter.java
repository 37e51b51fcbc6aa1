package io.pickaroon.records.emit;

import java.util.Arrays;

/** Makes the values of one rule's records. For one thread. */
interface ValueWriter {
    static ValueWriter of(RecordForm form) {
        return switch (form.emit().format()) {
            case RAW ->
                (record, values, timeMillis) ->
                        Arrays.copyOfRange(record.bytes(), record.start(), record.start() + record.length());
            case JSON -> new RecordJson(form.ruleId());
            case OTLP -> throw new UnsupportedOperationException("format otlp");
        };
    }

    /** Comes to another file. */
    default void begin(RecordOrigin origin) {}

    /** The value of a record, in an array of its own. */
    byte[] value(ShownRecord record, NameValues values, long timeMillis);
}
