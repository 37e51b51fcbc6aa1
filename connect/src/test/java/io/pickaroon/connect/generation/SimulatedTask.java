package io.pickaroon.connect.generation;

import io.pickaroon.connect.read.SplitInput;
import io.pickaroon.connect.read.SplitReader;
import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.FileMark;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.connect.split.SplitPlan;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A task of the simulation: one running instance. Once it is fenced it goes on as a zombie whose next commit ends it. */
final class SimulatedTask {
    static final String LABEL = "disk";
    private static final int FIRST_GENERATIONS = 4;

    private record Place(SimulatedFile file, long number) {}

    private record Pending(Split split, SplitOffset offset, List<OffsetLog.Emitted> records) {}

    private final SplitPlan plan;
    private final SimulatedWorld world;
    private final SplitInput input;
    private final boolean showsBirth;
    private final Map<Place, SplitReader> readers = new LinkedHashMap<>();
    private final Set<Place> opened = new HashSet<>();
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

    /**
     * Has the first position of a file committed that is found and was not opened, if nothing was committed under its inode.
     *
     * @param seen the file that had the inode when it was found
     */
    void sight(SimulatedFile file, SimulatedFile seen) {
        Split first = new Split(new FileKey(LABEL, file.inode, 0), 0);
        if (!plan.isMine(first) || opened.contains(new Place(file, 0))) {
            return;
        }
        commit();
        if (isOver) {
            return;
        }
        List<Split> generations = IntStream.range(0, FIRST_GENERATIONS)
                .mapToObj(first::ofGeneration)
                .toList();
        if (world.committed(this).of(generations).isEmpty() || world.has(Mutation.FIRST_POSITION_ANYWAY)) {
            FileIdentity identity = new FileIdentity(1, seen.inode, showsBirth ? seen.bornNanos : 0);
            SplitOffset start = new SplitOffset(
                    Position.START,
                    Set.of(),
                    LineEnds.UNKNOWN,
                    FileMark.of(identity),
                    plan.splitBytes(),
                    "/simulated.log");
            pending.add(new Pending(first, start, List.of()));
        }
    }

    /** If split 0 is its own, reads and commits what is there of it. */
    void readFirst(SimulatedFile file, int mostBytes) {
        Split first = new Split(new FileKey(LABEL, file.inode, 0), 0);
        if (plan.isMine(first)) {
            look(file, first);
            reader(file, 0).ifPresent(reader -> read(reader, mostBytes));
            commit();
        }
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
        SimulatedHandle[] handle = new SimulatedHandle[1];
        boolean isKept = false;
        try {
            if (decide(file, split, handle) instanceof Decision.Read read && !isSame(readers.get(place), read)) {
                begin(place, read, handle[0]);
                isKept = true;
            }
        } catch (IOException e) {
            close(readers.remove(place));
        }
        if (!isKept && handle[0] != null) {
            handle[0].close();
        }
    }

    private void begin(Place place, Decision.Read read, SimulatedHandle handle) {
        SplitReader reader = new SplitReader(input, handle, evidence(read), plan.splitBytes());
        close(readers.put(place, reader));
        opened.add(place);
        if (place.number == 0 && read.from().isEmpty()) {
            pending.add(new Pending(reader.split(), reader.offset(), List.of()));
        }
    }

    private static boolean isSame(SplitReader reader, Decision.Read read) {
        return reader != null && reader.split().equals(read.split());
    }

    private Decision decide(SimulatedFile file, Split split, SimulatedHandle[] handle) throws IOException {
        boolean isFirst = split.number() == 0;
        CommittedOffsets committed = world.committed(this);
        CommittedOffsets seen = isFirst && world.has(Mutation.FIRST_SPLIT_WITHOUT_OTHERS)
                ? splits -> committed.of(
                        splits.stream().filter(each -> each.number() == 0).toList())
                : committed;
        if (world.has(Mutation.OPENED_FIRST)) {
            handle[0] = world.open(file, showsBirth);
            world.othersGoOn();
        }
        KnownGenerations known = KnownGenerations.read(seen, split, plan.count(file.content().length, false));
        if (handle[0] == null) {
            world.pause();
            handle[0] = world.open(file, showsBirth);
        }
        boolean ignores = isFirst
                ? world.has(Mutation.FIRST_SPLIT_WITHOUT_EVIDENCE)
                : world.has(Mutation.LATER_SPLITS_WITHOUT_EVIDENCE);
        if (ignores && known.latest() >= 0) {
            Split latest = split.ofGeneration(known.latest());
            return new Decision.Read(latest, known.offsetOf(latest), List.of(), Optional.empty());
        }
        Decision decision = known.decide(handle[0]);
        boolean isWeak = decision.equals(new Decision.Wait(Decision.Reason.TOO_LITTLE_OF_FIRST_SPLIT))
                && known.offsetOf(new Split(split.ofGeneration(known.latest()).file(), 0))
                        .filter(SplitOffset::isBegun)
                        .isPresent();
        return isWeak && world.has(Mutation.LATER_SPLITS_WITH_WEAK_EVIDENCE)
                ? withWeakEvidence(split.ofGeneration(known.latest()), known, handle[0])
                : decision;
    }

    private static Decision withWeakEvidence(Split split, KnownGenerations known, SimulatedHandle handle)
            throws IOException {
        Optional<SplitOffset> from = known.offsetOf(split);
        if (from.isPresent() && from.get().fitOf(handle) != SplitOffset.Fit.FITS) {
            return new Decision.Wait(Decision.Reason.OTHER_CONTENT);
        }
        List<SplitOffset> evidence = Stream.of(known.offsetOf(new Split(split.file(), 0)), from)
                .flatMap(Optional::stream)
                .toList();
        return new Decision.Read(split, from, evidence, Optional.empty());
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
