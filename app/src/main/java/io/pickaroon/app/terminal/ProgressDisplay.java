package io.pickaroon.app.terminal;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** A progress bar on this process's terminal, with a thread of its own that redraws it. */
public final class ProgressDisplay implements AutoCloseable {
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("progress").daemon().factory());
    private final ProgressBar bar;

    public ProgressDisplay(Terminal terminal, Supplier<Progress> counters) {
        this.bar = new ProgressBar(terminal.errors(), terminal.columns(), counters, System::nanoTime, scheduler);
    }

    @Override
    public void close() {
        bar.close();
        scheduler.shutdownNow();
    }
}
