package io.pickaroon.config.settings;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A set of log files that are read in the same way.
 *
 * @param id unique among the inputs
 * @param include globs of the files to read, at least one
 * @param exclude globs of files to leave out although they are included
 * @param start where files are begun that are there at the first start of all; later ones are read from their beginning
 * @param windowBytes how much of a file is scanned, delivered and checkpointed as one, 4 KiB to 1 GiB
 * @param maxRecordBytes the longest record that is delivered whole, 1 byte to 256 MiB
 * @param delimiter what ends a line
 * @param ignoreOlder files that nobody has written to for that long, and that are not known yet, are left out; empty: none
 * @param multiline how lines are joined to records; empty: each line is a record
 * @param flushAfter a line that nobody has ended is taken as it stands when a live file has not grown for that long, 1 ms to
 *     1 d; empty: it waits for its end
 */
public record InputSettings(
        String id,
        List<String> include,
        List<String> exclude,
        Start start,
        int windowBytes,
        int maxRecordBytes,
        Delimiter delimiter,
        Optional<Duration> ignoreOlder,
        Optional<MultilineSettings> multiline,
        Optional<Duration> flushAfter) {
    public InputSettings {
        Objects.requireNonNull(id, "id");
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(delimiter, "delimiter");
        Objects.requireNonNull(ignoreOlder, "ignoreOlder");
        Objects.requireNonNull(multiline, "multiline");
        Objects.requireNonNull(flushAfter, "flushAfter");
    }

    /** Where a file that is seen for the first time is begun. */
    public enum Start {
        BEGINNING,
        END
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
