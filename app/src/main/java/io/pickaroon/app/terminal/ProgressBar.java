package io.pickaroon.app.terminal;

import java.io.PrintStream;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows on standard error how far long work has come, redrawn {@value #REDRAWS_PER_SECOND} times a second.
 *
 * <p>While it is open it stands in for {@link System#err}, so that log lines and messages do not tear it. Closing it
 * clears the line and puts the old stream back. The work itself is not touched: counters are read, nothing is called
 * back.
 */
public final class ProgressBar implements AutoCloseable {
    static final int REDRAWS_PER_SECOND = 10;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double RATE_WINDOW_SECONDS = 3;

    private final Supplier<Progress> counters;
    private final LongSupplier nanoClock;
    private final int columns;
    private final PrintStream terminal;
    private final StatusLine line;
    private final ScheduledFuture<?> ticking;
    private long lastNanos;
    private long lastDoneBytes;
    private double recentBytes;
    private double recentSeconds;
    private long waitingSinceNanos;
    private boolean waiting;

    /**
     * Starts to draw.
     *
     * @param terminal standard error as it was when the program started
     * @param columns width of the terminal in characters
     * @param counters called on the scheduler's thread, must be cheap
     * @param nanoClock time as {@link System#nanoTime} gives it
     * @param scheduler runs the redraws; the caller shuts it down
     */
    public ProgressBar(
            PrintStream terminal,
            int columns,
            Supplier<Progress> counters,
            LongSupplier nanoClock,
            ScheduledExecutorService scheduler) {
        this.terminal = terminal;
        this.columns = columns;
        this.counters = counters;
        this.nanoClock = nanoClock;
        this.line = new StatusLine(terminal);
        this.lastNanos = nanoClock.getAsLong();
        this.lastDoneBytes = counters.get().doneBytes();
        System.setErr(line.stream());
        long periodMillis = TimeUnit.SECONDS.toMillis(1) / REDRAWS_PER_SECOND;
        this.ticking =
                scheduler.scheduleWithFixedDelay(this::redraw, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }

    private synchronized void redraw() {
        if (ticking != null && ticking.isCancelled()) {
            return;
        }
        Progress progress = counters.get();
        long nanos = nanoClock.getAsLong();
        double seconds = (nanos - lastNanos) / NANOS_PER_SECOND;
        if (seconds > 0) {
            double kept = Math.exp(-seconds / RATE_WINDOW_SECONDS);
            recentBytes = recentBytes * kept + Math.max(0, progress.doneBytes() - lastDoneBytes);
            recentSeconds = recentSeconds * kept + seconds;
            lastNanos = nanos;
            lastDoneBytes = progress.doneBytes();
        }
        if (progress.awaited().isPresent() && !waiting) {
            waitingSinceNanos = nanos;
        }
        waiting = progress.awaited().isPresent();
        double bytesPerSecond = recentSeconds > 0 ? recentBytes / recentSeconds : 0;
        line.show(progress.awaited()
                .map(awaited -> ProgressLine.waiting(
                        awaited, TimeUnit.NANOSECONDS.toSeconds(nanos - waitingSinceNanos), columns))
                .orElseGet(() -> ProgressLine.render(progress, bytesPerSecond, columns)));
    }

    @Override
    public void close() {
        ticking.cancel(false);
        synchronized (this) {
            line.clear();
        }
        if (line.stream().equals(System.err)) {
            System.setErr(terminal);
        }
    }
}
