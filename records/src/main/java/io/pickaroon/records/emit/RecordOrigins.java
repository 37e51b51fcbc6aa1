package io.pickaroon.records.emit;

/** Knows where the records of a file come from. Thread-safe. */
@FunctionalInterface
public interface RecordOrigins {
    /**
     * The origin of a file's records. It is asked when a destination comes to another file, not for each record.
     *
     * @param input id of the input whose file it is; empty where there are no inputs
     * @param file path as text
     */
    RecordOrigin of(String input, String file);
}
