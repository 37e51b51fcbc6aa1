package io.pickaroon.app.scan;

/** What is told of each file. */
enum Answer {
    /** The records that are selected. */
    RECORDS,
    /** How many there are. */
    COUNT,
    /** How many records each pattern matches. */
    COUNT_BY_PATTERN,
    /** Its name, if there is one. */
    NAME_IF_FOUND,
    /** Its name, if there is none. */
    NAME_IF_NOT_FOUND,
    /** Nothing: the exit code says whether there is one in any file. */
    NOTHING;

    /** True if one record is enough to know the answer. */
    boolean needsOne() {
        return this == NAME_IF_FOUND || this == NAME_IF_NOT_FOUND || this == NOTHING;
    }
}
