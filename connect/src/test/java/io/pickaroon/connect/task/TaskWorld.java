package io.pickaroon.connect.task;

import io.pickaroon.connect.Seeds;
import io.pickaroon.connect.listing.ListedFile;
import io.pickaroon.connect.listing.Listing;
import io.pickaroon.connect.settings.ConnectorConfig;
import io.pickaroon.connect.settings.ConnectorProperties;
import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * One schedule: applications that write, rotate, truncate, delete and replace real files, and tasks on two hosts that poll, commit
 * or lose what they have read, are killed, taken over while they go on, and spread anew; all decided by a seed.
 */
final class TaskWorld implements AutoCloseable {
    static final long SPLIT_BYTES = 64L << 10;
    /** Of the storage, in the properties of the tests. */
    static final String LABEL = "nfs-1";

    private static final int EVENTS = 150;

    private final Random random;
    private final Path directory;
    private final Map<String, ConnectorConfig> configs;
    private final boolean includesOldNames;
    private final int maxOpenFiles;
    private final SimulatedFaults faults;
    private final SimulatedApplications applications;
    private final FakeWorker worker = new FakeWorker(this::aroundOffsets);
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private final List<Polled> zombies = new ArrayList<>();
    /** Inodes of the files that the owner of their split 0 has found, and gone on. */
    private final Set<Long> found = new HashSet<>();

    private List<Polled> tasks = new ArrayList<>();
    private long nanos = 1;
    private boolean isMeanwhile;

    /**
     * @param directory empty
     * @param configs of schedules in that directory: to read one takes longer than a poll
     */
    TaskWorld(long seed, Path directory, Map<String, ConnectorConfig> configs) throws IOException {
        this.random = Seeds.random(seed);
        this.configs = configs;
        this.directory = directory;
        this.includesOldNames = random.nextBoolean();
        this.maxOpenFiles = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 100;
        this.faults = new SimulatedFaults(random, this::meanwhile);
        this.applications = new SimulatedApplications(random, directory, faults.isLocal());
        for (int number = 0; number < 2; number++) {
            hosts.add(new SimulatedHost(
                    applications, this::nanoTime, config(0, 1), faults, number, random.nextBoolean()));
        }
        applications.begin();
        spread();
    }

    private ConnectorConfig config(int index, int count) {
        String name = "%d/%d %d %b".formatted(index, count, maxOpenFiles, includesOldNames);
        return configs.computeIfAbsent(name, _ -> newConfig(index, count));
    }

    private ConnectorConfig newConfig(int index, int count) {
        String include = directory + "/*.log" + (includesOldNames ? "," + directory + "/*.log.*" : "");
        return ConnectorConfig.of(ConnectorProperties.with(
                "inputs.shop.include=" + include,
                "inputs.shop.windowBytes=16KiB",
                "split.bytes=64KiB",
                "lookInterval=1s",
                "maxOpenFiles=" + maxOpenFiles,
                "task.index=" + index,
                "task.count=" + count));
    }

    private long nanoTime() {
        return nanos;
    }

    /** Returns what it comes to. */
    TaskVerdict run() throws IOException, InterruptedException {
        for (int event = 0; event < EVENTS; event++) {
            nanos += TimeUnit.MILLISECONDS.toNanos(random.nextInt(random.nextInt(12) == 0 ? 8000 : 300));
            event();
        }
        settle();
        boolean isBirthKnown = hosts.stream().allMatch(SimulatedHost::showsBirth);
        return new TaskVerdict(applications.live(), applications.all(), worker, found, includesOldNames, isBirthKnown);
    }

    private void event() throws IOException, InterruptedException {
        switch (random.nextInt(40)) {
            case 0, 1 -> restart();
            case 2 -> spread();
            case 3 -> nanos += TimeUnit.SECONDS.toNanos(random.nextInt(80));
            case 4, 5, 6, 7, 8, 9, 10 -> applications.act();
            default -> turn(anyTask());
        }
    }

    // --- Tasks ---

    /** A task, and what it has polled that is not committed. */
    private static final class Polled {
        private final FakeWorker.Running running;
        private final AtomicReference<Listing> listing;
        private final SplitPlan plan;
        private List<SourceRecord> records = List.of();
        private boolean isBusy;

        Polled(FakeWorker.Running running, AtomicReference<Listing> listing, SplitPlan plan) {
            this.running = running;
            this.listing = listing;
            this.plan = plan;
        }

        /** Inodes of the files that it has found and has split 0 of. */
        List<Long> found() {
            return Optional.ofNullable(listing.get()).map(Listing::files).orElse(List.of()).stream()
                    .map(ListedFile::inode)
                    .filter(inode -> plan.isMine(new Split(new FileKey(LABEL, inode, 0), 0)))
                    .toList();
        }
    }

    private Polled newTask(int index, int count) {
        SimulatedHost host = hosts.get(random.nextInt(hosts.size()));
        AtomicReference<Listing> listing = new AtomicReference<>();
        FakeWorker.Running running =
                worker.start(config(index, count), host.files(listing::set), this::nanoTime, Duration.ZERO);
        return new Polled(running, listing, new SplitPlan(SPLIT_BYTES, count, index));
    }

    private Polled anyTask() {
        boolean isZombie = !zombies.isEmpty() && random.nextInt(8) == 0;
        List<Polled> some = isZombie ? zombies : tasks;
        return some.get(random.nextInt(some.size()));
    }

    private void turn(Polled task) throws InterruptedException {
        if (task.records.isEmpty()) {
            task.isBusy = true;
            task.records = task.running.fetch();
            task.isBusy = false;
        }
        if (task.records.isEmpty()) {
            found.addAll(task.found());
        } else if (random.nextInt(4) > 0) {
            commit(task);
        }
    }

    /** Its transactions are committed, or some are and the task ends. A zombie commits nothing. */
    private void commit(Polled task) {
        List<SourceRecord> records = task.records;
        task.records = List.of();
        if (zombies.remove(task)) {
            task.running.close();
        } else if (faults.happens(8)) {
            task.running.commit(records, random.nextBoolean() ? 0 : random.nextInt(records.size()));
            task.running.close();
            tasks.set(tasks.indexOf(task), newTask(task.plan.index(), task.plan.tasks()));
        } else {
            task.running.commit(records, records.size());
            found.addAll(task.found());
        }
    }

    /** A task is killed, or taken for dead, and starts elsewhere. */
    private void restart() {
        Polled task = tasks.get(random.nextInt(tasks.size()));
        retire(task);
        tasks.set(tasks.indexOf(task), newTask(task.plan.index(), task.plan.tasks()));
    }

    private void retire(Polled task) {
        if (random.nextBoolean()) {
            zombies.add(task);
        } else {
            task.running.close();
        }
    }

    /** All tasks end, with their workers or without them, and another number of them starts. Until then applications go on. */
    private void spread() throws IOException {
        tasks.forEach(this::retire);
        for (int times = random.nextInt(6); times > 0; times--) {
            if (random.nextBoolean()) {
                applications.rotate();
            } else {
                applications.act();
            }
        }
        if (random.nextBoolean()) {
            hosts.replaceAll(SimulatedHost::again);
        }
        int count = 1 + random.nextInt(4);
        List<Polled> started = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            started.add(newTask(index, count));
        }
        tasks = started;
    }

    // --- While a task is in the middle of something ---

    private void aroundOffsets() {
        if (faults.happens(6)) {
            meanwhile(Optional.empty());
        }
    }

    private void meanwhile(Optional<WrittenLog> log) {
        if (isMeanwhile) {
            return;
        }
        isMeanwhile = true;
        try {
            if (random.nextBoolean()) {
                applications.interfere(log);
            }
            for (Polled other : List.copyOf(tasks)) {
                if (!other.isBusy && random.nextBoolean()) {
                    turn(other);
                }
            }
            nanos += TimeUnit.MILLISECONDS.toNanos(random.nextInt(8) == 0 ? 600 : 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            isMeanwhile = false;
        }
    }

    // --- The end ---

    private void settle() throws IOException, InterruptedException {
        faults.end();
        zombies.forEach(zombie -> zombie.running.close());
        applications.end();
        // Longer than a task pauses after a failure; and one after the other may be looked at where few files may be
        // open.
        int quietRounds = 0;
        while (quietRounds < 24) {
            nanos += TimeUnit.SECONDS.toNanos(7);
            boolean isQuiet = true;
            for (Polled task : tasks) {
                task.running.commit(task.records, task.records.size());
                isQuiet &= task.records.isEmpty();
                task.records = List.of();
                while (task.running.poll()) {
                    isQuiet = false;
                }
            }
            quietRounds = isQuiet ? quietRounds + 1 : 0;
        }
    }

    @Override
    public void close() throws IOException {
        tasks.forEach(task -> task.running.close());
        hosts.forEach(SimulatedHost::close);
        applications.deleteAll();
    }
}
