package io.pickaroon.processor.delivery;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/**
 * Turns scanned windows into delivered ones: passes them to the sink, and emits a window only when it and every earlier
 * window of its file are acknowledged. So later steps see windows in order, although acknowledgements are not.
 */
public final class Delivery {
    private final MatchSink sink;

    public Delivery(MatchSink sink) {
        this.sink = Objects.requireNonNull(sink, "sink");
    }

    /**
     * Delivers windows in one session of the sink.
     *
     * @param windowsAfter gives windows of one or more files, those of one file in file order; is told how far the
     *     destination itself knows each file to be delivered
     * @return those windows, those of one file in file order; fails with what the sink failed with
     */
    public Flux<DeliveredWindow> deliver(
            Function<Map<FileIdentity, DeliveredPosition>, Flux<ScannedWindow>> windowsAfter) {
        return Flux.defer(() -> {
            PendingWindows pending = new PendingWindows();
            // Hidden, so that no operator of the sink is fused with one of the engine: what a sink does stays on the
            // sink's own thread, and reactor-core's handle() loses its last element when it is fused behind a
            // publishOn() that completes meanwhile (3.8.8).
            return sink.resume(positions -> windowsAfter.apply(positions).doOnNext(pending::submitted))
                    .hide()
                    // One at a time: what is acknowledged is still in memory, and the sink bounds how much that is.
                    .flatMapIterable(pending::acknowledged, 1)
                    .concatWith(Flux.defer(pending::requireNone));
        });
    }

    /**
     * A window that is delivered already, as the destination itself or the checkpoint reports. Nothing of it is emitted
     * again.
     *
     * @param delivered how far the file is delivered
     * @param fixesWaited whether its edits are those that waited for the rotation of the file
     * @throws IllegalArgumentException if the window reaches further
     */
    public static DeliveredWindow alreadyDelivered(ScannedWindow window, Position delivered, boolean fixesWaited) {
        if (window.end().offset() > delivered.offset()) {
            throw new IllegalArgumentException(
                    "window %s is delivered only up to %d".formatted(window, delivered.offset()));
        }
        return new DeliveredWindow(Acknowledgement.ofEarlierSession(window), fixesWaited);
    }
}
