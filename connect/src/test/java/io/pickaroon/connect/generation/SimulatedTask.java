package io.pickaroon.connect.generation;

import io.pickaroon.connect.read.SplitInput;
import io.pickaroon.connect.read.SplitReader;
import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.connect.split.SplitPlan;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A task of the simulation: one running instance. Once it is fenced it goes on as a zombie whose next commit ends it. */
final class SimulatedTask {
    static final String LABEL = "disk";

    private record Place(SimulatedFile file, long number) {}

    private record Pending(Split split, SplitOffset offset, List<OffsetLog.Emitted> records) {}

    private final SplitPlan plan;
    private final SimulatedWorld world;
    private final SplitInput input;
    private final boolean showsBirth;
    private final Map<Place, SplitReader> readers = new LinkedHashMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private boolean isFenced;
    private boolean isOver;

    SimulatedTask(SplitPlan plan, SimulatedWorld world, SplitInput input, boolean showsBirth) {
        this.plan = plan;
        this.world = world;
        this.input = input;
        this.showsBirth = showsBirth;
    }

    SplitPlan plan() {
        return plan;
    }

    boolean isOver() {
        return isOver;
    }

    void fence() {
        isFenced = true;
    }

    void kill() {
        isOver = true;
        readers.values().forEach(SimulatedTask::close);
        readers.clear();
    }

    boolean holds(SimulatedFile file) {
        return readers.keySet().stream().anyMatch(place -> place.file == file);
    }

    Collection<SplitReader> readers() {
        return readers.values();
    }

    Optional<SplitReader> reader(SimulatedFile file, long number) {
        return Optional.ofNullable(readers.get(new Place(file, number)));
    }

    /** Splits of a file as it is now that this task owns. */
    List<Split> own(SimulatedFile file) {
        return plan.mine(new FileKey(LABEL, file.inode, 0), file.content().length, false);
    }

    /** Opens a file for a split, also for one that is read: the generation may have been raised. */
    void look(SimulatedFile file, Split split) {
        Place place = new Place(file, split.number());
        if (readers.containsKey(place) && split.number() > 0 && world.has(Mutation.LATER_SPLITS_LOOK_ONCE)) {
            return;
        }
        commit();
        if (isOver) {
            return;
        }
        SimulatedHandle[] opened = new SimulatedHandle[1];
        boolean isKept = false;
        try {
            if (decide(file, split, opened) instanceof Decision.Read read && !isSame(readers.get(place), read)) {
                SplitReader before =
                        readers.put(place, new SplitReader(input, opened[0], evidence(read), plan.splitBytes()));
                isKept = true;
                close(before);
            }
        } catch (IOException e) {
            close(readers.remove(place));
        }
        if (!isKept && opened[0] != null) {
            opened[0].close();
        }
    }

    private static boolean isSame(SplitReader reader, Decision.Read read) {
        return reader != null && reader.split().equals(read.split());
    }

    private Decision decide(SimulatedFile file, Split split, SimulatedHandle[] opened) throws IOException {
        boolean isFirst = split.number() == 0;
        CommittedOffsets committed = world.committed(this);
        CommittedOffsets seen = isFirst && world.has(Mutation.FIRST_SPLIT_WITHOUT_OTHERS)
                ? splits -> committed.of(
                        splits.stream().filter(each -> each.number() == 0).toList())
                : committed;
        if (world.has(Mutation.OPENED_FIRST)) {
            opened[0] = world.open(file, showsBirth);
            world.othersGoOn();
        }
        KnownGenerations known = KnownGenerations.read(seen, split, plan.count(file.content().length, false));
        if (opened[0] == null) {
            world.pause();
            opened[0] = world.open(file, showsBirth);
        }
        boolean ignores = isFirst
                ? world.has(Mutation.FIRST_SPLIT_WITHOUT_EVIDENCE)
                : world.has(Mutation.LATER_SPLITS_WITHOUT_EVIDENCE);
        if (ignores && known.latest() >= 0) {
            Split latest = split.ofGeneration(known.latest());
            return new Decision.Read(latest, known.offsetOf(latest), List.of(), Optional.empty());
        }
        return known.decide(opened[0]);
    }

    private Decision.Read evidence(Decision.Read read) {
        boolean forgets =
                world.has(Mutation.NOT_COMPARED_WITH_WINDOWS) && read.split().number() > 0;
        return forgets
                ? new Decision.Read(
                        read.split(), read.from(), read.from().stream().toList(), read.raised())
                : read;
    }

    /** Reads a window. Returns whether there was one. */
    boolean read(SplitReader reader, int mostBytes) {
        if (isOver) {
            return false;
        }
        SimulatedHandle handle = (SimulatedHandle) reader.file();
        try {
            Optional<ScannedWindow> part = reader.next(mostBytes);
            part.ifPresent(
                    window -> pending.add(new Pending(reader.split(), reader.offset(), emitted(reader, window))));
            if (part.isEmpty() && handle.simulated().isDeleted) {
                end(reader);
            }
            return part.isPresent();
        } catch (IOException e) {
            end(reader);
            if (world.has(Mutation.GOES_ON_BEHIND_UNCOMMITTED)) {
                pending.clear();
            }
            return false;
        }
    }

    private void end(SplitReader reader) {
        readers.values().remove(reader);
        close(reader);
    }

    private static List<OffsetLog.Emitted> emitted(SplitReader reader, ScannedWindow window) {
        List<OffsetLog.Emitted> emitted = new ArrayList<>();
        MatchBatch batch = window.matches();
        for (int match = 0; match < batch.size(); match++) {
            String text = new String(batch.copyOfRecord(match), StandardCharsets.US_ASCII);
            emitted.add(new OffsetLog.Emitted(reader.split(), batch.recordOffset(match), text));
        }
        return emitted;
    }

    /** Commits what was read, all or nothing. */
    void commit() {
        if (pending.isEmpty() || isOver) {
            return;
        }
        if (isFenced) {
            kill();
            return;
        }
        pending.forEach(each -> world.offsets().commit(each.split, each.offset, each.records));
        pending.clear();
    }

    private static void close(SplitReader reader) {
        if (reader != null) {
            ((SimulatedHandle) reader.file()).close();
        }
    }
}
