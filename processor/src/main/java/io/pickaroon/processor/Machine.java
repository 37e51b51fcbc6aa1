package io.pickaroon.processor;

import io.pickaroon.processor.file.FixPermission;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What a run takes from the machine that it is on: threads, time and files. Tests put a twin in its place. */
interface Machine {
    /** Threads that scan, never interrupted. The run disposes of them at its end. */
    Scheduler scanThreads(int count);

    /** The one thread that fixes and writes checkpoints, never interrupted. The run disposes of it at its end. */
    Scheduler progressThread();

    /** Where pauses pass. It outlives the run. */
    Scheduler timer();

    /** Time that only ever grows, from an arbitrary start. */
    LongSupplier nanoTime();

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
        public LogFile open(Path path, boolean forFixes) throws IOException {
            return forFixes ? LogFile.openForFixes(path, permission) : LogFile.open(path);
        }
    }
}
