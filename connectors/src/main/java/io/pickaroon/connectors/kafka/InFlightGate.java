package io.pickaroon.connectors.kafka;

import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.util.context.Context;

/**
 * Asks for another window while those that are being sent are few and small enough: windows are of very different
 * sizes, so that a limit of their number alone would either waste memory or starve the producer.
 *
 * <p>Bounds what is under way to {@code maxBytes} and one window. For one subscriber, which requests without a bound;
 * whoever got a window says with {@link #release} when it is settled, on any thread.
 */
final class InFlightGate extends FluxOperator<ScannedWindow, ScannedWindow> {
    /** Estimate of what a record costs in objects while the producer has it, beside its bytes. */
    private static final int BYTES_PER_MATCH = 128;

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

    /** The window is settled. */
    void release(ScannedWindow window) {
        synchronized (this) {
            windows--;
            bytes -= weightBytes(window);
        }
        askForMore();
    }

    private synchronized void take(ScannedWindow window) {
        asked = false;
        windows++;
        bytes += weightBytes(window);
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

    private static long weightBytes(ScannedWindow window) {
        MatchBatch matches = window.matches();
        return matches.recordBytes() + (long) BYTES_PER_MATCH * matches.size();
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
