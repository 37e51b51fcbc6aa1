package io.pickaroon.records;

import java.util.List;

/**
 * Reads fields from the bytes of a record. It is made for the names that are wanted, and keeps no others unless it is asked to.
 * A parser belongs to one thread.
 */
public interface FieldParser {
    /** How many parts between dots a name can have that is asked for. */
    int MOST_PARTS = WantedKey.MOST_PARTS;

    /** Whether a name has so few parts that it can be asked for. */
    static boolean isAskable(String name) {
        return name.chars().filter(c -> c == '.').count() < MOST_PARTS;
    }

    /**
     * A parser of JSON objects.
     *
     * @param names of the wanted fields, each once and of at most 8 parts between dots
     * @param all whether the others that a record has are kept, too, up to the bounds of {@link Fields}
     */
    static FieldParser json(List<String> names, boolean all) {
        return all ? new AllJsonFieldParser(names) : new JsonFieldParser(names);
    }

    /** A parser of logfmt, see {@link LogfmtFieldParser}. */
    static FieldParser logfmt(List<String> names, boolean all) {
        return new LogfmtFieldParser(names, all);
    }

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
