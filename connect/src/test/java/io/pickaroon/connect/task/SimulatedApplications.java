package io.pickaroon.connect.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The applications of a schedule: they write, rotate, truncate, delete and replace real files in one directory. */
final class SimulatedApplications {
    private static final int MOST_FILES = 5;
    private static final int MOST_LEFT = 2;
    /** One in so many lines of a log matches: in some that is rare, so that offsets move without records. */
    private static final List<Integer> MATCHING = List.of(2, 2, 2, 20, 100, 0);

    private final Random random;
    private final Path directory;
    private final boolean isLocal;
    /** Whether each content begins with a line that is as long as that of any other, and does not match. */
    private final boolean hasBanners;

    private final List<WrittenLog> live = new ArrayList<>();
    private final List<WrittenLog> all = new ArrayList<>();
    /** Those to which nothing happens any more: what is not read of them now is read by what tasks know alone. */
    private final Set<WrittenLog> left = new HashSet<>();

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
        this.hasBanners = random.nextBoolean();
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

    /**
     * Something happens to one of the logs while a task is in the middle of something: it often grows for the last time, or what tasks
     * have read is taken away.
     *
     * @param read the log that the task reads
     */
    void interfere(Optional<WrittenLog> read) throws IOException {
        Optional<WrittenLog> same =
                read.filter(each -> live.contains(each) && !left.contains(each) && random.nextBoolean());
        WrittenLog log = same.isPresent() ? same.get() : any();
        int what = random.nextInt(6);
        if (what < 2) {
            act();
        } else if (what < 4) {
            append(log);
            if (random.nextInt(4) == 0) {
                leave(log);
            }
        } else if (what == 4) {
            truncate(log);
            append(log);
        } else {
            replace(log);
        }
    }

    /** One that is not left alone. */
    private WrittenLog any() throws IOException {
        List<WrittenLog> some = live.stream().filter(log -> !left.contains(log)).toList();
        if (some.isEmpty()) {
            begin();
            return live.getLast();
        }
        return some.get(random.nextInt(some.size()));
    }

    /** Something happens to one of the logs. */
    void act() throws IOException {
        WrittenLog log = any();
        switch (random.nextInt(16)) {
            case 0, 1 -> {
                truncate(log);
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
        if (random.nextInt(30) == 0) {
            leave(log);
        }
    }

    private void leave(WrittenLog log) {
        if (left.size() < MOST_LEFT && live.contains(log)) {
            left.add(log);
        }
    }

    private void truncate(WrittenLog log) throws IOException {
        log.truncate();
        if (hasBanners) {
            log.begin(serial++);
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

    /** One of the logs is written and rotated. */
    void rotate() throws IOException {
        WrittenLog log = any();
        if (random.nextBoolean()) {
            append(log);
        }
        rotate(log);
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
        int matching = MATCHING.get(random.nextInt(MATCHING.size()));
        WrittenLog log = new WrittenLog(path, inode, TimeUnit.SECONDS.toNanos(1 + all.size()), matching, used);
        byRealInode.put((Long) Files.getAttribute(path, "unix:ino"), log);
        live.add(log);
        all.add(log);
        if (hasBanners) {
            log.begin(serial++);
        }
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
