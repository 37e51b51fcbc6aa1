package io.pickaroon.records.emit;

/**
 * One record as it may be shown, all masks applied, with the values that a {@link RecordForm} asks for. It is set to the next
 * record while the object stays. All indexes are those of {@link #bytes}; missing values are at -1. For one thread.
 */
public interface ShownRecord {
    /** The array that holds the record, its values and the names of its fields. */
    byte[] bytes();

    int start();

    /** In bytes, without the delimiter. */
    int length();

    /** Of the record's first byte in its file. */
    long offset();

    /** Whether it is only the head of a longer record. */
    boolean isHeadOnly();

    /** How many neighbouring records stand before it in {@link #bytes}, each with a line feed behind it; part of the length. */
    int contextBefore();

    /** How many stand after it, each with a line feed before it. */
    int contextAfter();

    /** When it was read, in milliseconds since 1970. */
    long readMillis();

    /** The id as ASCII text in an array of its own, which the caller keeps. */
    byte[] id();

    /** The value of {@link RecordForm#groups} and then {@link RecordForm#fields}, by index; -1 where it is missing. */
    int valueStart(int value);

    /** Exclusive. */
    int valueEnd(int value);

    /** How many fields the record has; 0 unless {@link RecordForm#wantsAllFields}. */
    int fieldCount();

    /** Where the name of one of all fields begins, in UTF-8. */
    int fieldNameStart(int field);

    /** Exclusive. */
    int fieldNameEnd(int field);

    int fieldStart(int field);

    /** Exclusive. */
    int fieldEnd(int field);
}
