package io.pickaroon.processor.simulation;

import static io.pickaroon.processor.simulation.Violation.unless;

import io.pickaroon.processor.TwinEngine;
import io.pickaroon.processor.checkpoint.Checkpoint;
import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.checkpoint.CrashingBlockStore;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.fix.JournalView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Everything around the engine that outlives a process: the disk, the logs and who writes to them, the destination; and
 * the truth about them, which every step is held against.
 */
final class World implements TwinEngine.LogOpener {
    static final Path CHECKPOINT = Path.of("/var/lib/pickaroon/checkpoint");
    static final Path JOURNAL = Path.of("/var/lib/pickaroon/checkpoint.journal");

    /** What somebody else overwrites records with. No rule matches it. */
    static final byte FOREIGN = '#';

    private static final int SHORTEST_SECRET = 6;

    private final Program program;
    private final SplittableRandom random;
    private final Faults faults;
    private final Trace trace;
    private final CrashingBlockStore store;
    private final Destination destination;
    private final ExpectedTrail trail;
    private final Map<FileIdentity, ExpectedLog> expected = new LinkedHashMap<>();
    private final Map<FileIdentity, SimulatedLog> logs = new LinkedHashMap<>();
    private final Map<Path, FileIdentity> identities = new HashMap<>();
    private JournalView journal;
    private long journalSeenAt = -1;
    private CheckpointFile checkpoint;
    private boolean isRecovering;

    World(Program program, SplittableRandom random, Faults faults, Trace trace, ExpectedTrail trail) {
        this.trail = trail;
        this.program = program;
        this.random = random;
        this.faults = faults;
        this.trace = trace;
        this.store = new CrashingBlockStore(faults, program.sectorBytes());
        this.destination = new Destination(expected, program.exactlyOnce(), faults, trace);
        for (String content : program.logs()) {
            int number = logs.size() + 1;
            FileIdentity identity = new FileIdentity(1, number, number);
            Path path = Path.of("/var/log/" + number);
            SimulatedLog log = new SimulatedLog(
                    path,
                    identity,
                    content.length(),
                    program.sectorBytes(),
                    faults,
                    (offset, source, index, length) -> beforeWrite(identity, offset, source, index, length));
            logs.put(identity, log);
            identities.put(path, identity);
            expected.put(identity, ExpectedLog.of(content, program, log));
        }
    }

    CrashingBlockStore store() {
        return store;
    }

    Destination destination() {
        return destination;
    }

    List<Path> paths() {
        return logs.values().stream().map(SimulatedLog::path).toList();
    }

    @Override
    public LogFile open(Path path, boolean forFixes) {
        return open(identities.get(path));
    }

    /** A run looks at a log. Where it begins at the end, this is the end, if no checkpoint knows another. */
    @Override
    public Optional<FileSighting> look(Path path) {
        FileIdentity identity = identities.get(path);
        if (isUnknown(identity)) {
            expected.get(identity).beginsAtEnd();
        }
        return Optional.of(new FileSighting(path, identity, logs.get(identity).sizeBytes()));
    }

    private boolean isUnknown(FileIdentity identity) {
        return program.startAtEnd() && !checkpoint.current().entries().containsKey(identity);
    }

    LogFile open(FileIdentity identity) {
        return logs.get(identity).open();
    }

    /**
     * Whether a run from this checkpoint on can count every byte as what it is. One that begins inside a record cannot know
     * of an end without a delimiter before it, and may take the record for a longer one: it skips the same bytes, but
     * counts them otherwise.
     */
    boolean isCountable(Checkpoint checkpoint) {
        boolean beganInside = expected.entrySet().stream()
                .anyMatch(log -> log.getValue().isInsideAfterCut(offset(checkpoint, log.getKey())));
        boolean mayHaveBegunInside =
                faults.sinkHasFailed() && expected.values().stream().anyMatch(ExpectedLog::hasCuts);
        return !beganInside && !mayHaveBegunInside;
    }

    /** Bytes that the windows before a checkpoint account for. */
    long countedBefore(Checkpoint checkpoint) {
        return expected.entrySet().stream()
                .mapToLong(log -> log.getValue().countedBefore(offset(checkpoint, log.getKey())))
                .sum();
    }

    private long offset(Checkpoint checkpoint, FileIdentity file) {
        CheckpointEntry entry = checkpoint.entries().get(file);
        return entry == null
                ? expected.get(file).beginOffset()
                : entry.position().offset();
    }

    /** The applications write on. */
    void append() {
        boolean wholeRecords = random.nextBoolean();
        expected.values().forEach(log -> append(log, wholeRecords));
    }

    /** The applications write on while a run is under way that goes to the end of the files, or follows them. */
    void appendDuringRun(boolean toEnd) {
        expected.values().stream().filter(log -> !log.isInDoubt()).forEach(log -> {
            append(log, toEnd);
            if (toEnd) {
                log.runsToEnd();
            }
        });
    }

    private void append(ExpectedLog log, boolean wholeRecords) {
        int left = log.original().length - log.log().sizeBytes();
        int end = log.log().sizeBytes() + random.nextInt(left + 1);
        log.append(wholeRecords ? log.recordEnd(end) : end);
        trace.add(log.log().path(), "has", log.log().sizeBytes(), "bytes");
    }

    /** The applications write all that they ever will. */
    void appendAll() {
        expected.values().forEach(log -> log.append(log.original().length));
    }

    /** A process has recovered and begins to read. */
    void recovered(boolean runsToEnd) {
        isRecovering = false;
        requireDone();
        trail.requireSound();
        Map<FileIdentity, DeliveredPosition> delivered = destination.fence();
        expected.forEach((file, log) -> {
            log.requireUndamaged(true);
            CheckpointEntry entry = checkpoint.current().entries().get(file);
            DeliveredPosition known = delivered.get(file);
            long reached = Math.max(
                    entry == null ? 0 : entry.position().offset(),
                    known == null ? 0 : known.position().offset());
            log.settle(reached, program.exactlyOnce());
            if (runsToEnd && reached < log.log().sizeBytes() && !isUnknown(file)) {
                log.runsToEnd();
            }
        });
    }

    /** Somebody overwrites a record, in a program in which that happens. */
    void overwriteByOthers() {
        if (program.outsiders() && random.nextBoolean()) {
            List<ExpectedLog> all = new ArrayList<>(expected.values());
            ExpectedLog log = all.get(random.nextInt(all.size()));
            List<ExpectedRecord> complete = log.overwritable();
            if (!complete.isEmpty()) {
                ExpectedRecord record = complete.get(random.nextInt(complete.size()));
                trace.add("somebody overwrites", record);
                log.overwrite(record);
            }
        }
    }

    /** The process dies, and its machine with it if the power fails. */
    void crash(boolean powerFails) {
        trace.add(powerFails ? "the power fails" : "the process dies");
        logs.values().forEach(SimulatedLog::processDied);
        if (powerFails) {
            logs.values().forEach(SimulatedLog::powerFailed);
            trail.powerFailed();
        }
        expected.values().forEach(log -> log.requireUndamaged(false));
    }

    private void beforeWrite(FileIdentity file, long offset, byte[] source, int index, int length) {
        if (journalSeenAt != store.changes()) {
            journal = new JournalView(store.contentOf(JOURNAL));
            journalSeenAt = store.changes();
        }
        unless(
                journal.brings(
                        file,
                        offset,
                        source,
                        index,
                        length,
                        checkpoint.current().sequence()),
                "a change is not in a durable journal",
                offset);
        trail.beforeWrite(logs.get(file).path(), offset, length, journal, isRecovering);
        expected.get(file).beforeWrite(offset, source, index, length);
    }

    /** A process has opened the checkpoint. */
    void opened(CheckpointFile checkpoint) {
        this.checkpoint = checkpoint;
        this.isRecovering = true;
        requireDone();
    }

    /** Holds the checkpoint that is durable now to its word. */
    void requireDone() {
        Checkpoint checkpoint = this.checkpoint.current();
        checkpoint.entries().forEach((file, entry) -> {
            trace.add("checkpoint", checkpoint.sequence(), entry);
            expected.get(file).requireDone(entry.position().offset(), "the checkpoint");
        });
    }

    void requireNoOpenHandles() {
        logs.values().forEach(log -> unless(log.openHandles() == 0, "still open after the run", log.path()));
    }

    /** After an undisturbed run to the end of all logs. */
    void requireAllDone() {
        requireDone();
        expected.forEach((file, log) -> {
            int size = log.original().length;
            unless(
                    offset(checkpoint.current(), file) == size,
                    "not read to its end",
                    log.log().path());
        });
        trail.requireSound();
        expected.values().forEach(log -> trail.requireComplete(log.log(), log.original(), log.changedBytes()));
        String journalText = new String(store.contentOf(JOURNAL), StandardCharsets.ISO_8859_1);
        for (ExpectedLog log : expected.values()) {
            for (ExpectedRecord record : log.records()) {
                for (String secret : record.secrets()) {
                    unless(
                            secret.length() < SHORTEST_SECRET || !journalText.contains(secret),
                            "what is masked stands in the journal",
                            record);
                }
            }
        }
    }

    /** What a run that saw everything, undisturbed, must count. */
    Counts counts() {
        return expected.values().stream().map(ExpectedLog::counts).reduce(Counts.ZERO, Counts::plus);
    }
}
