package io.pickaroon.processor.track;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.commit.Committer;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.read.RunResources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The files that a run knows, each by its inode, through all names that it gets. A file that its name no longer leads to is
 * searched for in the same directory, whether or not an input has such names; so rotations are found that happened between
 * two scans or two runs. Where reading of a new file begins is durable before the file is one of those that are known.
 *
 * <p>One scan at a time; {@link #files} and {@link #at} may be called by any thread. Reads no content.
 */
public final class FileTracker<T extends TrackedFile<T>> {
    private static final String UNSEARCHED =
            "whether something of it is left to read is unknown: its directory cannot be searched for it";

    private final RunResources resources;
    private final TrackedFile.Factory<T> factory;
    private final DirectoryScanner scanner;
    private final GoneFiles expiry;
    private final Map<FileIdentity, T> byInode = new LinkedHashMap<>();
    private final Map<Path, T> byHome = new HashMap<>();
    /** Files that the checkpoint knew at the first scan, and that could not be searched for yet. */
    private final Set<FileIdentity> unsearched = new LinkedHashSet<>();
    /** Those of {@link #byInode} and where they are, as the last scan left them. */
    private volatile List<T> files = List.of();

    private volatile Map<Path, T> byPlace = Map.of();
    private volatile long tookNanos;

    /**
     * What a scan has found.
     *
     * @param names all names that inputs have, those that lead nowhere too
     * @param added files that were not known before
     * @param changed files that may have something to do
     * @param gone files that are nowhere to be found
     * @param directories what to watch
     * @param notes what is to be committed, sooner or later
     */
    public record Scan<T>(
            Map<Path, InputScanners> names,
            List<T> added,
            List<T> changed,
            List<T> gone,
            Set<Path> directories,
            Mono<Void> notes) {}

    /**
     * @param names says which names files have had, by what inotify has reported until then; none in a run that watches no
     *     directories
     */
    public FileTracker(
            List<InputScanners> inputs,
            RunResources resources,
            TrackedFile.Factory<T> factory,
            Supplier<NameHistory> names) {
        this.resources = resources;
        this.factory = factory;
        this.scanner = new DirectoryScanner(inputs, resources, names);
        this.expiry = new GoneFiles(resources, scanner);
    }

    /** All that are known, by the last scan. Does not change. */
    public List<T> files() {
        return files;
    }

    /** The file at a place, by the last scan. */
    public Optional<T> at(Path place) {
        return Optional.ofNullable(byPlace.get(place));
    }

    /** How long the last scan took, without the time in which it waited for a commit and for a thread. */
    public long tookNanos() {
        return tookNanos;
    }

    /**
     * Scans directories for what is there.
     *
     * @param isFirst whether this is the first time in a run
     * @param destination how far the destination knows files to be delivered, if it is known
     */
    public Mono<Scan<T>> scan(boolean isFirst, SinkPositions destination) {
        return Mono.defer(() -> {
            long startNanos = resources.nowNanos();
            DirectoryContents contents = scanAll();
            Map<FileSighting, Position> starts = startsOfUnknown(contents, destination);
            Mono<Void> remembered = starts.isEmpty()
                    ? Mono.empty()
                    : resources.commits().queue(c -> c.start(Map.of(), starts)).publishOn(resources.scan());
            long listedNanos = resources.nowNanos() - startNanos;
            return remembered.then(Mono.fromCallable(() -> {
                long durableNanos = resources.nowNanos();
                Scan<T> scan = found(contents, isFirst, destination);
                tookNanos = listedNanos + resources.nowNanos() - durableNanos;
                return scan;
            }));
        });
    }

    private synchronized DirectoryContents scanAll() {
        byInode.values().stream().filter(TrackedFile::isForgettable).toList().forEach(this::forget);
        return scanner.scan(byInode::containsKey);
    }

    private synchronized Scan<T> found(DirectoryContents contents, boolean isFirst, SinkPositions destination) {
        Set<FileIdentity> known = isFirst ? Set.of() : Set.copyOf(byInode.keySet());
        if (isFirst) {
            unsearched.addAll(resources.positions().entries().keySet());
        }
        adoptUnfinished(contents);
        adopt(contents);
        List<T> added = byInode.values().stream()
                .filter(file -> !known.contains(file.inode()))
                .toList();
        List<T> changed = new ArrayList<>();
        List<T> gone = new ArrayList<>();
        for (T file : List.copyOf(byInode.values())) {
            if (locate(file, contents, !known.contains(file.inode()), destination)) {
                changed.add(file);
            }
            if (file.place().now().isEmpty()) {
                gone.add(file);
            }
        }
        List<Mono<Void>> notes = expiry.note(gone);
        if (expiry.isDue(destination)) {
            notes.addAll(expireAll(contents, destination));
        }
        indexPlaces(contents);
        return new Scan<>(
                contents.inputs(),
                added,
                changed,
                gone,
                contents.directories(),
                Flux.concat(notes).then());
    }

    /** Finds those again that are known, and no others. Returns the ones that are nowhere to be found. */
    public synchronized List<T> findKnown() {
        DirectoryContents contents = scanner.scan(byInode::containsKey);
        byInode.values().forEach(file -> locate(file, contents, false, SinkPositions.UNKNOWN));
        return files.stream().filter(file -> file.place().now().isEmpty()).toList();
    }

    /** Finds out where a file is now. Returns whether it may have something to do. */
    private boolean locate(T file, DirectoryContents contents, boolean isNew, SinkPositions destination) {
        SearchResult result = find(file, contents);
        if (result.isUnknown()) {
            file.place().markUnknown();
            return false;
        }
        if (!result.isFound()) {
            file.markMissing();
            return false;
        }
        boolean leadsElsewhere = leadsHome(file, contents)
                .map(leads -> !leads)
                .orElse(file.place().isRotated());
        return file.foundAt(result.sighting().get(), leadsElsewhere, isNew, destination);
    }

    /** Adopts files that the checkpoint knows, and that were renamed between two runs, when they can be searched for. */
    private void adoptUnfinished(DirectoryContents contents) {
        for (FileIdentity identity : List.copyOf(unsearched)) {
            FileIdentity inode = identity.ofGeneration(0);
            Optional<CheckpointEntry> entry = resources.positions().entry(identity);
            Optional<InputScanners> owner = entry.flatMap(
                    known -> Optional.ofNullable(contents.owner(inode)).or(() -> scanner.inputCovering(known.path())));
            SearchResult result = owner.isEmpty() || byInode.containsKey(inode)
                    ? SearchResult.NOWHERE
                    : SearchResult.of(contents.file(inode))
                            .or(() -> scanner.search(inode, entry.get().path(), Optional.empty(), contents));
            result.sighting()
                    .ifPresent(
                            found -> add(factory.make(owner.get(), entry.get().path(), found)));
            if (!result.isUnknown()) {
                unsearched.remove(identity);
            } else if (resources.settings().once()) {
                resources.counters().problem(owner.get().input(), entry.get().path(), UNSEARCHED);
            }
        }
    }

    /** Where files are begun that are not known. */
    private synchronized Map<FileSighting, Position> startsOfUnknown(
            DirectoryContents contents, SinkPositions destination) {
        Map<FileSighting, Position> starts = new LinkedHashMap<>();
        contents.files().forEach((inode, sighting) -> {
            boolean isKnown = byInode.containsKey(inode)
                    || resources.positions().knows(inode)
                    || destination.of(inode).isPresent()
                    || destination.generation(inode) > 0;
            if (!isKnown) {
                starts.put(contents.atHome(sighting), Position.START);
            }
        });
        return starts;
    }

    /** Adopts files that are new. Where they are begun is durable by now: they may be rotated during a crash. */
    private void adopt(DirectoryContents contents) {
        contents.files().forEach((inode, sighting) -> {
            InputScanners input = contents.owner(inode);
            if (!byInode.containsKey(inode)) {
                if (input.input().hasFixes()) {
                    resources.machine().found(sighting);
                }
                add(factory.make(input, contents.atHome(sighting).path(), sighting));
            }
        });
    }

    private void add(T file) {
        byInode.put(file.inode(), file);
        T before = byHome.put(file.place().home(), file);
        if (before != null && !before.equals(file)) {
            file.comesAfter(before);
        }
    }

    private void forget(T file) {
        byInode.remove(file.inode());
        byHome.computeIfPresent(
                file.place().home(),
                (_, last) -> last.equals(file) ? file.undeliveredPredecessor().orElse(null) : last);
    }

    private SearchResult find(T file, DirectoryContents contents) {
        FileIdentity inode = file.inode();
        FileLocation place = file.place();
        return SearchResult.of(contents.file(inode))
                .or(() -> findAt(place.now(), inode))
                .or(() -> findAt(place.lastReal(), inode))
                .or(() -> scanner.search(inode, place.home(), place.lastReal(), contents));
    }

    private SearchResult findAt(Optional<Path> place, FileIdentity inode) {
        return place.map(there -> scanner.find(inode, there)).orElse(SearchResult.NOWHERE);
    }

    /** Whether its first name leads to it; empty if that cannot be told. */
    private Optional<Boolean> leadsHome(T file, DirectoryContents contents) {
        Path home = file.place().home();
        return contents.at(home)
                .map(there -> there.equals(file.inode()))
                .or(() -> scanner.find(file.inode(), home).answer());
    }

    private List<Mono<Void>> expireAll(DirectoryContents contents, SinkPositions destination) {
        return expiry.noteAll(
                (inode, entry) -> byInode.containsKey(inode)
                        ? byInode.get(inode).place().isThere()
                        : scanner.search(inode, entry.path(), Optional.empty(), contents)
                                .answer(),
                byInode::containsKey,
                destination);
    }

    /** Notes for good that files are gone, and that nothing more of them is read. */
    public Mono<Void> note(List<T> gone) {
        return Flux.concat(expiry.note(gone)).then(resources.commits().queue(Committer::commit));
    }

    private void indexPlaces(DirectoryContents contents) {
        Map<Path, T> places = new HashMap<>();
        Set<Path> directories = contents.directories();
        for (T file : byInode.values()) {
            file.place().now().ifPresent(place -> {
                places.put(place, file);
                directories.add(place.getParent());
                file.place().real().ifPresent(real -> {
                    places.put(real, file);
                    directories.add(real.getParent());
                });
            });
        }
        byPlace = places;
        files = List.copyOf(byInode.values());
    }
}
