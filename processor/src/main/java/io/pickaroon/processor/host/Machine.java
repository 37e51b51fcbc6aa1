package io.pickaroon.processor.host;

import io.pickaroon.processor.directio.PinnedFile;
import io.pickaroon.processor.file.DirectoryWatch;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.FixPermission;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What a run takes from the machine that it is on: threads, time and files. Tests put a twin in its place. */
public interface Machine {
    /** Threads that scan, never interrupted. The run disposes of them at its end. */
    Scheduler scanThreads(int count);

    /** The one thread that fixes and writes checkpoints, never interrupted. The run disposes of it at its end. */
    Scheduler progressThread();

    /** Where pauses pass. It outlives the run. */
    Scheduler timer();

    /** Time that only ever grows, from an arbitrary start. */
    LongSupplier nanoTime();

    /** What time it is, for what is remembered for days. */
    InstantSource clock();

    /** Looks at a file from outside; see {@link FileSighting#at}. */
    Optional<FileSighting> look(Path path) throws IOException;

    /** Looks at the files of a directory from outside; see {@link FileSighting#in}. */
    List<FileSighting> filesIn(Path directory) throws IOException;

    /** A file was found that will be opened for fixes; see {@link FixPermission#found}. */
    void found(FileSighting file);

    /** Hears of changes in directories. The run closes it at its end. */
    DirectoryWatch watch();

    /** Opens a log file; see {@link LogFile#open} and {@link LogFile#openForFixes}. */
    LogFile open(Path path, boolean forFixes) throws IOException;

    /** The machine that the process is on; files that are opened for fixes are those that this permits. */
    static Machine real(FixPermission permission) {
        return new RealMachine(permission);
    }

    /** Threads of its own for each run. */
    final class RealMachine implements Machine {
        private final FixPermission permission;

        private RealMachine(FixPermission permission) {
            this.permission = permission;
        }

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
        public List<FileSighting> filesIn(Path directory) throws IOException {
            return FileSighting.in(directory);
        }

        @Override
        public void found(FileSighting file) {
            try (PinnedFile there = PinnedFile.of(file.path())) {
                permission.found(there.realPath(), there.status());
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
            return forFixes ? LogFile.openForFixes(path, permission) : LogFile.open(path);
        }
    }
}
