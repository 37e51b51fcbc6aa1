package io.pickaroon.config.settings;

import java.util.Objects;
import java.util.Optional;

/**
 * How the matched bytes are mended in the file, at the same length.
 *
 * @param group the named group of the rule's regular expression that is mended; empty: the whole match
 * @param protectHeadBytes how many bytes at the head of a file are never changed, 0 to 1 GiB
 * @param allowHardLinks whether a file that has several names is changed, under all of them
 * @param allowNetworkFileSystem whether a file is changed that is on a network file system, where that can undo what another
 *     host appends meanwhile
 */
public record FixSettings(
        Change change,
        Optional<String> group,
        int protectHeadBytes,
        When when,
        boolean allowHardLinks,
        boolean allowNetworkFileSystem) {
    public FixSettings {
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(when, "when");
    }

    /** What stands in the file afterwards. */
    public sealed interface Change {}

    /**
     * Another text of the same length. For a literal and for anyOf the equal length is already checked; for a regular
     * expression it depends on what matches.
     */
    public record Replace(String text) implements Change {
        public Replace {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * The same printable ASCII character for each byte.
     *
     * @param keepFirst how many characters at the start of the match stay, 0 to 1,000,000
     * @param keepLast how many characters at the end of the match stay, 0 to 1,000,000
     */
    public record Mask(char character, int keepFirst, int keepLast) implements Change {}

    /**
     * The masks that detectors have for what they find, each of which leaves something readable.
     *
     * @param character what stands for the rest, one of those that are never found again
     */
    public record DetectorMask(char character) implements Change {}

    /** When the file is changed. */
    public enum When {
        /** As soon as the match is delivered. */
        IMMEDIATELY,
        /** Only when the file was rotated, so that its writer is done with it. */
        ROTATED,
        /** Not at all: a mask changes only what is emitted. */
        NEVER
    }
}
