package io.pickaroon.processor.commit;

import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.delivery.Delivery;
import io.pickaroon.processor.delivery.Instance;
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
import reactor.core.scheduler.Scheduler;

/**
 * What readers command the {@link Committer}, in order, beside the windows that come through the sink. Each command is
 * executed on the committer's thread when it is subscribed to, and completes when it is done; one that fails ends the run,
 * and never completes. Any thread may subscribe. What is committed {@link CommittedPositions} tells.
 */
public final class CommitQueue {
    private final Committer committer;
    private final Scheduler thread;
    private final Consumer<Throwable> whenFailed;

    /**
     * @param thread the one that all changes of the committer are made on
     * @param whenFailed ends the run
     */
    public CommitQueue(Committer committer, Scheduler thread, Consumer<Throwable> whenFailed) {
        this.committer = committer;
        this.thread = thread;
        this.whenFailed = whenFailed;
    }

    /** A change of what is committed, made on the committer's thread. */
    public interface Command {
        void run() throws IOException;
    }

    /** Runs a command on the committer's thread, which the caller is on. */
    public static void execute(Command command) {
        try {
            command.run();
        } catch (IOException e) {
            throw Exceptions.propagate(e);
        }
    }

    private Mono<Void> queued(Command command) {
        return Mono.<Void>fromRunnable(() -> execute(command))
                .subscribeOn(thread)
                .onErrorResume(e -> {
                    whenFailed.accept(e);
                    return Mono.never();
                });
    }

    /** Makes it durable where reading begins, in a file that no checkpoint knows or that has begun anew. */
    public Mono<Void> begin(LogFile file, Position start, int resets) {
        return queued(() -> committer.begin(file, start, resets));
    }

    /** Makes it durable where reading will begin in files that no checkpoint knows. */
    public Mono<Void> beginAll(Map<FileSighting, Position> starts) {
        return queued(() -> committer.beginAll(starts));
    }

    /** Makes it durable that inputs are started for the first time, and where files that are there then are begun. */
    public Mono<Void> start(Map<String, Instant> inputs, Map<FileSighting, Position> starts) {
        return queued(() -> committer.start(inputs, starts));
    }

    /** Takes a window that an earlier session delivered. */
    public Mono<Void> replay(ScannedWindow window, Position delivered) {
        return queued(() -> committer.accept(Delivery.alreadyDelivered(window, delivered)));
    }

    /** Takes a window whose fixes waited for the rotation of its file. */
    public Mono<Void> fixAfterRotation(ScannedWindow window, Position delivered) {
        return queued(() -> committer.accept(Delivery.deliveredBeforeRotation(window, delivered)));
    }

    /** No rule wants what waits in this file. */
    public Mono<Void> nothingWaits(FileIdentity file) {
        return queued(() -> committer.nothingWaits(file));
    }

    /** Makes all that was taken durable. */
    public Mono<Void> commit() {
        return queued(committer::commit);
    }

    /** Remembers since when a file is not found; empty if it is there. */
    public Mono<Void> gone(FileIdentity file, Optional<Instant> since) {
        return queued(() -> committer.gone(file, since));
    }

    /** Forgets a file that has been gone for long. */
    public Mono<Void> forget(FileIdentity file) {
        return queued(() -> committer.forget(file));
    }

    /** Forgets a generation that is over, and delivered or lost. */
    public Mono<Void> retire(FileIdentity generation) {
        return queued(() -> committer.retire(generation));
    }

    /**
     * Changes the checkpoint and waits until it is written. Not for the committer's thread itself.
     *
     * @throws IOException if the checkpoint cannot be written; the run ends, too
     */
    void change(Consumer<CheckpointFile> change) throws IOException, InterruptedException {
        await(() -> committer.change(change));
    }

    /** Like {@link #change}, of the instance alone: what is delivered stays as it is. */
    void keep(Instance next) throws IOException, InterruptedException {
        await(() -> committer.keep(next));
    }

    private void await(Command command) throws IOException, InterruptedException {
        CompletableFuture<Void> made = Mono.<Void>fromRunnable(() -> execute(command))
                .subscribeOn(thread)
                .doOnError(whenFailed)
                .toFuture();
        try {
            made.get();
        } catch (ExecutionException e) {
            throw new IOException(
                    "the checkpoint cannot be written: " + e.getCause().getMessage(), e.getCause());
        }
    }
}
