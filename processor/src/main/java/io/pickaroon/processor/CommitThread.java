package io.pickaroon.processor;

import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.commit.CommitQueue;
import io.pickaroon.processor.commit.Committer;
import io.pickaroon.processor.delivery.Delivery;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The one thread that fixes and writes checkpoints. It takes commands from any thread, in their order; a command that fails
 * ends the run, even if its caller ignores the failure.
 */
final class CommitThread implements CommitQueue {
    private final Committer progress;
    private final Scheduler thread;
    private final Sinks.Empty<Void> failure;

    /** @param failure told why the run cannot go on */
    CommitThread(Committer progress, Scheduler thread, Sinks.Empty<Void> failure) {
        this.progress = progress;
        this.thread = thread;
        this.failure = failure;
    }

    /** A change of what is committed. Belongs to the commit thread. */
    interface Step {
        void run() throws IOException;
    }

    static void take(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw Exceptions.propagate(e);
        }
    }

    /** Changes the checkpoint, and waits until it is written. Not for the commit thread itself. */
    void change(Consumer<CheckpointFile> change) throws IOException, InterruptedException {
        CompletableFuture<Void> made = Mono.<Void>fromRunnable(() -> take(() -> progress.change(change)))
                .subscribeOn(thread)
                .doOnError(failure::tryEmitError)
                .toFuture();
        try {
            made.get();
        } catch (ExecutionException e) {
            throw new IOException(
                    "the checkpoint cannot be written: " + e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public Mono<Void> begin(LogFile file, Position start, int resets) {
        return completing(() -> progress.begin(file, start, resets));
    }

    @Override
    public Mono<Void> replay(ScannedWindow window, Position delivered) {
        return completing(() -> progress.accept(Delivery.alreadyDelivered(window, delivered)));
    }

    @Override
    public Mono<Void> beginAll(Map<FileSighting, Position> starts) {
        return completing(() -> progress.beginAll(starts));
    }

    @Override
    public Mono<Void> start(Map<String, Instant> inputs, Map<FileSighting, Position> starts) {
        return completing(() -> progress.start(inputs, starts));
    }

    @Override
    public Mono<Void> fixAfterRotation(ScannedWindow window, Position delivered) {
        return completing(() -> progress.accept(Delivery.deliveredBeforeRotation(window, delivered)));
    }

    @Override
    public Mono<Void> nothingWaits(FileIdentity file) {
        return completing(() -> progress.nothingWaits(file));
    }

    @Override
    public Mono<Void> commit() {
        return completing(progress::commit);
    }

    @Override
    public Mono<Void> gone(FileIdentity file, Optional<Instant> since) {
        return completing(() -> progress.gone(file, since));
    }

    @Override
    public Mono<Void> forget(FileIdentity file) {
        return completing(() -> progress.forget(file));
    }

    private Mono<Void> completing(Step step) {
        return Mono.<Void>fromRunnable(() -> take(step)).subscribeOn(thread).onErrorResume(e -> {
            failure.tryEmitError(e);
            return Mono.never();
        });
    }
}
