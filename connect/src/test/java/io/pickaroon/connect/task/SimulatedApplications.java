package io.pickaroon.connect.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The applications of a schedule: they write, rotate, truncate, delete and replace real files in one directory. */
final class SimulatedApplications {
    private static final int MOST_FILES = 5;

    private final Random random;
    private final Path directory;
    private final boolean isLocal;
    private final List<WrittenLog> live = new ArrayList<>();
    private final List<WrittenLog> all = new ArrayList<>();
    private final Map<Long, WrittenLog> byRealInode = new HashMap<>();
    private final Map<Long, Set<Integer>> firstLines = new HashMap<>();
    private int serial;
    private int rotations;

    /**
     * @param directory empty
     * @param isLocal whether a deleted file keeps its inode as long as it is open
     */
    SimulatedApplications(Random random, Path directory, boolean isLocal) {
        this.random = random;
        this.directory = directory;
        this.isLocal = isLocal;
    }

    /** The log that is there. */
    WrittenLog log(long realInode) {
        return byRealInode.get(realInode);
    }

    /** Those that are there. */
    List<WrittenLog> live() {
        return live;
    }

    /** Those that are there, and those that were. */
    List<WrittenLog> all() {
        return all;
    }

    /** A new log begins, without content. */
    void begin() throws IOException {
        create(directory.resolve("log-" + all.size() + ".log"));
    }

    /** Something happens to one of the logs. */
    void act() throws IOException {
        WrittenLog log = live.get(random.nextInt(live.size()));
        switch (random.nextInt(16)) {
            case 0, 1 -> {
                log.truncate();
                append(log);
            }
            case 2 -> replace(log);
            case 3, 4 -> rotate(log);
            case 5 -> {
                if (live.size() > 1) {
                    delete(log);
                }
            }
            case 6 -> {
                if (live.size() < MOST_FILES) {
                    begin();
                    append(live.getLast());
                }
            }
            default -> append(log);
        }
    }

    private void append(WrittenLog log) throws IOException {
        int lines = 1 + random.nextInt(random.nextInt(3) == 0 ? 120 : 10);
        log.append(lines, serial, random);
        serial += lines;
    }

    /** Another file with the same name, and often with the inode of one that is gone. */
    private void replace(WrittenLog log) throws IOException {
        delete(log);
        append(create(log.path()));
    }

    /** One of the logs is rotated. */
    void rotate() throws IOException {
        rotate(live.get(random.nextInt(live.size())));
    }

    private void rotate(WrittenLog log) throws IOException {
        Path path = log.path();
        log.rename(directory.resolve(path.getFileName().toString().replaceAll("[.]log.*", ".log." + ++rotations)));
        if (live.size() < MOST_FILES && path.toString().endsWith(".log")) {
            WrittenLog next = create(path);
            if (random.nextBoolean()) {
                append(next);
            }
        }
    }

    private void delete(WrittenLog log) throws IOException {
        byRealInode.values().remove(log);
        live.remove(log);
        log.delete();
    }

    private WrittenLog create(Path path) throws IOException {
        long inode = inode();
        Set<Integer> used = firstLines.computeIfAbsent(inode, _ -> new HashSet<>());
        WrittenLog log = new WrittenLog(path, inode, TimeUnit.SECONDS.toNanos(1 + all.size()), used);
        byRealInode.put((Long) Files.getAttribute(path, "unix:ino"), log);
        live.add(log);
        all.add(log);
        return log;
    }

    private long inode() {
        return all.stream()
                .filter(log -> log.isDeleted() && !(isLocal && log.isOpen()))
                .map(log -> log.inode)
                .filter(inode -> live.stream().noneMatch(other -> other.inode == inode))
                .filter(_ -> random.nextInt(3) > 0)
                .reduce((_, later) -> later)
                .orElseGet(() -> 1000L + 100L * all.size() + random.nextInt(100));
    }

    /** The last line of each log is ended. */
    void end() throws IOException {
        for (WrittenLog log : live) {
            log.complete();
        }
    }

    void deleteAll() throws IOException {
        for (WrittenLog log : List.copyOf(live)) {
            delete(log);
        }
    }
}
