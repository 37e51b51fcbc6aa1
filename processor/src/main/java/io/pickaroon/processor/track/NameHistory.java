package io.pickaroon.processor.track;

import io.pickaroon.processor.file.NameChange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The names that files had lately, before those that they have now, by what inotify reports: a log may be renamed before
 * any directory scan sees it under its first name. Of files that no input ever covered nothing is kept, and nothing for
 * longer than two scans. Used by one thread at a time.
 */
public final class NameHistory {
    /** A scan may see a directory as it was before a rename that is reported already, or after one that is not. */
    private static final int SCANS_KEPT = 2;

    /**
     * A file that was renamed.
     *
     * @param place its name now
     * @param earlier its names before, the first one first
     */
    record Renamed(Path place, List<Path> earlier) {}

    private static final class Names {
        final List<Path> earlier = new ArrayList<>();
        /** No scan can have seen it under any name. */
        boolean isNew;

        int scans;
    }

    private final Predicate<Path> covers;
    /** In the order of the last renames. */
    private final Map<Path, Names> byPlace = new LinkedHashMap<>();

    private List<Path> vanished = new ArrayList<>();

    /** @param covers whether an input would have a file of this name */
    public NameHistory(Predicate<Path> covers) {
        this.covers = covers;
    }

    public void add(NameChange change) {
        switch (change) {
            case NameChange.Created(Path path) -> {
                vanish(path);
                if (covers.test(path)) {
                    Names names = new Names();
                    names.isNew = true;
                    byPlace.put(path, names);
                }
            }
            case NameChange.Renamed(Path from, Path to) -> {
                Names names = byPlace.remove(from);
                vanish(to);
                if (names == null && covers.test(from)) {
                    names = new Names();
                }
                if (names != null) {
                    names.earlier.add(from);
                    names.scans = 0;
                    byPlace.put(to, names);
                }
            }
            case NameChange.Removed(Path path) -> vanish(path);
        }
    }

    private void vanish(Path path) {
        Names names = byPlace.remove(path);
        if (names != null && names.isNew) {
            vanished.add(names.earlier.isEmpty() ? path : names.earlier.getFirst());
        }
    }

    /** Files that were renamed, those that have their names for longest first. */
    List<Renamed> renamed() {
        return byPlace.entrySet().stream()
                .filter(entry -> !entry.getValue().earlier.isEmpty())
                .map(entry -> new Renamed(entry.getKey(), List.copyOf(entry.getValue().earlier)))
                .toList();
    }

    /** First names of files that came and went before any scan could see them. Each is told once. */
    List<Path> takeVanished() {
        List<Path> taken = vanished;
        vanished = new ArrayList<>();
        return taken;
    }

    /**
     * A scan has ended.
     *
     * @param seen places at which it has seen a file
     */
    void scanned(Predicate<Path> seen) {
        byPlace.forEach((place, names) -> names.isNew &= !seen.test(place));
        byPlace.values().removeIf(names -> ++names.scans >= SCANS_KEPT);
    }
}
