package io.pickaroon.config.settings;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a record of an input is.
 *
 * @param delimiter what ends a line
 * @param maxRecordBytes the longest record that is delivered whole, 1 byte to 256 MiB
 * @param multiline how lines are joined to records; empty: each line is a record
 * @param flushAfter an unfinished line is taken as it stands when a live file has not grown for this long, 1 ms to 1 d; empty:
 *     it waits for its end. In a container log, how long a record waits for its next part, too; empty: 5 s
 * @param container what stands around the text of each line; empty: nothing does
 */
public record RecordSettings(
        Delimiter delimiter,
        int maxRecordBytes,
        Optional<MultilineSettings> multiline,
        Optional<Duration> flushAfter,
        Optional<ContainerSettings> container) {
    /** Lines that hold nothing but text. */
    public RecordSettings(
            Delimiter delimiter,
            int maxRecordBytes,
            Optional<MultilineSettings> multiline,
            Optional<Duration> flushAfter) {
        this(delimiter, maxRecordBytes, multiline, flushAfter, Optional.empty());
    }

    public RecordSettings {
        Objects.requireNonNull(container, "container");
        Objects.requireNonNull(delimiter, "delimiter");
        Objects.requireNonNull(multiline, "multiline");
        Objects.requireNonNull(flushAfter, "flushAfter");
    }

    /** What ends a line. */
    public sealed interface Delimiter {}

    /** One of the usual ends of lines. */
    public enum LineBreak implements Delimiter {
        /** LF, and a CR before it belongs to the delimiter. */
        AUTO,
        /** LF; a CR before it is content. */
        LF,
        /** Only CR LF; a lone LF is content. */
        CRLF
    }

    /**
     * Another text.
     *
     * @param text 1 to 16 bytes of UTF-8; no end of it is its beginning
     */
    public record Text(String text) implements Delimiter {
        public Text {
            Objects.requireNonNull(text, "text");
        }
    }
}
