package io.pickaroon.connect.generation;

import io.pickaroon.connect.Seeds;
import io.pickaroon.connect.read.SplitInput;
import io.pickaroon.connect.read.SplitReader;
import io.pickaroon.connect.split.SplitPlan;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One schedule: applications that write, truncate and replace files, a file system that gives inodes again, and tasks that
 * read, commit, are killed, taken over while they go on, and spread anew; all decided by a seed.
 */
final class SimulatedWorld {
    private static final int EVENTS = 120;
    /** What is read first has the end of the first line behind the banner: what has none tells no contents apart. */
    private static final int LONGEST_LINE = 40;

    private static final int LONGEST_BANNER = 12;

    private static final SplitInput INPUT = input();

    private final Random random;
    private final Mutation mutation;
    /** Each content begins with a line of that length that is not emitted; 0: with no such line. */
    private final int bannerBytes;

    private final int splitBytes;
    private final boolean isLocal;
    private final boolean keepsParts;
    private final boolean deletesOffsets;
    private final boolean[] showsBirth;
    private final OffsetLog offsets;
    private final List<SimulatedFile> live = new ArrayList<>();
    private final List<SimulatedFile> all = new ArrayList<>();
    private final Map<Long, SimulatedFile.LineEndings> usedEnds = new HashMap<>();
    private List<SimulatedTask> tasks = new ArrayList<>();
    private final List<SimulatedTask> zombies = new ArrayList<>();
    private int serial;
    private int deletedAt;
    private boolean isQuiet;
    private boolean isPaused;

    SimulatedWorld(long seed, Mutation mutation) {
        this.random = Seeds.random(seed);
        this.mutation = mutation;
        this.bannerBytes = random.nextBoolean() ? 2 + random.nextInt(LONGEST_BANNER - 1) : 0;
        this.splitBytes = firstBytes() + random.nextInt(60);
        this.isLocal = random.nextBoolean();
        this.keepsParts = random.nextInt(5) == 0;
        this.deletesOffsets = random.nextInt(3) == 0;
        this.showsBirth = new boolean[] {random.nextBoolean(), random.nextBoolean()};
        this.offsets = new OffsetLog(splitBytes);
    }

    private static SplitInput input() {
        RecordFormat format = new RecordFormat(Delimiter.LF, 1000);
        List<Rule> rules = List.of(new Rule("x", new Pattern.Literal("x", false)));
        return new SplitInput(new WindowPlan(64, format), new Scanner(rules, format, PartLimit.STANDARD), true);
    }

    OffsetLog offsets() {
        return offsets;
    }

    /** What is read first has as many bytes, at least. */
    private int firstBytes() {
        return bannerBytes + LONGEST_LINE;
    }

    boolean has(Mutation other) {
        return mutation == other;
    }

    CommittedOffsets committed(SimulatedTask task) {
        return offsets.reader(task.plan()::isMine, isQuiet ? null : random, deletedAt);
    }

    SimulatedHandle open(SimulatedFile file, boolean birth) {
        return new SimulatedHandle(file, birth, isLocal || isQuiet, random, this::maybePause);
    }

    private void maybePause() {
        if (random.nextInt(40) == 0) {
            pause();
        }
    }

    /** Something happens while a task is in the middle of something. */
    void pause() {
        if (!isQuiet && !isPaused && random.nextBoolean()) {
            isPaused = true;
            application();
            isPaused = false;
        }
    }

    /** Files grow, and tasks read and commit, while one is in the middle of something. */
    void othersGoOn() {
        if (isQuiet) {
            return;
        }
        live.forEach(file -> append(file, 1));
        for (SimulatedTask task : tasks) {
            List.copyOf(task.readers()).forEach(reader -> task.read(reader, firstBytes()));
            task.commit();
        }
    }

    /** Returns what it comes to; throws an error where a promise is broken. */
    Verdict run() {
        create(nextInode());
        spread();
        for (int event = 0; event < EVENTS; event++) {
            event();
        }
        isQuiet = true;
        for (SimulatedTask zombie : zombies) {
            zombie.commit();
            zombie.kill();
        }
        settle();
        return new Verdict(live, all, offsets.emitted(), tasks, keepsParts);
    }

    private void settle() {
        int quietRounds = 0;
        while (quietRounds < 3) {
            int before = offsets.size();
            for (SimulatedTask task : tasks) {
                for (SimulatedFile file : live) {
                    task.own(file).forEach(split -> task.look(file, split));
                }
                for (SplitReader reader : List.copyOf(task.readers())) {
                    ((SimulatedHandle) reader.file()).refresh();
                    while (task.read(reader, 64)) {
                        continue;
                    }
                }
                task.commit();
            }
            quietRounds = offsets.size() == before ? quietRounds + 1 : 0;
        }
    }

    private void event() {
        switch (random.nextInt(40)) {
            case 0 -> restart();
            case 1 -> spread();
            case 2 -> {
                if (deletesOffsets) {
                    deleteOffsets();
                }
            }
            case 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 -> application();
            default -> task();
        }
    }

    private void application() {
        SimulatedFile file = live.get(random.nextInt(live.size()));
        switch (random.nextInt(14)) {
            case 0 -> {
                file.truncate(keepsParts && random.nextBoolean(), random);
                begin(file);
                append(file, random.nextInt(12));
            }
            case 1 -> replace(file);
            case 2 -> {
                if (live.size() < 2) {
                    create(nextInode());
                }
            }
            default -> append(file, 1 + random.nextInt(8));
        }
    }

    /** Often the banner alone is committed first: it tells nothing of what is written behind it. */
    private void begin(SimulatedFile file) {
        if (random.nextBoolean()) {
            file.begin();
            if (bannerBytes > 0 && !isPaused && random.nextBoolean()) {
                tasks.forEach(task -> task.readFirst(file, firstBytes()));
            }
        }
    }

    private void append(SimulatedFile file, int lines) {
        for (int line = 0; line < lines; line++) {
            file.append(serial++, random);
        }
    }

    /** Another file takes its place, with its inode where that is free. A local file keeps its inode while it is open. */
    private void replace(SimulatedFile file) {
        file.isDeleted = true;
        live.remove(file);
        boolean isHeld = tasks.stream().anyMatch(task -> task.holds(file))
                || zombies.stream().anyMatch(task -> task.holds(file));
        create(isLocal && (isHeld || isPaused) ? nextInode() : file.inode);
        append(live.getLast(), random.nextInt(12));
    }

    private long nextInode() {
        return all.stream().mapToLong(file -> file.inode).max().orElse(0) + 1;
    }

    private void create(long inode) {
        SimulatedFile.LineEndings ends = usedEnds.computeIfAbsent(inode, _ -> new SimulatedFile.LineEndings());
        SimulatedFile file = new SimulatedFile(inode, 1_000_000_000L * (1 + all.size()), ends, bannerBytes);
        live.add(file);
        all.add(file);
        begin(file);
    }

    private void task() {
        boolean isZombie = !zombies.isEmpty() && random.nextInt(8) == 0;
        List<SimulatedTask> some = isZombie ? zombies : tasks;
        SimulatedTask task = some.get(random.nextInt(some.size()));
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> {
                SimulatedFile file = live.get(random.nextInt(live.size()));
                task.own(file).forEach(split -> task.look(file, split));
            }
            case 3 -> task.commit();
            case 4 -> sight(task);
            default ->
                List.copyOf(task.readers()).stream()
                        .skip(random.nextInt(1 + task.readers().size()))
                        .findFirst()
                        .ifPresent(reader -> task.read(reader, firstBytes() + random.nextInt(60)));
        }
        if (task.isOver() && !isZombie) {
            tasks.set(tasks.indexOf(task), newTask(task.plan()));
        }
        zombies.removeIf(SimulatedTask::isOver);
    }

    /** A task finds a file, and has not opened it; what it knows of it may be of one that had the inode before. */
    private void sight(SimulatedTask task) {
        SimulatedFile file = live.get(random.nextInt(live.size()));
        List<SimulatedFile> before =
                all.stream().filter(each -> each.inode == file.inode).toList();
        task.sight(file, random.nextBoolean() ? file : before.get(random.nextInt(before.size())));
    }

    private SimulatedTask newTask(SplitPlan plan) {
        return new SimulatedTask(plan, this, INPUT, showsBirth[random.nextInt(showsBirth.length)]);
    }

    /** A task is killed, or taken for dead, and starts elsewhere. */
    private void restart() {
        int index = random.nextInt(tasks.size());
        SimulatedTask task = tasks.get(index);
        retire(task);
        tasks.set(index, newTask(task.plan()));
    }

    private void retire(SimulatedTask task) {
        if (random.nextBoolean()) {
            task.fence();
            zombies.add(task);
        } else {
            task.kill();
        }
    }

    /** All tasks end, and another number of them starts. */
    private void spread() {
        tasks.forEach(this::retire);
        int count = 1 + random.nextInt(4);
        List<SimulatedTask> started = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            started.add(newTask(new SplitPlan(splitBytes, count, index)));
        }
        tasks = started;
    }

    /** The connector is stopped, a user deletes offsets, and it starts again. */
    private void deleteOffsets() {
        if (offsets.deleteSome(random)) {
            deletedAt = offsets.size();
            spread();
        }
    }
}
