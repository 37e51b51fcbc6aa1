package io.pickaroon.connectors.kafka.send;

import io.pickaroon.processor.scan.ScannedWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Groups windows by backlog: windows are gathered until downstream requests a group, and then all of them form one.
 * Without a backlog a group is emitted when its first window has waited for the gather time.
 *
 * <p>Gathered windows are bounded by {@code maxBytes}, as {@link WindowWeight} counts, plus one window. Groups keep the
 * order of the windows; none is empty. An error of the source is emitted at once.
 */
final class WindowGroups extends FluxOperator<ScannedWindow, List<ScannedWindow>> {
    private final long maxBytes;
    private final Duration gatherTime;
    private final Scheduler timer;

    /** @param timer runs the gather time, and emits the groups that it completes */
    WindowGroups(Flux<ScannedWindow> source, long maxBytes, Duration gatherTime, Scheduler timer) {
        super(source);
        this.maxBytes = maxBytes;
        this.gatherTime = gatherTime;
        this.timer = timer;
    }

    @Override
    public void subscribe(CoreSubscriber<? super List<ScannedWindow>> subscriber) {
        source.subscribe(new Gathering(subscriber));
    }

    private final class Gathering implements CoreSubscriber<ScannedWindow>, Subscription {
        private final CoreSubscriber<? super List<ScannedWindow>> downstream;
        /** Signals that came while another thread was emitting. */
        private final AtomicInteger missed = new AtomicInteger();

        private Subscription upstream;
        private List<ScannedWindow> gathered = new ArrayList<>();
        private long gatheredBytes;
        private long groupsTaken;
        private long demand;
        private boolean due;
        private boolean asked;
        private boolean sourceEnded;
        private boolean over;

        Gathering(CoreSubscriber<? super List<ScannedWindow>> downstream) {
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
            passOn();
        }

        @Override
        public void request(long groups) {
            synchronized (this) {
                demand = Operators.addCap(demand, groups);
            }
            passOn();
        }

        @Override
        public void onNext(ScannedWindow window) {
            boolean first;
            synchronized (this) {
                if (over) {
                    return;
                }
                asked = false;
                first = gathered.isEmpty();
                gathered.add(window);
                gatheredBytes += WindowWeight.bytes(window);
            }
            if (first) {
                startPause();
            }
            passOn();
        }

        /** Never cancelled: that would interrupt a thread that emits a group after an earlier pause. */
        private void startPause() {
            long number;
            synchronized (this) {
                number = groupsTaken;
            }
            timer.schedule(() -> pauseEnded(number), gatherTime.toNanos(), TimeUnit.NANOSECONDS);
        }

        private void pauseEnded(long number) {
            synchronized (this) {
                due |= number == groupsTaken;
            }
            passOn();
        }

        @Override
        public void onError(Throwable failure) {
            synchronized (this) {
                if (over) {
                    return;
                }
                over = true;
            }
            downstream.onError(failure);
        }

        @Override
        public void onComplete() {
            synchronized (this) {
                sourceEnded = true;
            }
            passOn();
        }

        @Override
        public void cancel() {
            synchronized (this) {
                over = true;
                gathered = new ArrayList<>();
            }
            upstream.cancel();
        }

        /** Signals come from several threads, and nested: one of them does the work for all. */
        private void passOn() {
            if (missed.getAndIncrement() != 0) {
                return;
            }
            int seen = 1;
            do {
                List<ScannedWindow> group = takeIfReady();
                if (!group.isEmpty()) {
                    downstream.onNext(group);
                }
                if (ends()) {
                    downstream.onComplete();
                }
                if (asks()) {
                    upstream.request(1);
                }
                seen = missed.addAndGet(-seen);
            } while (seen != 0);
        }

        private synchronized List<ScannedWindow> takeIfReady() {
            boolean ready = due || sourceEnded || gatheredBytes >= maxBytes;
            if (over || !ready || demand == 0 || gathered.isEmpty()) {
                return List.of();
            }
            List<ScannedWindow> group = gathered;
            gathered = new ArrayList<>();
            gatheredBytes = 0;
            groupsTaken++;
            due = false;
            demand--;
            return group;
        }

        private synchronized boolean ends() {
            if (over || !sourceEnded || !gathered.isEmpty()) {
                return false;
            }
            over = true;
            return true;
        }

        private synchronized boolean asks() {
            if (over || sourceEnded || asked || gatheredBytes >= maxBytes) {
                return false;
            }
            asked = true;
            return true;
        }
    }
}
