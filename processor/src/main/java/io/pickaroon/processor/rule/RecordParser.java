package io.pickaroon.processor.rule;

import java.util.List;

/** Reads the fields of an input's records. Thread-safe; each thread opens a session of its own. */
public interface RecordParser {
    /** Everything that decides which fields a record has; part of the fingerprints of rules that ask for a field. */
    String description();

    /**
     * True if the names of fields stand in the records, and their values may have escapes; false if the names are the
     * parser's own, and each value is what stands in the record.
     */
    boolean readsNames();

    /**
     * A parser for one thread.
     *
     * @param names fields that are asked for by name, each once
     * @param all whether every other field of a record is wanted as well
     */
    Session open(List<String> names, boolean all);

    /**
     * The fields of one record at a time: first those that were asked for by name, in their order, then the others that the
     * record has. Allocates only to grow.
     */
    interface Session {
        /**
         * Reads a record, whose fields are known until the next one.
         *
         * @param to exclusive end
         * @return whether it parses; one that does not has no field of its own
         */
        boolean parse(byte[] record, int from, int to);

        /** Number of fields, those that the record lacks included. */
        int count();

        /** The name in UTF-8. */
        byte[] name(int field);

        boolean has(int field);

        /** Whether the value is not what stands in the record, but what was made of it: a text with escapes. */
        boolean isDecoded(int field);

        /** The array that holds the value, from {@link #start} to {@link #end}. */
        byte[] bytes(int field);

        int start(int field);

        /** Exclusive. */
        int end(int field);

        /** Where in the record's array the value comes from. */
        int sourceStart(int field);

        /** Exclusive. */
        int sourceEnd(int field);
    }
}
