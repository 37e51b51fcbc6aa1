package io.pickaroon.app.scan;

import io.pickaroon.app.terminal.OutputPart;
import io.pickaroon.app.terminal.OutputParts;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** Runs searches several at a time. They begin, and are printed, in the order in which they were given. */
final class SearchThreads implements AutoCloseable {
    /** A search that writes to its part of the output. */
    interface Search {
        void run(OutputPart part) throws IOException;
    }

    private final OutputParts parts;
    /** {@code null} if the caller's thread does all. */
    private final ExecutorService threads;

    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** @param threads how many searches run at a time; if it is 1, they run on the caller's thread */
    SearchThreads(int threads, OutputParts parts) {
        this.parts = parts;
        this.threads = threads == 1
                ? null
                : Executors.newFixedThreadPool(
                        threads,
                        Thread.ofPlatform().name("search-files-", 1).daemon().factory());
    }

    /**
     * Waits while too many have not been printed.
     *
     * @throws IOException if the output takes no more
     */
    void run(Search search) throws IOException {
        rethrow();
        OutputPart part = parts.begin();
        if (threads == null) {
            run(search, part);
        } else {
            threads.execute(() -> runAndKeepFailure(search, part));
        }
    }

    private static void run(Search search, OutputPart part) throws IOException {
        try (part) {
            search.run(part);
        }
    }

    private void runAndKeepFailure(Search search, OutputPart part) {
        try {
            run(search, part);
        } catch (IOException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private void rethrow() throws IOException {
        switch (failure.get()) {
            case null -> {
                return;
            }
            case IOException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw (RuntimeException) e;
        }
    }

    /**
     * Waits for all searches.
     *
     * @throws IOException if the output takes no more
     */
    void finish() throws IOException {
        close();
        rethrow();
    }

    /** Waits for the searches that were begun. */
    @Override
    public void close() {
        if (threads != null) {
            threads.close();
        }
    }
}
