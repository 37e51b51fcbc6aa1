package io.pickaroon.config.settings;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which files an input reads.
 *
 * @param include globs of the files to read, at least one
 * @param exclude globs of files to leave out although they are included
 * @param ignoreOlder files that are not known yet and were not written to for this long are left out; empty: none
 */
public record FileSettings(List<String> include, List<String> exclude, Optional<Duration> ignoreOlder) {
    public FileSettings {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        Objects.requireNonNull(ignoreOlder, "ignoreOlder");
    }
}
