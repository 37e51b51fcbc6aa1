package io.pickaroon.processor.commit;

import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.delivery.Instance;
import java.io.IOException;
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
        void run(Committer committer) throws IOException;
    }

    /** Runs a command at once on the committer's thread, which the caller is on. */
    public static void execute(Committer committer, Command command) {
        try {
            command.run(committer);
        } catch (IOException e) {
            throw Exceptions.propagate(e);
        }
    }

    /** Runs a command when it is its turn. */
    public Mono<Void> queue(Command command) {
        return Mono.<Void>fromRunnable(() -> execute(committer, command))
                .subscribeOn(thread)
                .onErrorResume(e -> {
                    whenFailed.accept(e);
                    return Mono.never();
                });
    }

    /**
     * Changes the checkpoint and waits until it is written. Not for the committer's thread itself.
     *
     * @throws IOException if the checkpoint cannot be written; the run ends, too
     */
    void change(Consumer<CheckpointFile> change) throws IOException, InterruptedException {
        await(c -> c.change(change));
    }

    /** Like {@link #change}, of the instance alone: what is delivered stays as it is. */
    void keep(Instance next) throws IOException, InterruptedException {
        await(c -> c.keep(next));
    }

    private void await(Command command) throws IOException, InterruptedException {
        CompletableFuture<Void> made = Mono.<Void>fromRunnable(() -> execute(committer, command))
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
