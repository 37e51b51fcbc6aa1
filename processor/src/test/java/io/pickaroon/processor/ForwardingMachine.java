package io.pickaroon.processor;

import io.pickaroon.processor.file.DirectoryWatch;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.FixPermission;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.host.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import reactor.core.scheduler.Scheduler;

/** This machine. What is other about it, classes that extend it say. */
class ForwardingMachine implements Machine {
    private final Machine real = Machine.real(FixPermission.EVERY_FILE);

    @Override
    public Scheduler scanThreads(int count) {
        return real.scanThreads(count);
    }

    @Override
    public Scheduler progressThread() {
        return real.progressThread();
    }

    @Override
    public Scheduler timer() {
        return real.timer();
    }

    @Override
    public LongSupplier nanoTime() {
        return real.nanoTime();
    }

    @Override
    public InstantSource clock() {
        return real.clock();
    }

    @Override
    public Optional<FileSighting> look(Path path) throws IOException {
        return real.look(path);
    }

    @Override
    public void filesIn(Path directory, Consumer<FileSighting> found) throws IOException {
        real.filesIn(directory, found);
    }

    @Override
    public void found(FileSighting file) {
        real.found(file);
    }

    @Override
    public DirectoryWatch watch() {
        return real.watch();
    }

    @Override
    public LogFile open(Path path, boolean forFixes) throws IOException {
        return real.open(path, forFixes);
    }
}
