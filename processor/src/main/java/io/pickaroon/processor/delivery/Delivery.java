package io.pickaroon.processor.delivery;

import io.pickaroon.processor.scan.ScannedWindow;
import java.util.Objects;
import reactor.core.publisher.Flux;

/**
 * Turns scanned windows into delivered ones: hands them to the sink, and lets a window pass only when it and every earlier
 * window of its file are acknowledged. So no later step needs to know that acknowledgements come out of order.
 */
public final class Delivery {
    private final MatchSink sink;

    public Delivery(MatchSink sink) {
        this.sink = Objects.requireNonNull(sink, "sink");
    }

    /**
     * Delivers windows in one session of the sink.
     *
     * @param windows windows of one or more files, those of one file in file order
     * @return those windows, those of one file in file order; fails with what the sink failed with
     */
    public Flux<DeliveredWindow> deliver(Flux<ScannedWindow> windows) {
        return Flux.defer(() -> {
            PendingWindows pending = new PendingWindows();
            return sink.deliver(windows.doOnNext(pending::submitted))
                    .flatMapIterable(pending::acknowledged)
                    .concatWith(Flux.defer(pending::requireNone));
        });
    }
}
