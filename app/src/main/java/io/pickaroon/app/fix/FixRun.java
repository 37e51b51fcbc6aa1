package io.pickaroon.app.fix;

import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.command.StopOnSignal;
import io.pickaroon.app.search.NamedFile;
import io.pickaroon.app.search.ReadingLimits;
import io.pickaroon.app.terminal.Progress;
import io.pickaroon.app.terminal.ProgressDisplay;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.LogProcessor;
import io.pickaroon.processor.RunState;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.directio.DirectBlockStore;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.metrics.RunCounters;
import io.pickaroon.processor.rule.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import reactor.core.Exceptions;

/**
 * Fixes the files that were named, one after another, with the engine and a sink that takes everything to nowhere; goes on
 * when one of them cannot be fixed.
 */
final class FixRun {
    /**
     * What is to be done.
     *
     * @param rules what to look for and what to put there
     * @param allowed which files are fixed that otherwise are not
     * @param trail into which the changes go
     * @param stackTraces whether a failure is shown with the place in the program
     */
    record Wanted(
            List<Rule> rules, ReadingLimits limits, FixableFiles.Allowed allowed, FixTrail trail, boolean stackTraces) {
        /** What kind of fix it is. */
        String kind() {
            return FixState.kind(rules, limits.maxRecordBytes());
        }
    }

    private static final MatchSink NOWHERE = windows -> windows.map(Acknowledgement::of);

    private final Terminal terminal;
    private final OutputOptions options;
    private final Wanted wanted;
    private final Path stateRoot;
    private final FixableFiles fixable;
    private final FixReport report;
    private volatile boolean stopped;
    private volatile Path interrupted;
    private long earlierBytes;
    private long earlierChanges;
    /** The engine at work on the file at hand, null between files. */
    private LogProcessor engine;

    FixRun(Terminal terminal, OutputOptions options, Wanted wanted, Path stateRoot) {
        this.terminal = terminal;
        this.options = options;
        this.wanted = wanted;
        this.stateRoot = stateRoot;
        this.fixable = new FixableFiles(wanted.allowed());
        this.report = FixReport.of(
                terminal.text(), wanted.limits(), new FixReport.Saying(false, options.quiet(), wanted.stackTraces()));
    }

    /** Returns the exit code. Called once. */
    int run(List<Path> files) throws IOException {
        try {
            new DirectBlockStore().createDirectories(stateRoot);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + " (--state DIR)", e);
        }
        try (StopOnSignal _ = new StopOnSignal(this::stop, _ -> {})) {
            if (options.progressBar(terminal)) {
                long totalBytes = NamedFile.totalBytes(files);
                try (ProgressDisplay _ = new ProgressDisplay(terminal, () -> progress(totalBytes))) {
                    fixAll(files);
                }
            } else {
                fixAll(files);
            }
            report.end();
            if (stopped) {
                System.err.println("pickaroon: stopped; no change is half done. Run the same command again to go on"
                        + (interrupted == null ? "" : "; its place is kept in " + interrupted));
            }
        }
        return report.exitCode();
    }

    private void fixAll(List<Path> files) throws IOException {
        for (Path file : files) {
            if (!stopped) {
                report.attempt(() -> fix(file));
            }
        }
    }

    private void fix(Path file) throws IOException {
        if (!fixable.isNew(file)) {
            return;
        }
        fixable.requireWritable(file);
        FixState state =
                FixState.open(stateRoot, file, wanted.kind(), wanted.trail().next());
        boolean finished = false;
        try {
            sayWhatWasFound(file, state);
            Ledger ledger = runEngine(file, state.kept());
            wanted.trail().learn(state.kept());
            finished = !stopped;
            if (!ledger.problems().isEmpty()) {
                report.failed();
            }
            report.add(file, new FileOutcome(ledger.scanned(), ledger.fixes()));
        } finally {
            if (finished) {
                state.discard();
            } else {
                interrupted = state.directory();
                state.close();
            }
        }
    }

    private void sayWhatWasFound(Path file, FixState state) {
        if (options.quiet()) {
            return;
        }
        if (state.finishedRecords() > 0) {
            System.err.println(
                    "%s: an earlier fix was interrupted; the changes that it had begun in %s records are complete now"
                            .formatted(NativePath.printable(file), Quantities.count(state.finishedRecords())));
        }
        state.resumesAt()
                .ifPresent(position -> System.err.println("%s: going on at offset %d, where this fix was interrupted"
                        .formatted(NativePath.printable(file), position.offset())));
    }

    private Ledger runEngine(Path file, RunState kept) throws IOException {
        ReadingLimits limits = wanted.limits();
        LogProcessor entered = new LogProcessor(
                List.of(new LogInput(
                        "fix", Discovery.of(List.of(file)), false, new Reading(limits.plan()), wanted.rules())),
                NOWHERE,
                kept,
                new RunSettings(
                        true,
                        limits.threads(),
                        1,
                        RunSettings.CHECKPOINT_INTERVAL,
                        RunSettings.POLL_INTERVAL,
                        FollowSettings.STANDARD));
        enter(entered);
        try {
            return entered.run().block();
        } catch (RuntimeException e) {
            if (Exceptions.unwrap(e) instanceof IOException cause) {
                throw cause;
            }
            throw e;
        } finally {
            leave();
        }
    }

    private synchronized void enter(LogProcessor entered) {
        engine = entered;
        if (stopped) {
            engine.stop();
        }
    }

    private synchronized void leave() {
        RunCounters done = engine.counters();
        earlierBytes += done.resumedBytes() + done.deliveredBytes();
        earlierChanges += done.ledger().fixes().edits();
        engine = null;
    }

    private synchronized void stop() {
        stopped = true;
        if (engine != null) {
            engine.stop();
        }
    }

    private synchronized Progress progress(long totalBytes) {
        RunCounters current = engine == null ? new RunCounters(List.of(), System::nanoTime) : engine.counters();
        return new Progress(
                earlierBytes + current.resumedBytes() + current.deliveredBytes(),
                totalBytes,
                earlierChanges + current.ledger().fixes().edits());
    }
}
