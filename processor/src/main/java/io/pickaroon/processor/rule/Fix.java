package io.pickaroon.processor.rule;

import io.pickaroon.processor.window.Delimiter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * How a rule changes what it matched, in the file, without changing any length.
 *
 * @param change what takes the place of a match
 * @param group name of the regular expression's group that is changed, or {@link #OF_DETECTORS}; empty for the whole match
 * @param protectHeadBytes matches that begin before this offset of the file are left alone: log shippers know a file by
 *     its first bytes
 * @param when when the file is changed
 */
public record Fix(Change change, String group, long protectHeadBytes, When when) {
    /** The group of a mask that hides what {@link Pattern.Detect} hides of each of its places. */
    public static final String OF_DETECTORS = "(of detectors)";

    /** When a file is changed. What is emitted is masked at once in any case. */
    public enum When {
        /** As soon as the match is delivered. */
        DELIVERED,
        /** When the file was rotated, in a pass of its own. */
        ROTATED,
        /** Not at all: only what is emitted is masked. */
        NEVER
    }

    /** A fix that is made as soon as its match is delivered. */
    public Fix(Change change, String group, long protectHeadBytes) {
        this(change, group, protectHeadBytes, When.DELIVERED);
    }

    /** A fix that is made when the file was rotated, or else as soon as its match is delivered. */
    public Fix(Change change, String group, long protectHeadBytes, boolean waitsForRotation) {
        this(change, group, protectHeadBytes, waitsForRotation ? When.ROTATED : When.DELIVERED);
    }

    /** True if the file is changed only when it was rotated. */
    public boolean waitsForRotation() {
        return when == When.ROTATED;
    }

    /** True if the file is changed at some time. */
    public boolean changesFiles() {
        return when != When.NEVER;
    }

    /** The same one, to be made now. */
    Fix withoutWaiting() {
        return new Fix(change, group, protectHeadBytes);
    }

    /**
     * A fix must not make a delimiter.
     *
     * @throws IllegalArgumentException if what takes the place of a match has a byte of it
     */
    public void requireNothingOf(Delimiter delimiter) {
        byte[] made = switch (change) {
            case Replace replace -> replace.bytes();
            case Mask mask -> new byte[] {(byte) mask.character()};
        };
        for (byte value : made) {
            if (delimiter.contains(value)) {
                throw new IllegalArgumentException(
                        "a fix must not write a byte that delimiters have: one would be made, or another record");
            }
        }
    }

    public Fix {
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(when, "when");
        if (protectHeadBytes < 0) {
            throw new IllegalArgumentException("protectHeadBytes " + protectHeadBytes + " is negative");
        }
        if (when == When.NEVER && change instanceof Replace) {
            throw new IllegalArgumentException("a replacement that is never made changes nothing; only a mask may be");
        }
    }

    /** What takes the place of a match. */
    public sealed interface Change {}

    /** A text of as many bytes as the match. What is emitted shows what stood there before. */
    public record Replace(String text) implements Change {
        public Replace {
            if (text.isEmpty() || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
                throw new IllegalArgumentException("a replacement is not empty and holds no line break");
            }
        }

        public byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * One character for every byte of the match. What is emitted is masked too.
     *
     * @param character a printable ASCII character
     * @param keepFirst characters left as they are at the beginning, at least 0
     * @param keepLast characters left as they are at the end, at least 0. A match of no more characters than are to be
     *     kept is masked whole
     */
    public record Mask(char character, int keepFirst, int keepLast) implements Change {
        public Mask {
            if (character < ' ' || character > '~') {
                throw new IllegalArgumentException("a mask is one printable ASCII character");
            }
            if (keepFirst < 0 || keepLast < 0) {
                throw new IllegalArgumentException(
                        "keepFirst %d and keepLast %d must not be negative".formatted(keepFirst, keepLast));
            }
        }

        /**
         * What it hides of a match, in whole characters of UTF-8: the start in the upper half and the end in the lower one.
         *
         * @param bytes has the record at {@code [recordStart, recordEnd)}
         */
        public long hiddenOf(byte[] bytes, int recordStart, int recordEnd, int start, int end) {
            int from = start;
            while (from > recordStart && isContinuation(bytes[from])) {
                from--;
            }
            int to = endOfCharacter(bytes, end, recordEnd);
            int first = from;
            for (int i = 0; i < keepFirst && first < to; i++) {
                first = Math.min(to, endOfCharacter(bytes, first + 1, recordEnd));
            }
            int last = to;
            for (int i = 0; i < keepLast && last > first; i++) {
                do {
                    last--;
                } while (last > first && isContinuation(bytes[last]));
            }
            boolean isShort = first == last;
            return (long) (isShort ? from : first) << Integer.SIZE | (isShort ? to : last);
        }

        /** True if the byte continues a character of several bytes that begins before it. */
        private static boolean isContinuation(byte b) {
            return (b & 0xc0) == 0x80;
        }

        private static int endOfCharacter(byte[] bytes, int index, int recordEnd) {
            int end = index;
            while (end < recordEnd && isContinuation(bytes[end])) {
                end++;
            }
            return end;
        }
    }
}
