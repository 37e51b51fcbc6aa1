package io.pickaroon.records;

/**
 * Reads fields from the bytes of a record. It is made for the names that are wanted, and keeps no others. A parser belongs to
 * one thread.
 */
public interface FieldParser {
    /**
     * Reads a record. The fields are cleared first; of a record that does not parse they are empty.
     *
     * @param fields made by {@link #newFields}, or by another parser of the same names
     * @param record the array in which it stands; the fields refer to it until they are cleared
     * @param to exclusive end
     * @return whether it parses
     */
    boolean parse(Fields fields, byte[] record, int from, int to);

    /** Room for the fields of one record at a time, for any number of records. */
    Fields newFields();
}
