package io.pickaroon.processor.host;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Threads that are never interrupted: an interrupt closes the {@link java.nio.channels.FileChannel} that a thread is
 * using, and with it a log file that others still read and fix. A task that is cancelled before it began does not run;
 * one that runs already is not stopped.
 */
public final class UninterruptedThreads implements Scheduler {
    private static final long LAST_TASK_SECONDS = 10;

    private final ExecutorService threads;
    private final Scheduler scheduler;
    private final ThreadLocal<Boolean> own = ThreadLocal.withInitial(() -> false);

    public UninterruptedThreads(String name, int count) {
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(
                count,
                task -> Thread.ofPlatform()
                        .daemon()
                        .name(name + '-' + number.incrementAndGet())
                        .unstarted(() -> {
                            own.set(true);
                            task.run();
                        }));
        // Not the executor service itself: Reactor would cancel the futures of that, with an interrupt.
        Executor plain = task -> threads.execute(task);
        this.scheduler = Schedulers.fromExecutor(plain, true);
    }

    @Override
    public Disposable schedule(Runnable task) {
        return scheduler.schedule(task);
    }

    @Override
    public Worker createWorker() {
        return scheduler.createWorker();
    }

    @Override
    public boolean isDisposed() {
        return scheduler.isDisposed();
    }

    /** Accepts no more tasks and waits for those that run, so that a commit in progress is finished. */
    @Override
    public void dispose() {
        scheduler.dispose();
        threads.shutdown();
        if (own.get()) {
            return;
        }
        try {
            if (!threads.awaitTermination(LAST_TASK_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "a thread has not finished within %d s, most likely because a disk does not respond; check it (dmesg)"
                                .formatted(LAST_TASK_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
