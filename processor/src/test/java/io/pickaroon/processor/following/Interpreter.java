package io.pickaroon.processor.following;

import static io.pickaroon.processor.simulation.Violation.unless;

import io.pickaroon.processor.LogProcessor;
import io.pickaroon.processor.TwinEngine;
import io.pickaroon.processor.TwinEngine.TwinMachine;
import io.pickaroon.processor.audit.Trails;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.checkpoint.CrashingBlockStore;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.fix.RedoJournal;
import io.pickaroon.processor.following.Action.Mode;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.MaxRate;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.simulation.SeededRate;
import io.pickaroon.processor.simulation.SimulatedTime;
import io.pickaroon.processor.simulation.Violation;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Does the actions of a program, one after the other, to real files and to real daemons that follow them on one thread and
 * in virtual time; and holds them against {@link Truth}.
 */
final class Interpreter {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final Path CHECKPOINT = Path.of("/checkpoint");
    private static final Path JOURNAL = Path.of("/checkpoint.journal");
    private static final Rule EVERYTHING = new Rule("everything", new Pattern.Regex("", false));
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(20);
    /** Scans are 300 ms apart. */
    private static final Duration SURE_TO_SCAN = Duration.ofMillis(900);

    /** A disk that never fails. */
    private static final CrashingBlockStore.Power POWER = new CrashingBlockStore.Power() {
        @Override
        public boolean failsIn(String change) {
            return false;
        }

        @Override
        public boolean arrives() {
            return true;
        }

        @Override
        public void require() {}
    };

    private final SplittableRandom random;
    private final Optional<MaxRate> maxRate;
    private final SimulatedTime time;
    private final LogDirectory directory;
    private final Truth truth = new Truth();
    private final CommittingSink sink;
    private final List<Application> applications = new ArrayList<>();
    private final CrashingBlockStore store = new CrashingBlockStore(POWER, 512);
    private final WindowPlan plan;
    private final RunSettings settings;
    private Mode mode = Mode.LEAVE;
    private Daemon daemon;

    /** A process of the engine. */
    private static final class Daemon {
        final Recovery recovery;
        final LogProcessor processor;
        Ledger ledger;
        Throwable failure;

        Daemon(Recovery recovery, LogProcessor processor) {
            this.recovery = recovery;
            this.processor = processor;
        }

        boolean hasEnded() {
            return ledger != null || failure != null;
        }
    }

    /** @param directory does not exist yet; deleted at the end */
    Interpreter(long seed, Path directory) throws IOException {
        this.random = new SplittableRandom(seed);
        this.time = new SimulatedTime(random.split());
        this.maxRate = SeededRate.of(seed, 64);
        boolean keepsOpen = random.nextInt(4) > 0;
        int lossPercent = List.of(0, 50, 100).get(random.nextInt(3));
        this.directory = new LogDirectory(directory, random.split(), lossPercent, keepsOpen);
        this.sink = new CommittingSink(time, random.split(), truth);
        this.plan = new WindowPlan(List.of(60, 200, 1_000).get(random.nextInt(3)), 2_000, Delimiter.AUTO);
        FollowSettings following = new FollowSettings(
                Duration.ofMillis(300),
                Duration.ofMillis(500),
                keepsOpen ? Duration.ofHours(1) : Duration.ofMillis(400),
                Duration.ofDays(7));
        this.settings = new RunSettings(
                false,
                1 + random.nextInt(2),
                keepsOpen ? 64 : 2,
                Duration.ofMillis(1 + random.nextInt(100)),
                Duration.ofMillis(30),
                following);
        for (int i = 0; i < 3; i++) {
            Encoding encoding = random.nextInt(3) > 0
                    ? Encoding.AS_IT_IS
                    : random.nextBoolean() ? Encoding.LITTLE_ENDIAN : Encoding.BIG_ENDIAN;
            applications.add(new Application(i, encoding, this.directory, truth));
        }
    }

    /** @throws Violation if the engine breaks a promise */
    void run(List<Action> program) throws IOException {
        try {
            for (Action action : program) {
                run(action);
            }
            settle();
            stop();
            start(mode);
            settle();
            stop();
        } finally {
            for (Application application : applications) {
                application.reopen();
            }
            directory.closeAll();
            directory.delete();
        }
    }

    private void run(Action action) throws IOException {
        int now = truth.daemon(daemon != null);
        switch (action) {
            case Action.Write write -> of(write.application()).write(write, random, now);
            case Action.Reopen reopen -> of(reopen.application()).reopen();
            case Action.Rename rename -> of(rename.application()).rename(rename.toNameOfInput());
            case Action.CopyTruncate copy -> of(copy.application()).truncate(true, now);
            case Action.Truncate truncate -> of(truncate.application()).truncate(false, now);
            case Action.Delete delete -> of(delete.application()).delete(now);
            case Action.Compress compress -> of(compress.application()).compress(now);
            case Action.HardLink link -> of(link.application()).link(now);
            case Action.Pause pause -> pause(Duration.ofMillis(pause.millis()));
            case Action.Steps steps -> step(steps.tasks());
            case Action.Settle _ -> settle();
            case Action.Stop _ -> stop();
            case Action.Crash _ -> crash();
            case Action.Start start -> start(start.mode());
            case Action.Outage _ -> sink.failNext();
            case Action.Away _ -> sink.leave();
            case Action.Silent _ -> sink.fallSilent();
            case Action.Back _ -> sink.comeBack();
        }
    }

    private Application of(int number) {
        return applications.get(number);
    }

    private void start(Mode next) throws IOException {
        if (daemon != null) {
            return;
        }
        mode = next;
        CheckpointFile checkpoint = CheckpointFile.openUnlocked(CHECKPOINT, store, CLOCK);
        RedoJournal journal = RedoJournal.open(JOURNAL, store);
        Recovery recovery =
                TwinEngine.recover(checkpoint, journal, (_, file) -> directory.find(file), Trails.UNTOUCHED);
        truth.started(mode);
        TwinMachine machine =
                new TwinMachine(time.threads(), time.oneThread(), time.threads(), time::nanoTime, directory);
        LogProcessor processor = TwinEngine.processor(
                directory.input(plan, rules(), maxRate),
                sink,
                recovery,
                settings,
                new PartLimit(500, 3),
                2_000,
                machine);
        Daemon started = new Daemon(recovery, processor);
        processor.run().subscribe(ledger -> started.ledger = ledger, failure -> started.failure = failure);
        daemon = started;
    }

    private List<Rule> rules() {
        if (mode == Mode.LEAVE) {
            return List.of(EVERYTHING);
        }
        Fix mask = new Fix(new Fix.Mask('*', 0, 0), "v", 0, mode == Mode.MASK_WHEN_ROTATED);
        Pattern secret = new Pattern.Regex("=(?<v>\\d{4})", false);
        return List.of(EVERYTHING, new Rule("secrets", secret, false, Optional.of(mask)));
    }

    /** Long pauses are long enough for a directory scan, whether or not the destination is there. */
    private void pause(Duration duration) {
        truth.pauses();
        pass(duration);
        if (daemon != null && duration.compareTo(SURE_TO_SCAN) > 0) {
            truth.noticed();
        }
    }

    private void pass(Duration duration) {
        long end = time.nanoTime() + duration.toNanos();
        while (daemon != null && time.nanoTime() < end) {
            step(1);
        }
    }

    private void step(int tasks) {
        for (int i = 0; i < tasks && daemon != null; i++) {
            unless(time.runNext(), "the daemon hangs");
            unless(!daemon.hasEnded(), "the daemon ended", daemon.failure);
        }
    }

    /** All comes to rest, sooner or later. */
    private void settle() throws IOException {
        start(mode);
        long end = time.nanoTime() + LONGEST_SETTLING.toNanos();
        // Sessions start again after pauses that grow.
        pass(Duration.ofSeconds(sink.heal() ? 10 : 1));
        boolean settled = false;
        while (!settled) {
            try {
                truth.requireSettled(lostBytes());
                settled = true;
            } catch (Violation stillToCome) {
                if (time.nanoTime() >= end) {
                    throw stillToCome;
                }
                pass(Duration.ofMillis(500));
            }
        }
        truth.settled(lostBytes());
    }

    private long lostBytes() {
        return daemon.processor.counters().ledger().lostBytes();
    }

    private void stop() throws IOException {
        if (daemon == null) {
            return;
        }
        if (sink.isSilent()) {
            // Nobody waits for it for longer than some seconds; here, for no time at all.
            sink.comeBack();
        }
        daemon.processor.stop();
        for (int tasks = 0; !daemon.hasEnded(); tasks++) {
            unless(time.runNext() && tasks < 100_000, "the daemon does not stop");
        }
        unless(daemon.failure == null, "the daemon failed", daemon.failure);
        unless(directory.openFiles() == 0, "files are still open", directory.openFiles());
        daemon.recovery.close();
        truth.requireLost(lostBytes(), false);
        if (!sink.isAway()) {
            truth.requireOwed();
        }
        sink.daemonEnded();
        forgive();
        daemon = null;
        time.clear();
    }

    private void crash() throws IOException {
        if (daemon != null) {
            truth.requireLost(lostBytes(), false);
            time.clear();
            sink.daemonEnded();
            directory.closeAll();
            forgive();
            daemon = null;
        }
    }

    private void forgive() {
        truth.files().forEach(file -> file.generations().forEach(Generation::forgive));
    }
}
