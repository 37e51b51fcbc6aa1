package io.pickaroon.processor;

import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.ArrayList;
import java.util.List;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** Takes a few windows and then asks for no more, and acknowledges none. */
final class StalledSink implements MatchSink {
    final List<ScannedWindow> taken = new ArrayList<>();
    private final int demand;

    StalledSink(int demand) {
        this.demand = demand;
    }

    @Override
    public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
        return Flux.create(sink -> {
            BaseSubscriber<ScannedWindow> subscriber = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    request(demand);
                }

                @Override
                protected void hookOnNext(ScannedWindow window) {
                    taken.add(window);
                }
            };
            sink.onDispose(subscriber);
            windows.subscribe(subscriber);
        });
    }
}
