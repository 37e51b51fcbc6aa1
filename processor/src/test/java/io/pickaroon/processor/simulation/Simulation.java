package io.pickaroon.processor.simulation;

import static io.pickaroon.processor.simulation.Violation.unless;

import io.pickaroon.processor.LogProcessor;
import io.pickaroon.processor.TwinEngine;
import io.pickaroon.processor.TwinEngine.TwinMachine;
import io.pickaroon.processor.checkpoint.Checkpoint;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.fix.RedoJournal;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.input.TailTimeouts;
import io.pickaroon.processor.metrics.InputFigures;
import io.pickaroon.processor.metrics.Ledger;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The program of one seed: processes of the real engine, one after the other, on twins of everything around it. Each but
 * the last may crash in any step; then its machine forgets what a machine may forget, and the next one starts on what is
 * left. What must never happen is checked as it would happen, after each recovery, and at the end.
 */
final class Simulation {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final long NEVER = Long.MAX_VALUE;
    private static final int MOST_TASKS = 100_000;

    private final SplittableRandom random;
    private final Trace trace;
    private final Program program;
    /** Only a run to the end ends records that nobody has ended. */
    private static final Duration LONG = Duration.ofDays(10_000);

    private final Faults faults;
    private final SimulatedTime time;
    private final ExpectedTrail trail;
    private final World world;
    private final LogInput input;
    private AtLeastOnceSink atLeastOnce;
    private int processes;

    Simulation(long seed, Trace trace) {
        this.random = new SplittableRandom(seed);
        this.trace = trace;
        this.program = Program.of(random.split());
        trace.add(program);
        this.faults = new Faults(random.split(), trace);
        this.time = new SimulatedTime(random.split());
        this.trail = new ExpectedTrail(seed, faults, program.sectorBytes());
        this.world = new World(program, random.split(), faults, trace, trail);
        this.input = new LogInput(
                "simulated",
                Discovery.of(world.paths()),
                program.startAtEnd(),
                new Reading(program.plan(), new TailTimeouts(LONG, Optional.empty()), List.of()),
                program.rules(),
                SeededRate.of(seed, 8));
    }

    /** @throws Violation if the engine breaks a promise */
    void run() throws IOException {
        for (int i = 0; i < program.crashes(); i++) {
            boolean once = random.nextInt(3) > 0;
            world.append();
            world.overwriteByOthers();
            boolean diskFails = random.nextInt(6) == 0;
            faults.start(diskFails ? NEVER : sometimes(), diskFails ? sometimes() : NEVER, random.nextInt(4), rate());
            process(once, false);
        }
        world.appendAll();
        faults.start(NEVER, NEVER, 0, 0);
        process(true, true);
    }

    private long sometimes() {
        return random.nextInt(1 << random.nextInt(1, 9));
    }

    private double rate() {
        return random.nextInt(3) * 0.1;
    }

    private void process(boolean once, boolean last) throws IOException {
        trace.add("process starts", once ? "until the end of files" : "");
        try {
            recoverAndRun(once, last);
            trace.add("process ends");
            world.requireNoOpenHandles();
            world.requireDone();
            if (last) {
                world.requireAllDone();
            }
        } catch (SimulatedCrash crash) {
            world.crash(random.nextInt(3) > 0);
        } catch (IOException e) {
            if (!faults.diskHasFailed()) {
                throw e;
            }
            trace.add("the process ends with", e);
            world.crash(false);
        }
        if (atLeastOnce != null) {
            atLeastOnce.processDied();
            atLeastOnce = null;
        }
        time.clear();
    }

    private void recoverAndRun(boolean once, boolean last) throws IOException {
        CheckpointFile checkpoint = CheckpointFile.openUnlocked(World.CHECKPOINT, world.store(), CLOCK);
        world.opened(checkpoint);
        RedoJournal journal = RedoJournal.open(World.JOURNAL, world.store());
        processes++;
        try (Recovery recovery = TwinEngine.recover(
                checkpoint,
                journal,
                (_, identity) -> Optional.of(world.open(identity)),
                trail.trails(CLOCK, processes % 3 == 2))) {
            world.recovered(once);
            Checkpoint before = checkpoint.current();
            long arrivedBefore = world.destination().arrivals();
            Outcome outcome = drive(processor(once, recovery), once, last);
            if (outcome.ledger != null) {
                long bytes = world.countedBefore(checkpoint.current()) - world.countedBefore(before);
                long arrived = world.destination().arrivals() - arrivedBefore;
                unless(
                        outcome.ledger.scanned().bytes() == bytes || !world.isCountable(before),
                        "the ledger's bytes are not those passed",
                        bytes,
                        outcome.ledger);
                requireAddsUp(outcome, arrived, program.crashes() == 0 && !program.startAtEnd());
            }
        }
    }

    private LogProcessor processor(boolean once, Recovery recovery) {
        RunSettings settings = new RunSettings(
                once,
                program.threads(),
                program.filesAtOnce(),
                program.checkpointInterval(),
                Duration.ofMillis(5),
                FollowSettings.STANDARD);
        TwinMachine machine = new TwinMachine(time.threads(), time.oneThread(), time.threads(), time::nanoTime, world);
        return TwinEngine.processor(input, sink(), recovery, settings, program.part(), program.groupBytes(), machine);
    }

    private MatchSink sink() {
        int capacity = 1 + random.nextInt(6);
        int slownessNanos = 1 << random.nextInt(10, 24);
        if (program.exactlyOnce()) {
            int groupWindows = 1 + random.nextInt(5);
            return new ExactlyOnceSink(world.destination(), faults, time, capacity, groupWindows, slownessNanos);
        }
        atLeastOnce = new AtLeastOnceSink(world.destination(), faults, time, capacity, slownessNanos);
        return atLeastOnce;
    }

    private static final class Outcome {
        Ledger ledger;
        Throwable failure;
    }

    /** Runs it to its end, one task after the other. */
    private Outcome drive(LogProcessor processor, boolean once, boolean last) {
        if (!last) {
            disturb(processor, once);
        }
        Outcome outcome = new Outcome();
        processor.run().subscribe(ledger -> outcome.ledger = ledger, failure -> outcome.failure = failure);
        for (int tasks = 0; outcome.ledger == null && outcome.failure == null; tasks++) {
            unless(time.runNext() && tasks < MOST_TASKS, "the run hangs");
            // Whatever caught the crash, nothing happens after it.
            faults.requirePower();
        }
        if (outcome.failure != null) {
            boolean expected = faults.diskHasFailed() || (outcome.failure instanceof DeliveryException && !last);
            if (!expected) {
                throw Violation.because(outcome.failure);
            }
            trace.add("the run failed:", outcome.failure);
        }
        unless(outcome.ledger == null || !faults.diskHasFailed(), "the run went on though its disk failed");
        List<InputFigures> figures = processor.counters().inputs();
        unless(
                figures.stream().allMatch(of -> of.unaccountedBytes() == 0),
                "positions moved on without what was counted",
                figures);
        return outcome;
    }

    /** What others do while the process runs. */
    private void disturb(LogProcessor processor, boolean once) {
        if (!once || random.nextInt(8) == 0) {
            time.after(sometime(), () -> {
                trace.add("stop");
                processor.stop();
            });
        }
        if (random.nextInt(3) == 0) {
            time.after(sometime(), () -> world.appendDuringRun(once));
        }
        long overwritten = sometime();
        if (once) {
            // A followed file of which every line that is remembered was changed by others is taken for another one.
            time.after(overwritten, world::overwriteByOthers);
        }
    }

    private long sometime() {
        return random.nextInt(1 << random.nextInt(10, 27));
    }

    /**
     * @param arrived matches that became visible meanwhile
     * @param undisturbed whether this was the first process, and nothing ever went wrong
     */
    private void requireAddsUp(Outcome outcome, long arrived, boolean undisturbed) {
        Ledger ledger = outcome.ledger;
        unless(ledger.problems().isEmpty() && ledger.lostBytes() == 0, "problems", ledger);
        unless(ledger.emittedMatches() <= arrived, "the ledger has more matches than arrived", arrived, ledger);
        if (undisturbed) {
            Counts counts = world.counts();
            unless(ledger.scanned().equals(counts.scanned()), "the ledger is not what was expected", counts, ledger);
            unless(ledger.emittedMatches() == counts.matches(), "the ledger is not what was expected", counts, ledger);
            unless(
                    ledger.fixes().bytes() == counts.fixedBytes(),
                    "the ledger is not what was expected",
                    counts,
                    ledger);
        }
    }
}
