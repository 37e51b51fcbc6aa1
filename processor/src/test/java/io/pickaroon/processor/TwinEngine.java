package io.pickaroon.processor;

import io.pickaroon.processor.audit.Trails;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.file.DirectoryWatch;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.fix.Redo;
import io.pickaroon.processor.fix.RedoJournal;
import io.pickaroon.processor.host.Machine;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.scan.PartLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import reactor.core.scheduler.Scheduler;

/** Opens the engine's inner doors to tests in other packages: the real code, on a machine that is a twin. */
public final class TwinEngine {
    /** How a log file is opened. */
    public interface LogOpener {
        LogFile open(Path path, boolean forFixes) throws IOException;

        /** As it is seen from outside; empty if it is not there. */
        Optional<FileSighting> look(Path path) throws IOException;

        /** The files of a directory, as they are seen from outside. */
        default List<FileSighting> filesIn(Path directory) throws IOException {
            return List.of();
        }

        /** What tells of changes. */
        default DirectoryWatch watch() {
            return DirectoryWatch.deaf();
        }
    }

    /** A machine that is a twin. Its schedulers outlive runs. */
    public record TwinMachine(
            Scheduler scan, Scheduler progress, Scheduler timer, LongSupplier nanoTime, LogOpener opener)
            implements Machine {
        @Override
        public Scheduler scanThreads(int count) {
            return scan;
        }

        @Override
        public Scheduler progressThread() {
            return progress;
        }

        @Override
        public InstantSource clock() {
            return () -> Instant.EPOCH.plusNanos(nanoTime.getAsLong());
        }

        @Override
        public Optional<FileSighting> look(Path path) throws IOException {
            return opener.look(path);
        }

        @Override
        public void filesIn(Path directory, Consumer<FileSighting> found) throws IOException {
            opener.filesIn(directory).forEach(found);
        }

        @Override
        public void found(FileSighting file) {}

        @Override
        public DirectoryWatch watch() {
            return opener.watch();
        }

        @Override
        public LogFile open(Path path, boolean forFixes) throws IOException {
            return opener.open(path, forFixes);
        }
    }

    private TwinEngine() {}

    /** What happens before the first window of a run, with a checkpoint and a journal that are open. */
    public static Recovery recover(CheckpointFile checkpoint, RedoJournal journal, Redo.FileFinder files, Trails trails)
            throws IOException {
        return Recovery.of(checkpoint, journal, files, trails);
    }

    public static LogProcessor processor(
            LogInput input,
            MatchSink sink,
            Recovery recovery,
            RunSettings settings,
            PartLimit part,
            long groupBytes,
            TwinMachine machine) {
        return new LogProcessor(
                List.of(input),
                sink,
                RunState.of(recovery),
                settings,
                new LogProcessor.Limits(part, groupBytes),
                machine);
    }
}
