package io.pickaroon.processor.host;

import io.pickaroon.processor.directio.PinnedFile;
import io.pickaroon.processor.file.DirectoryWatch;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.FixPermission;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What a run uses of its machine: threads, time and files. Tests replace it by a twin. */
public interface Machine {
    /** Threads that scan, never interrupted. The run disposes of them at its end. */
    Scheduler scanThreads(int count);

    /** The one thread that fixes and writes checkpoints, never interrupted. The run disposes of it at its end. */
    Scheduler progressThread();

    /** The scheduler for pauses. It outlives the run. */
    Scheduler timer();

    /** Monotonic time in nanoseconds, from an arbitrary start. */
    LongSupplier nanoTime();

    /** Wall-clock time, for what is remembered for days. */
    InstantSource clock();

    /** Reads the status of a file; see {@link FileSighting#at}. */
    Optional<FileSighting> look(Path path) throws IOException;

    /** Reads the status of the files in a directory; see {@link FileSighting#in(Path, Consumer)}. */
    void filesIn(Path directory, Consumer<FileSighting> found) throws IOException;

    /** Notes a file that will be opened for fixes; see {@link FixPermission#found}. */
    void found(FileSighting file);

    /** A watch that reports changes in directories. The run closes it at its end. */
    DirectoryWatch watch();

    /** Opens a log file; see {@link LogFile#open} and {@link LogFile#openForFixes}. */
    LogFile open(Path path, boolean forFixes) throws IOException;

    /** The machine of this process. Files are opened for fixes only with this permission. */
    static Machine real(FixPermission permission) {
        return new RealMachine(permission, true);
    }

    /** The machine of this process, but what is written to log files goes nowhere: they are opened for reading alone. */
    static Machine withoutWrites(FixPermission permission) {
        return new RealMachine(permission, false);
    }

    /** Threads of its own for each run. */
    record RealMachine(FixPermission permission, boolean writes) implements Machine {
        @Override
        public Scheduler scanThreads(int count) {
            return new UninterruptedThreads("scan", count);
        }

        @Override
        public Scheduler progressThread() {
            return new UninterruptedThreads("checkpoint", 1);
        }

        @Override
        public Scheduler timer() {
            return Schedulers.parallel();
        }

        @Override
        public LongSupplier nanoTime() {
            return System::nanoTime;
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public Optional<FileSighting> look(Path path) throws IOException {
            return FileSighting.at(path);
        }

        @Override
        public void filesIn(Path directory, Consumer<FileSighting> found) throws IOException {
            FileSighting.in(directory, found);
        }

        @Override
        public void found(FileSighting file) {
            try (PinnedFile there = PinnedFile.of(file.path())) {
                permission.found(file.path().toAbsolutePath().normalize(), there.realPath(), there.status());
            } catch (IOException goneAgain) {
                // Opening it will say so.
                return;
            }
        }

        @Override
        public DirectoryWatch watch() {
            return DirectoryWatch.open();
        }

        @Override
        public LogFile open(Path path, boolean forFixes) throws IOException {
            if (!forFixes) {
                return LogFile.open(path);
            }
            return writes ? LogFile.openForFixes(path, permission) : LogFile.openForFixesUnwritten(path, permission);
        }
    }
}
