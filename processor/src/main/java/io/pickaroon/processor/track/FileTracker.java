package io.pickaroon.processor.track;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.ReadErrors;
import io.pickaroon.processor.read.RunResources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where the followed files are: knows a file by its inode, through whatever names it gets. A file that its name no longer
 * leads to is looked for in the same directory, whether or not an input has such names; so rotations are found that
 * happened while nobody looked. Where reading of a file begins that nobody knew is durable before the file is one of those
 * that are known. One scan at a time; {@link #files} and {@link #at} may be called by any thread.
 */
public final class FileTracker<T extends TrackedFile<T>> {
    private static final Logger LOG = LoggerFactory.getLogger(FileTracker.class);

    /** How often it is asked what has become of files that only the checkpoint knows. */
    private static final Duration EXPIRY_INTERVAL = Duration.ofMinutes(10);

    private final List<InputScanners> inputs;
    private final RunResources parts;
    private final TrackedFile.Factory<T> factory;
    private final Supplier<NameHistory> names;
    private Instant nextExpiry = Instant.MIN;
    private final Map<FileIdentity, T> byInode = new LinkedHashMap<>();
    private final Map<Path, T> byHome = new HashMap<>();
    /** Those of {@link #byInode} and where they are, as the last scan left them. */
    private volatile List<T> files = List.of();

    private volatile Map<Path, T> byPlace = Map.of();
    private final Set<String> said = new HashSet<>();

    /**
     * What a look has found.
     *
     * @param names all names that inputs have, those that lead nowhere too
     * @param added files that were not known before
     * @param stirred files that may have something to do
     * @param gone files that are nowhere to be found
     * @param directories what to watch
     * @param notes what progress is to remember, sooner or later
     */
    public record Look<T>(
            Map<Path, InputScanners> names,
            List<T> added,
            List<T> stirred,
            List<T> gone,
            Set<Path> directories,
            Mono<Void> notes) {}

    /** What is seen in one look. */
    private static final class Seen {
        final Map<Path, InputScanners> inputs = new LinkedHashMap<>();
        /** Those first that were renamed before they were known, as they were when there were others of their name. */
        final SequencedMap<FileIdentity, FileSighting> files = new LinkedHashMap<>();

        final Map<FileIdentity, InputScanners> owners = new HashMap<>();
        /** First names of those that were renamed before they were known. */
        final Map<FileIdentity, Path> homes = new HashMap<>();

        final Map<Path, FileIdentity> names = new HashMap<>();
        final Set<Path> directories = new HashSet<>();
        /** What is in directories that had to be searched. */
        final Map<Path, Map<FileIdentity, FileSighting>> searched = new HashMap<>();
    }

    /** For a run that watches no directories. */
    public FileTracker(List<InputScanners> inputs, RunResources parts, TrackedFile.Factory<T> factory) {
        this(inputs, parts, factory, () -> new NameHistory(_ -> false));
    }

    /** @param names says which names files have had, by what the kernel has reported until it is asked */
    public FileTracker(
            List<InputScanners> inputs,
            RunResources parts,
            TrackedFile.Factory<T> factory,
            Supplier<NameHistory> names) {
        this.inputs = inputs;
        this.parts = parts;
        this.factory = factory;
        this.names = names;
    }

    /** All that are known, by the last scan. Does not change. */
    public List<T> files() {
        return files;
    }

    /** The file at a place, by the last look. */
    public Optional<T> at(Path place) {
        return Optional.ofNullable(byPlace.get(place));
    }

    /**
     * Scans directories for what is there.
     *
     * @param isFirst whether this is the first time in a run
     * @param destination how far the destination knows files to be delivered, if it can be asked
     */
    public Mono<Look<T>> look(boolean isFirst, SinkPositions destination) {
        return Mono.defer(() -> {
            Seen seen = seeAll();
            Map<FileSighting, Position> starts = startsOfUnknown(seen, destination);
            Mono<Void> remembered = starts.isEmpty()
                    ? Mono.empty()
                    : parts.preparation().beginAll(starts).publishOn(parts.scan());
            return remembered.then(Mono.fromCallable(() -> found(seen, isFirst, destination)));
        });
    }

    private synchronized Seen seeAll() {
        byInode.values().stream().filter(TrackedFile::isForgettable).toList().forEach(this::forgetLive);
        return see();
    }

    private synchronized Look<T> found(Seen seen, boolean isFirst, SinkPositions destination) {
        Set<FileIdentity> known = isFirst ? Set.of() : Set.copyOf(byInode.keySet());
        if (isFirst) {
            adoptUnfinished(seen);
        }
        adopt(seen);
        List<T> added = byInode.values().stream()
                .filter(file -> !known.contains(file.inode()))
                .toList();
        List<T> stirred = new ArrayList<>();
        List<T> gone = new ArrayList<>();
        for (T file : List.copyOf(byInode.values())) {
            if (locate(file, seen, !known.contains(file.inode()), destination)) {
                stirred.add(file);
            }
            if (file.place().now().isEmpty()) {
                gone.add(file);
            }
        }
        List<Mono<Void>> notes = expire(seen, gone);
        indexPlaces(seen);
        return new Look<>(
                seen.inputs,
                added,
                stirred,
                gone,
                seen.directories,
                Flux.concat(notes).then());
    }

    /** Finds those again that are known, and no others. Returns the ones that are nowhere to be found. */
    public synchronized List<T> findKnown() {
        Seen seen = see();
        byInode.values().forEach(file -> locate(file, seen, false, SinkPositions.UNKNOWN));
        return files.stream().filter(file -> file.place().now().isEmpty()).toList();
    }

    /** Finds out where a file is now. Returns whether it may have something to do. */
    private boolean locate(T file, Seen seen, boolean isNew, SinkPositions destination) {
        Optional<FileSighting> sighting = find(file, seen);
        if (sighting.isEmpty()) {
            file.markMissing();
            return false;
        }
        return file.foundAt(sighting.get(), !leadsHome(file, seen), isNew, destination);
    }

    private Seen see() {
        Seen seen = new Seen();
        for (InputScanners input : inputs) {
            try {
                Discovery.Found found = input.input().files().find();
                seen.directories.addAll(found.directories());
                found.unreadable().forEach((path, message) -> unreadable(path, message, input.input()));
                found.files().forEach(path -> see(path, input, seen));
            } catch (IOException e) {
                sayOnce("input %s: %s".formatted(input.input().id(), e.getMessage()));
            }
        }
        // What a scan sees under a name may be the successor of a file that is reported as renamed only now.
        seeRenamed(names.get(), seen);
        return seen;
    }

    private void seeRenamed(NameHistory history, Seen seen) {
        history.renamed().reversed().forEach(file -> {
            for (Path name : file.earlier()) {
                Optional<InputScanners> input = inputCovering(name);
                if (input.isPresent()) {
                    seeRenamed(file.place(), name, input.get(), seen);
                    return;
                }
            }
        });
        Set<Path> places = new HashSet<>(seen.names.keySet());
        seen.files.values().forEach(file -> places.add(file.path()));
        history.scanned(places::contains);
        history.takeVanished().forEach(this::vanished);
    }

    private Optional<InputScanners> inputCovering(Path path) {
        return inputs.stream()
                .filter(input -> input.input().files().covers(path))
                .findFirst();
    }

    private void seeRenamed(Path place, Path home, InputScanners input, Seen seen) {
        Optional<FileSighting> sighting = lookAt(place, input);
        if (sighting.isPresent() && !byInode.containsKey(sighting.get().identity())) {
            FileIdentity inode = sighting.get().identity();
            seen.files.putFirst(inode, sighting.get());
            seen.owners.put(inode, input);
            seen.homes.put(inode, home);
        }
    }

    private void vanished(Path path) {
        String message =
                path + " came and was deleted, or moved to a directory that is not watched, before it could be opened;"
                        + " what was in it was not read. Keep rotated files for some seconds, in a directory that an"
                        + " input names";
        if (said.add(message)) {
            LOG.warn("{}", message);
            inputCovering(path).ifPresent(input -> parts.counters().problem(input.input(), path, message));
        }
    }

    private void unreadable(Path path, String message, LogInput input) {
        if (said.add(message)) {
            parts.counters().problem(input, path, message);
        }
    }

    private void see(Path path, InputScanners input, Seen seen) {
        Optional<FileSighting> sighting = lookAt(path, input);
        seen.inputs.putIfAbsent(path, input);
        if (sighting.isEmpty()) {
            return;
        }
        FileIdentity inode = sighting.get().identity();
        seen.names.put(path, inode);
        InputScanners owner = seen.owners.putIfAbsent(inode, input);
        if (owner == null) {
            seen.files.put(inode, sighting.get());
        } else if (!owner.equals(input)) {
            sayOnce("%s belongs to input %s too, which has it already; it is not read a second time for input %s"
                    .formatted(path, owner.input().id(), input.input().id()));
        }
    }

    private Optional<FileSighting> lookAt(Path path, InputScanners input) {
        try {
            return parts.machine().look(path);
        } catch (IOException e) {
            if (!parts.settings().once()
                    && sayOnce("left out until that is mended: " + ReadErrors.describe(e, input.input()))) {
                parts.counters().problem(input.input(), path, e.getMessage());
            }
            return Optional.empty();
        }
    }

    private boolean sayOnce(String message) {
        boolean isNew = said.add(message);
        if (isNew) {
            LOG.error("{}", message);
        }
        return isNew;
    }

    /** Files that the checkpoint knows, and that were given another name while nobody looked. */
    private void adoptUnfinished(Seen seen) {
        parts.progress().entries().forEach((identity, entry) -> {
            FileIdentity inode = identity.ofGeneration(0);
            Optional<InputScanners> owner =
                    Optional.ofNullable(seen.owners.get(inode)).or(() -> inputCovering(entry.path()));
            Optional<FileSighting> sighting = Optional.ofNullable(seen.files.get(inode))
                    .or(() ->
                            owner.flatMap(input -> search(inode, directoriesOf(entry.path(), Optional.empty()), seen)));
            if (owner.isPresent() && sighting.isPresent()) {
                add(factory.make(owner.get(), entry.path(), sighting.get()));
            }
        });
    }

    /** Where files are begun that nobody knows. */
    private synchronized Map<FileSighting, Position> startsOfUnknown(Seen seen, SinkPositions destination) {
        Map<FileSighting, Position> starts = new LinkedHashMap<>();
        seen.files.forEach((inode, sighting) -> {
            boolean isKnown = byInode.containsKey(inode)
                    || parts.progress().generation(inode) > 0
                    || parts.progress().position(inode).isPresent()
                    || destination.of(inode).isPresent()
                    || destination.generation(inode) > 0;
            if (!isKnown) {
                starts.put(withHome(inode, sighting, seen), Position.START);
            }
        });
        return starts;
    }

    /** Files that nobody knew. Where they are begun is durable by now: they may be rotated during a crash. */
    private void adopt(Seen seen) {
        seen.files.forEach((inode, sighting) -> {
            InputScanners input = seen.owners.get(inode);
            if (!byInode.containsKey(inode)) {
                if (input.input().hasFixes()) {
                    parts.machine().found(sighting);
                }
                add(factory.make(input, withHome(inode, sighting, seen).path(), sighting));
            }
        });
    }

    private static FileSighting withHome(FileIdentity inode, FileSighting sighting, Seen seen) {
        return new FileSighting(seen.homes.getOrDefault(inode, sighting.path()), inode, sighting.sizeBytes());
    }

    private void add(T file) {
        byInode.put(file.inode(), file);
        T before = byHome.put(file.place().home(), file);
        if (before != null && !before.equals(file)) {
            file.comesAfter(before);
        }
    }

    private void forgetLive(T file) {
        byInode.remove(file.inode());
        byHome.computeIfPresent(
                file.place().home(),
                (_, last) -> last.equals(file) ? file.undeliveredPredecessor().orElse(null) : last);
    }

    private Optional<FileSighting> find(T file, Seen seen) {
        return Optional.ofNullable(seen.files.get(file.inode()))
                .or(() -> file.place().now().flatMap(place -> isStillAt(place, file)))
                .or(() -> file.place().lastReal().flatMap(real -> isStillAt(real, file)))
                .or(() -> search(
                        file.inode(),
                        directoriesOf(file.place().home(), file.place().lastReal()),
                        seen));
    }

    private Optional<FileSighting> isStillAt(Path place, T file) {
        try {
            return parts.machine().look(place).filter(there -> there.identity().equals(file.inode()));
        } catch (IOException cannotTell) {
            return Optional.empty();
        }
    }

    private boolean leadsHome(T file, Seen seen) {
        FileIdentity there = seen.names.get(file.place().home());
        return there != null
                ? there.equals(file.inode())
                : isStillAt(file.place().home(), file).isPresent();
    }

    /** Where a file may be that had this name: beside it, beside what that name leads to, or where it was last. */
    private static Set<Path> directoriesOf(Path home, Optional<Path> place) {
        Set<Path> directories = new LinkedHashSet<>();
        directories.add(home.getParent());
        place.map(Path::getParent).ifPresent(directories::add);
        FileLocation.real(home).map(Path::getParent).ifPresent(directories::add);
        return directories;
    }

    private Optional<FileSighting> search(FileIdentity inode, Set<Path> directories, Seen seen) {
        return directories.stream()
                .map(directory -> seen.searched.computeIfAbsent(directory, this::filesIn))
                .map(files -> files.get(inode))
                .filter(sighting -> sighting != null)
                .findFirst();
    }

    private Map<FileIdentity, FileSighting> filesIn(Path directory) {
        Map<FileIdentity, FileSighting> files = new HashMap<>();
        try {
            parts.machine().filesIn(directory).forEach(file -> files.putIfAbsent(file.identity(), file));
        } catch (IOException e) {
            sayOnce(directory + ": cannot be searched for rotated files: " + e.getMessage());
        }
        return files;
    }

    /** Notes which files of the checkpoint are gone, and forgets those that are gone for long. */
    private List<Mono<Void>> expire(Seen seen, List<T> gone) {
        Instant now = parts.machine().clock().instant();
        List<Mono<Void>> notes = new ArrayList<>();
        if (now.isBefore(nextExpiry)) {
            for (T file : gone) {
                parts.progress()
                        .entry(file.identity())
                        .flatMap(entry -> note(file.identity(), entry, false, now))
                        .ifPresent(notes::add);
            }
            return notes;
        }
        Duration tenth = parts.settings().following().forgetAfter().dividedBy(10);
        nextExpiry = now.plus(tenth.compareTo(EXPIRY_INTERVAL) < 0 ? tenth : EXPIRY_INTERVAL);
        parts.progress().entries().forEach((identity, entry) -> {
            T live = byInode.get(identity.ofGeneration(0));
            boolean isThere = live != null
                    ? live.place().now().isPresent()
                    : search(identity.ofGeneration(0), directoriesOf(entry.path(), Optional.empty()), seen)
                            .isPresent();
            note(identity, entry, isThere, now).ifPresent(notes::add);
        });
        return notes;
    }

    private Optional<Mono<Void>> note(FileIdentity identity, CheckpointEntry entry, boolean isThere, Instant now) {
        if (isThere) {
            return entry.goneSince().map(_ -> parts.preparation().gone(identity, Optional.empty()));
        }
        if (entry.goneSince().isEmpty()) {
            return Optional.of(parts.preparation().gone(identity, Optional.of(now)));
        }
        Instant due = entry.goneSince().get().plus(parts.settings().following().forgetAfter());
        if (now.isBefore(due) || byInode.containsKey(identity.ofGeneration(0))) {
            return Optional.empty();
        }
        LOG.info(
                "{} has been gone since {} and is forgotten",
                entry.path(),
                entry.goneSince().get());
        return Optional.of(parts.preparation().forget(identity));
    }

    private void indexPlaces(Seen seen) {
        Map<Path, T> places = new HashMap<>();
        for (T file : byInode.values()) {
            file.place().now().ifPresent(place -> {
                places.put(place, file);
                seen.directories.add(place.getParent());
                file.place().real().ifPresent(real -> {
                    places.put(real, file);
                    seen.directories.add(real.getParent());
                });
            });
        }
        byPlace = places;
        files = List.copyOf(byInode.values());
    }
}
