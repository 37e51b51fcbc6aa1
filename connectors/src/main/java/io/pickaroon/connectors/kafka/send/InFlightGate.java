package io.pickaroon.connectors.kafka.send;

import io.pickaroon.processor.scan.ScannedWindow;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.util.context.Context;

/**
 * Requests another window while those in flight are few and small enough. Windows differ so much in size that a limit
 * on their number alone would either waste memory or starve the producer.
 *
 * <p>Bounds the memory in flight to {@code maxBytes}, as {@link WindowWeight} counts, plus one window. For one
 * subscriber, with unbounded demand; it calls {@link #release} for each window that is acknowledged, on any thread.
 */
final class InFlightGate extends FluxOperator<ScannedWindow, ScannedWindow> {
    private final int maxWindows;
    private final long maxBytes;
    private Subscription upstream;
    private int windows;
    private long bytes;
    private boolean asked;

    InFlightGate(Flux<ScannedWindow> source, int maxWindows, long maxBytes) {
        super(source);
        this.maxWindows = maxWindows;
        this.maxBytes = maxBytes;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ScannedWindow> subscriber) {
        source.subscribe(new Passage(subscriber));
    }

    /** The window is acknowledged. */
    void release(ScannedWindow window) {
        synchronized (this) {
            windows--;
            bytes -= WindowWeight.bytes(window);
        }
        askForMore();
    }

    private synchronized void take(ScannedWindow window) {
        asked = false;
        windows++;
        bytes += WindowWeight.bytes(window);
    }

    private void askForMore() {
        synchronized (this) {
            if (asked || windows >= maxWindows || bytes >= maxBytes) {
                return;
            }
            asked = true;
        }
        upstream.request(1);
    }

    private final class Passage implements CoreSubscriber<ScannedWindow>, Subscription {
        private final CoreSubscriber<? super ScannedWindow> downstream;

        Passage(CoreSubscriber<? super ScannedWindow> downstream) {
            this.downstream = downstream;
        }

        @Override
        public Context currentContext() {
            return downstream.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            downstream.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            askForMore();
        }

        @Override
        public void onNext(ScannedWindow window) {
            take(window);
            downstream.onNext(window);
            askForMore();
        }

        @Override
        public void onError(Throwable failure) {
            downstream.onError(failure);
        }

        @Override
        public void onComplete() {
            downstream.onComplete();
        }

        @Override
        public void cancel() {
            upstream.cancel();
        }
    }
}
