package io.pickaroon.processor;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A record that a rule matched. One that several rules match comes once for each.
 *
 * @param file absolute path of the file
 * @param offset of the record's first byte in the file
 * @param rule id of the rule
 * @param bytes the record without its delimiter, a copy of its own
 * @param headOnly whether the record is longer than records may be and this is its head
 */
public record MatchedRecord(Path file, long offset, String rule, byte[] bytes, boolean headOnly) {
    /** The record as UTF-8 text; bytes that are none become U+FFFD. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
