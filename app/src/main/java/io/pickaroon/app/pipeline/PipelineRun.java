package io.pickaroon.app.pipeline;

import io.pickaroon.app.configuration.EngineInputs;
import io.pickaroon.app.configuration.Outputs;
import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.input.FixAdmission;
import io.pickaroon.app.input.InputFiles;
import io.pickaroon.app.terminal.NamedPath;
import io.pickaroon.app.terminal.Progress;
import io.pickaroon.config.CheckpointSettings;
import io.pickaroon.config.Settings;
import io.pickaroon.processor.LogProcessor;
import io.pickaroon.processor.checkpoint.Checkpoint;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.delivery.Latencies;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.metrics.RunCounters;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the engine with a configuration: owns its checkpoint and its sink.
 *
 * <p>{@link #run} belongs to one thread; the other methods may be called from any.
 */
public final class PipelineRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineRun.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
    private static final Duration DEFAULT_CHECKPOINT_INTERVAL = Duration.ofMillis(200);

    private final InputFiles files;
    private final boolean once;
    private final Optional<String> wantedName;
    private final Optional<Recovery> recovery;
    private final MatchSink sink;
    private final LogProcessor processor;
    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();

    private PipelineRun(
            InputFiles files,
            boolean once,
            Optional<String> wantedName,
            Optional<Recovery> recovery,
            MatchSink sink,
            LogProcessor processor) {
        this.files = files;
        this.wantedName = wantedName;
        this.once = once;
        this.recovery = recovery;
        this.sink = sink;
        this.processor = processor;
    }

    /**
     * Opens what a run needs.
     *
     * @param plan what to do
     * @param console where an output {@code console} writes, buffered
     * @throws IOException if the checkpoint is in use, damaged, or cannot be written
     */
    public static PipelineRun open(RunPlan plan, RunOptions options, OutputStream console) throws IOException {
        Settings settings = plan.settings();
        InputFiles files = plan.files();
        Optional<Recovery> recovery = Optional.empty();
        if (settings.checkpoint().isPresent()) {
            Path checkpoint = NamedPath.reachable(settings.checkpoint().get().path());
            StateDirectory.prepare(checkpoint);
            recovery = Optional.of(Recovery.of(checkpoint));
        }
        try {
            if (options.fromBeginning()) {
                readFromBeginning(settings, recovery);
            }
            MatchSink sink = Outputs.sink(plan, console);
            Duration interval =
                    settings.checkpoint().map(CheckpointSettings::interval).orElse(DEFAULT_CHECKPOINT_INTERVAL);
            RunSettings runSettings = new RunSettings(
                    options.once(),
                    settings.threads(),
                    OpenFileLimit.of(settings.maxOpenFiles()),
                    interval,
                    POLL_INTERVAL,
                    following(settings));
            LogProcessor processor = new LogProcessor(
                    EngineInputs.of(settings, files, options.fromBeginning()),
                    sink,
                    recovery.map(Recovery::checkpoint),
                    recovery.map(Recovery::journal),
                    runSettings,
                    new FixAdmission(settings, NativePath.workingDirectory(), knownFiles(recovery)));
            return new PipelineRun(files, options.once(), settings.instance(), recovery, sink, processor);
        } catch (IOException | RuntimeException e) {
            if (recovery.isPresent()) {
                recovery.get().close();
            }
            throw e;
        }
    }

    private static void readFromBeginning(Settings settings, Optional<Recovery> recovery) throws IOException {
        if (recovery.isPresent()) {
            recovery.get().checkpoint().resetAll();
            recovery.get().checkpoint().commit();
        }
        LOG.info(
                "every file is read from its beginning, and what matches is sent again{}",
                settings.rules().stream().anyMatch(rule -> rule.fix().isPresent())
                        ? "; matches that a fix has changed will not be found again"
                        : "");
    }

    private static Set<FileIdentity> knownFiles(Optional<Recovery> recovery) {
        return recovery.map(r -> r.checkpoint().current().entries().keySet()).orElse(Set.of());
    }

    private static FollowSettings following(Settings settings) {
        FollowSettings usual = FollowSettings.STANDARD;
        return new FollowSettings(
                settings.lookInterval(),
                usual.quietTime(),
                usual.closeAfter(),
                settings.checkpoint().map(CheckpointSettings::forgetAfter).orElse(usual.forgetAfter()));
    }

    /**
     * Runs to the end of the files, or until {@link #stop}.
     *
     * @return what was done; empty if it was given up
     */
    public Optional<Ledger> run() {
        CompletableFuture<Ledger> ended = processor.run().toFuture();
        givenUp.thenRun(() -> ended.cancel(true));
        try {
            return Optional.of(ended.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof DeliveryException cause && cause.isMistake()) {
                takeBackCheckpoint(cause);
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        } catch (CancellationException _) {
            return Optional.empty();
        }
    }

    /** Nothing was begun: what comes next is a first start. */
    private void takeBackCheckpoint(DeliveryException mistake) {
        try {
            if (recovery.isPresent()) {
                recovery.get().checkpoint().removeIfNew();
            }
        } catch (IOException e) {
            mistake.addSuppressed(e);
        }
    }

    /** Lets what is under way be delivered and passed by the checkpoint, and reads nothing more. */
    public void stop() {
        processor.stop();
    }

    /** Ends the run at once. What is under way may have been delivered or not. */
    public void giveUp() {
        givenUp.complete(null);
    }

    /** What it has done so far. */
    public RunCounters counters() {
        return processor.counters();
    }

    /** The name under which the destination keeps positions, or will; empty if it keeps none. */
    public Optional<String> instance() {
        Optional<Instance> own = recovery.map(r -> r.checkpoint().instance());
        return sink.instance()
                .or(() -> own.filter(instance -> instance.standing() == Standing.HELD)
                        .map(Instance::name))
                .or(() -> wantedName)
                .or(() -> own.map(Instance::name));
    }

    /** How long the transactions of this run took. */
    public Latencies transactions() {
        return sink.transactions();
    }

    /** How far it has come. */
    public Progress progress() {
        RunCounters counters = processor.counters();
        long total = once ? Math.max(0, files.totalBytes() - counters.resumedBytes()) : Progress.UNKNOWN_TOTAL;
        return new Progress(
                counters.deliveredBytes(), total, counters.emittedMatches() + counters.deadLetteredMatches());
    }

    /**
     * Whether every byte that was there is in the ledger of a run to the end of the files. A run that went on from an
     * earlier one cannot say: the record across its first offset is in the ledger of that one.
     */
    public boolean addsUp(Ledger ledger) {
        RunCounters counters = processor.counters();
        return counters.resumedBytes() > 0
                || !ledger.problems().isEmpty()
                || ledger.scanned().bytes() + ledger.lostBytes() + ledger.skippedBytes() == counters.plannedBytes();
    }

    /** The progress that is durable now; empty without a checkpoint. */
    public Optional<Checkpoint> durableProgress() {
        return recovery.map(r -> r.checkpoint().current());
    }

    @Override
    public void close() throws IOException {
        try {
            sink.close();
        } finally {
            if (recovery.isPresent()) {
                recovery.get().close();
            }
        }
    }
}
