package io.pickaroon.app.pipeline;

import io.pickaroon.app.configuration.DefaultHeaders;
import io.pickaroon.app.configuration.Outputs;
import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.input.FixAdmission;
import io.pickaroon.app.terminal.NamedPath;
import io.pickaroon.app.terminal.Progress;
import io.pickaroon.config.settings.CheckpointSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.connectors.kafka.KafkaSink;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.inputs.rules.EngineInputs;
import io.pickaroon.inputs.rules.SlowRules;
import io.pickaroon.processor.LogProcessor;
import io.pickaroon.processor.RunState;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.delivery.Latencies;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.metrics.RunCounters;
import io.pickaroon.processor.time.TimeRange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the engine with a configuration: owns its checkpoint and its sink.
 *
 * <p>{@link #run} belongs to one thread; the other methods may be called from any.
 */
public final class Pipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final InputFiles files;
    private final boolean once;
    private final Optional<String> wantedName;
    private final RunState state;
    private final MatchSink sink;
    private final LogProcessor processor;
    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();

    private Pipeline(
            InputFiles files,
            boolean once,
            Optional<String> wantedName,
            RunState state,
            MatchSink sink,
            LogProcessor processor) {
        this.files = files;
        this.wantedName = wantedName;
        this.once = once;
        this.state = state;
        this.sink = sink;
        this.processor = processor;
    }

    /**
     * Opens what a run needs.
     *
     * @param plan what to do
     * @param console where an output {@code console} writes, buffered
     * @throws IOException if the checkpoint is in use, damaged, or cannot be written, or the process may have too few descriptors
     */
    public static Pipeline open(RunPlan plan, RunOptions options, OutputStream console) throws IOException {
        Settings settings = plan.settings();
        int maxOpenFiles = OpenFileLimit.of(settings);
        RunState state = RunState.none();
        // Before the checkpoint is opened: clients of a destination are made beside that.
        MatchSink sink = Outputs.sink(plan, options.longestWait(), console);
        try {
            if (settings.checkpoint().isPresent()) {
                Path checkpoint =
                        NamedPath.reachable(settings.checkpoint().get().path());
                StateDirectory.prepare(checkpoint);
                state = RunState.open(checkpoint, plan.audit());
            }
            sayWhatIsUnexpected(plan, state);
            return of(plan, options, state, sink, maxOpenFiles);
        } catch (IOException | RuntimeException e) {
            sink.close();
            state.close();
            throw e;
        }
    }

    /**
     * A dry run: like {@link #open}, but works on a copy of the checkpoint in memory, takes no lock, and opens log files for
     * reading alone.
     *
     * @param sink takes the matches
     * @throws IOException if the checkpoint cannot be trusted
     */
    public static Pipeline openDry(RunPlan plan, RunOptions options, MatchSink sink) throws IOException {
        int maxOpenFiles = OpenFileLimit.of(plan.settings());
        RunState state = RunState.none();
        try {
            if (plan.settings().checkpoint().isPresent()) {
                Path checkpoint =
                        NamedPath.reachable(plan.settings().checkpoint().get().path());
                StateDirectory.requireSafe(checkpoint);
                state = RunState.dry(checkpoint);
            }
            return of(plan, options, state, sink, maxOpenFiles);
        } catch (IOException | RuntimeException e) {
            state.close();
            throw e;
        }
    }

    private static void sayWhatIsUnexpected(RunPlan plan, RunState state) {
        if (state.noteDefaultHeaders()) {
            DefaultHeaders.change(plan.settings(), plan.output()).ifPresent(LOG::warn);
        }
        SlowRules.notes(plan.settings()).forEach(LOG::info);
    }

    private static Pipeline of(RunPlan plan, RunOptions options, RunState state, MatchSink sink, int maxOpenFiles)
            throws IOException {
        Settings settings = plan.settings();
        InputFiles files = plan.files();
        if (options.fromBeginning()) {
            readFromBeginning(settings, state);
        }
        FixAdmission admission = new FixAdmission(settings, NativePath.workingDirectory(), state.names());
        LogProcessor processor = new LogProcessor(
                inputs(plan, options), sink, state.permitting(admission), runSettings(settings, options, maxOpenFiles));
        options.longestWait().ifPresent(processor::giveUpWithoutRoomAfter);
        return new Pipeline(files, options.once(), settings.instance(), state, sink, processor);
    }

    private static List<LogInput> inputs(RunPlan plan, RunOptions options) {
        List<LogInput> inputs = EngineInputs.of(plan.settings(), plan.files(), options.fromBeginning());
        if (options.range().isEmpty()) {
            return inputs;
        }
        TimeRange range = options.range().get();
        return IntStream.range(0, inputs.size())
                .mapToObj(index -> inputs.get(index)
                        .within(EngineInputs.timed(
                                plan.settings().inputs().get(index),
                                range.sinceMillis(),
                                range.untilMillis(),
                                range.exact())))
                .toList();
    }

    private static RunSettings runSettings(Settings settings, RunOptions options, int maxOpenFiles) {
        return new RunSettings(
                options.once(),
                settings.process().threads(),
                maxOpenFiles,
                settings.checkpoint().map(CheckpointSettings::interval).orElse(RunSettings.CHECKPOINT_INTERVAL),
                RunSettings.POLL_INTERVAL,
                following(settings));
    }

    private static void readFromBeginning(Settings settings, RunState state) throws IOException {
        state.readFromBeginning();
        LOG.info(
                "every file is read from its beginning, and what matches is sent again{}",
                settings.rules().stream().anyMatch(RuleSettings::changesFiles)
                        ? "; matches that a fix has changed will not be found again"
                        : "");
    }

    private static FollowSettings following(Settings settings) {
        FollowSettings usual = FollowSettings.STANDARD;
        return new FollowSettings(
                settings.process().lookInterval(),
                usual.quietTime(),
                usual.closeAfter(),
                settings.checkpoint().map(CheckpointSettings::forgetAfter).orElse(usual.forgetAfter()),
                // The rest of a stop is for what the destination has not acknowledged by then.
                settings.process().stopTimeout().multipliedBy(4).dividedBy(5));
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
            state.removeIfNew();
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
        Optional<Instance> own = state.instance();
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
                counters.deliveredBytes(),
                total,
                counters.emittedMatches() + counters.deadLetteredMatches(),
                sink instanceof KafkaSink kafka ? kafka.awaited() : Optional.empty());
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

    /** How far each file has been processed, durably; empty without a checkpoint. */
    public Map<FileIdentity, Position> positions() {
        return state.positions();
    }

    @Override
    public void close() throws IOException {
        try {
            sink.close();
        } finally {
            state.close();
        }
    }
}
