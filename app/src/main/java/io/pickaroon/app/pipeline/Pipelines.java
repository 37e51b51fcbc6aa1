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
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.inputs.rules.EngineInputs;
import io.pickaroon.inputs.rules.SlowRules;
import io.pickaroon.processor.LogProcessor;
import io.pickaroon.processor.RunState;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.time.TimeRange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens pipelines: of runs, of dry runs, of replays. Keeps nothing. */
public final class Pipelines {
    private static final Logger LOG = LoggerFactory.getLogger(Pipelines.class);

    private Pipelines() {}

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
        LongSupplier total = options.once() ? files::totalBytes : () -> Progress.UNKNOWN_TOTAL;
        return new Pipeline(total, true, settings.instance(), state, sink, processor);
    }

    /**
     * A replay: reads parts of files, and keeps nothing.
     *
     * @param plan whose rules change no files
     * @param inputs the parts of files that are read
     * @param endOffsets sum of the ends of these parts
     * @param state of a replay
     * @param sink takes the matches; closed here
     * @throws IOException if the process may have too few descriptors
     */
    public static Pipeline replay(RunPlan plan, List<LogInput> inputs, long endOffsets, RunState state, MatchSink sink)
            throws IOException {
        try {
            RunSettings settings = runSettings(plan.settings(), RunOptions.ONCE, OpenFileLimit.of(plan.settings()));
            LogProcessor processor = new LogProcessor(inputs, sink, state, settings);
            return new Pipeline(() -> endOffsets, false, Optional.empty(), state, sink, processor);
        } catch (IOException | RuntimeException e) {
            sink.close();
            state.close();
            throw e;
        }
    }

    private static List<LogInput> inputs(RunPlan plan, RunOptions options) {
        List<LogInput> inputs = EngineInputs.of(plan.settings(), plan.files(), options.fromBeginning());
        if (options.range().isEmpty()) {
            return inputs;
        }
        TimeRange range = options.range().get();
        return IntStream.range(0, inputs.size())
                .mapToObj(index -> EngineInputs.within(
                        range, inputs.get(index), plan.settings().inputs().get(index)))
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
}
