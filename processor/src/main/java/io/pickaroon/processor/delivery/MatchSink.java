package io.pickaroon.processor.delivery;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/**
 * Where matches go: the one port between the engine and Kafka, a console or a file.
 *
 * <p>Each subscription to what {@link #deliver} or {@link #resume} returns is a session of its own, with resources of its
 * own that are released when it ends in any way. The engine holds at most one session at a time and starts a new one,
 * from the last delivered window of each file, after a {@link DeliveryException} that is retryable.
 */
public interface MatchSink extends AutoCloseable {
    /** The name under which the destination keeps positions; empty if it keeps none, or if it is not known yet. */
    default Optional<String> instance() {
        return Optional.empty();
    }

    /** Called once, before the first session. A destination that keeps positions uses the run to name them. */
    default void attach(DeliveringRun run) {}

    /**
     * Sends every match of the windows, in order, and acknowledges each window when all its matches are durable at the
     * destination.
     *
     * <p>The sink requests windows as it can take them; that demand is the engine's back-pressure. Windows may be
     * acknowledged out of order, each exactly once; a window without matches too. The result completes after the source
     * completed and everything was acknowledged. It fails with a {@link DeliveryException}; what was not acknowledged
     * by then counts as not delivered. Cancelling it stops the session.
     *
     * @param windows windows of one or more files, those of one file in file order
     */
    Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows);

    /**
     * Like {@link #deliver}, for a destination that itself knows how far each file has been delivered: first it makes
     * sure that no earlier session can still change that, then it requests the windows that follow.
     *
     * @param windowsAfter gives the windows, from the positions that the destination knows; called once in a session. A
     *     file that is not among the positions has never been delivered there
     */
    default Flux<Acknowledgement> resume(
            Function<Map<FileIdentity, DeliveredPosition>, Flux<ScannedWindow>> windowsAfter) {
        return Flux.defer(() -> deliver(windowsAfter.apply(Map.of())));
    }

    /**
     * Files that the engine has durably forgotten, because they have been gone for long: a destination that keeps positions
     * may drop theirs, of all generations, when it next writes. What is delivered of such a file later counts anew. Any
     * thread, in a session or between two.
     */
    default void forget(Set<FileIdentity> files) {}

    /** How long transactions took, from their begin until the destination confirmed the commit; of all sessions. */
    default Latencies transactions() {
        return Latencies.NONE;
    }

    /** Releases what outlives sessions. Idempotent. */
    @Override
    default void close() {}
}
