package io.pickaroon.processor.following;

import io.pickaroon.processor.TwinEngine;
import io.pickaroon.processor.decode.Utf16;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.file.DirectoryWatch;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.FixPermission;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.NameChange;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.MaxRate;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.TailTimeouts;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A real directory as a daemon sees it. Identities are replaced by others that repeat from run to run; a new file gets the
 * inode number of a deleted one, as on many file systems. The kernel's news of changes come, or get lost, as the seed says.
 */
final class LogDirectory implements TwinEngine.LogOpener, Discovery, DirectoryWatch {
    private final Path directory;
    private final Path linked;
    private final SplittableRandom random;
    private final int lossPercent;
    private final boolean keepsOpen;
    private final Map<FileIdentity, FileIdentity> identities = new HashMap<>();
    private final Map<FileIdentity, LogFile> open = new HashMap<>();
    private final Deque<Long> freeInodes = new ArrayDeque<>();
    private Set<Path> written = new LinkedHashSet<>();
    private List<NameChange> names = new ArrayList<>();
    private boolean namesChanged;

    /**
     * @param lossPercent how much of the kernel's news gets lost
     * @param keepsOpen whether daemons have no reason to close files that are still there
     */
    LogDirectory(Path directory, SplittableRandom random, int lossPercent, boolean keepsOpen) throws IOException {
        this.directory = Files.createDirectory(directory);
        this.linked = Files.createDirectory(directory.resolve("linked"));
        this.random = random;
        this.lossPercent = lossPercent;
        this.keepsOpen = keepsOpen;
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /** Where files are that symbolic links lead to. */
    Path linked(String name) {
        return linked.resolve(name);
    }

    void delete() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private FileIdentity identity(FileIdentity real) {
        return identities.computeIfAbsent(real, _ -> {
            long inode = freeInodes.isEmpty() ? identities.size() + 1 : freeInodes.removeFirst();
            return new FileIdentity(1, inode, identities.size() + 1L);
        });
    }

    FileIdentity identityOf(Path path) throws IOException {
        return identity(FileIdentity.of(FileStatus.of(path)));
    }

    /** Whether a daemon has it open, and would not close it before it hears that it is deleted. */
    boolean isKeptOpen(FileIdentity file) {
        return keepsOpen && isOpen(file);
    }

    boolean isOpen(FileIdentity file) {
        return open.containsKey(file);
    }

    int openFiles() {
        return open.size();
    }

    /** Nobody uses the inode any more. */
    void freed(FileIdentity file) {
        freeInodes.add(file.inode());
    }

    /** The daemon died. */
    void closeAll() throws IOException {
        for (LogFile file : List.copyOf(open.values())) {
            file.close();
        }
        open.clear();
        written.clear();
        names.clear();
    }

    void written(Path path) {
        if (random.nextInt(100) >= lossPercent) {
            written.add(path);
        }
    }

    /** Perhaps the kernel reports it. */
    void namesChanged(NameChange change) {
        if (random.nextInt(100) >= lossPercent) {
            namesChanged = true;
            names.add(change);
        }
    }

    LogInput input(WindowPlan plan, List<Rule> rules, Optional<MaxRate> maxRate) {
        Reading reading = new Reading(plan, TailTimeouts.STANDARD, List.of(new Utf16()));
        return new LogInput("followed", this, false, reading, rules, maxRate);
    }

    @Override
    public LogFile open(Path path, boolean forFixes) throws IOException {
        LogFile file = forFixes ? LogFile.openForFixes(path, FixPermission.EVERY_FILE) : LogFile.open(path);
        FileIdentity identity = identity(file.identity());
        open.put(identity, file);
        return new WatchedFile(file, identity, open::remove);
    }

    /** For recovery. */
    Optional<LogFile> find(FileIdentity identity) throws IOException {
        for (Path in : List.of(directory, linked)) {
            for (FileSighting sighting : filesIn(in)) {
                if (sighting.identity().isSameInode(identity)) {
                    return Optional.of(open(sighting.path(), true));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<FileSighting> look(Path path) throws IOException {
        return FileSighting.at(path).map(this::withIdentity);
    }

    @Override
    public List<FileSighting> filesIn(Path in) throws IOException {
        return FileSighting.in(in).stream().map(this::withIdentity).toList();
    }

    private FileSighting withIdentity(FileSighting real) {
        return new FileSighting(real.path(), identity(real.identity()), real.sizeBytes());
    }

    @Override
    public Found find() throws IOException {
        try (Stream<Path> names = Files.list(directory)) {
            return new Found(names.filter(this::covers).sorted().toList(), Set.of(directory), Map.of());
        }
    }

    @Override
    public boolean covers(Path file) {
        return file.toString().endsWith(".log");
    }

    @Override
    public DirectoryWatch watch() {
        return this;
    }

    @Override
    public boolean watch(Set<Path> directories) {
        return false;
    }

    @Override
    public boolean hearsAll() {
        return true;
    }

    @Override
    public Changes poll() {
        Changes changes = new Changes(written, namesChanged, names);
        names = new ArrayList<>();
        written = new LinkedHashSet<>();
        namesChanged = false;
        return changes;
    }

    @Override
    public void close() {}
}
