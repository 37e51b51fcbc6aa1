package io.pickaroon.records.emit;

/** What the value of an emitted record is. */
public enum ValueFormat {
    /** The record's bytes as they stand. */
    RAW,
    /** An object with the record as text, where it comes from, and its fields: {@link RecordJson}. */
    JSON,
    /** A {@code LogsData} of OTLP in protobuf, with one log record. */
    OTLP
}
