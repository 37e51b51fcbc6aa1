package io.pickaroon.processor.audit;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.rule.Claims;
import io.pickaroon.processor.scan.ScannedWindow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is announced of a group of windows that is fixed together. The journal holds all of it, so a line that is written after a
 * crash is the one that would have been written before. Immutable.
 *
 * @param number of the group
 * @param before where the trail ended before it
 * @param isKeyed whether the trail has a key
 * @param time when it was announced
 * @param origin who changes
 * @param windows in the order of the journal
 */
public record AuditedGroup(
        GroupNumber number,
        TrailPlace before,
        boolean isKeyed,
        Instant time,
        Origin origin,
        List<AuditedWindow> windows) {
    /**
     * What makes numbers of lines unique.
     *
     * @param checkpointId identity of the checkpoint
     * @param counter of the group, raised with each one that this checkpoint's journal announces, at least 1
     */
    public record GroupNumber(long checkpointId, long counter) {}

    /**
     * Who makes the changes.
     *
     * @param instance name of the instance
     * @param version of the program
     * @param configuration see {@link TrailSettings#configuration}
     */
    public record Origin(String instance, String version, String configuration) {}

    /**
     * What is announced of one window.
     *
     * @param path under which the file is known
     * @param changes in the order of the file
     */
    public record AuditedWindow(FileIdentity file, Path path, List<Claims.Place> changes, List<Claims.Skip> skips) {
        public AuditedWindow {
            changes = List.copyOf(changes);
            skips = List.copyOf(skips);
        }

        /** @throws IllegalArgumentException if the window was not scanned for an audit trail, and has edits */
        static AuditedWindow of(ScannedWindow window) {
            Claims claims = window.edits().claims().orElse(null);
            int changes = claims == null ? 0 : claims.changes().size();
            if (changes != window.edits().size()) {
                throw new IllegalArgumentException("%s: %d edits, and %d of them are known to the audit trail"
                        .formatted(window, window.edits().size(), changes));
            }
            return new AuditedWindow(
                    window.file().identity(),
                    window.file().path(),
                    claims == null ? List.of() : claims.changes(),
                    claims == null ? List.of() : claims.skips());
        }
    }

    /**
     * What one line announces.
     *
     * @param skipped why it is left alone; empty for a change
     */
    public record Entry(AuditedWindow window, Claims.Place place, Optional<Claims.Reason> skipped) {}

    public AuditedGroup {
        windows = List.copyOf(windows);
    }

    /** What its lines announce: the changes of all windows, then what is left alone. Made anew for each call. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (AuditedWindow window : windows) {
            window.changes().forEach(place -> entries.add(new Entry(window, place, Optional.empty())));
        }
        for (AuditedWindow window : windows) {
            window.skips().forEach(skip -> entries.add(new Entry(window, skip.place(), Optional.of(skip.reason()))));
        }
        return entries;
    }

    /** Changes of all windows. */
    public int changeCount() {
        return windows.stream().mapToInt(window -> window.changes().size()).sum();
    }

    /** True if anything of a window belongs into a trail. */
    public static boolean isNoted(ScannedWindow window) {
        return !window.edits().isEmpty()
                || window.edits()
                        .claims()
                        .filter(claims -> !claims.skips().isEmpty())
                        .isPresent();
    }
}
