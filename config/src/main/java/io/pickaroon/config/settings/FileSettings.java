package io.pickaroon.config.settings;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which files an input reads, and how fast.
 *
 * @param include globs of the files to read, at least one
 * @param exclude globs of files to leave out although they are included
 * @param ignoreOlder files that are not known yet and were not written to for this long are left out; empty: none
 * @param maxRate how fast they are read, all together, 4 KiB/s to 1024 GiB/s, in bytes per second; empty: without a limit
 */
public record FileSettings(
        List<String> include, List<String> exclude, Optional<Duration> ignoreOlder, Optional<Long> maxRate) {
    public FileSettings {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        Objects.requireNonNull(ignoreOlder, "ignoreOlder");
        Objects.requireNonNull(maxRate, "maxRate");
    }

    /** Files that are read as fast as the destination takes what is emitted. */
    public FileSettings(List<String> include, List<String> exclude, Optional<Duration> ignoreOlder) {
        this(include, exclude, ignoreOlder, Optional.empty());
    }
}
