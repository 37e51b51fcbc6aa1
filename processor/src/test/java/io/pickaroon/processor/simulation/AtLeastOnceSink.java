package io.pickaroon.processor.simulation;

import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.LinkedHashSet;
import java.util.Set;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * A sink without transactions: windows arrive late, in any order, in part, or not at all; acknowledgements come later
 * still, or never, and then the session fails. What is in mid-air may arrive after its session, or its process, has ended.
 */
final class AtLeastOnceSink implements MatchSink {
    private final Destination destination;
    private final Faults faults;
    private final SimulatedTime time;
    private final int capacity;
    private final int slownessNanos;
    private final Set<ScannedWindow> inMidAir = new LinkedHashSet<>();

    /**
     * @param capacity windows that are sent and not acknowledged yet, at most
     * @param slownessNanos longest time that one step takes
     */
    AtLeastOnceSink(Destination destination, Faults faults, SimulatedTime time, int capacity, int slownessNanos) {
        this.destination = destination;
        this.faults = faults;
        this.time = time;
        this.capacity = capacity;
        this.slownessNanos = slownessNanos;
    }

    @Override
    public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
        return Flux.create(out -> {
            Session session = new Session(out);
            out.onDispose(session);
            windows.subscribe(session);
        });
    }

    /** The process is gone; of what it had sent, some arrives. */
    void processDied() {
        inMidAir.forEach(destination::arrivesInPart);
        inMidAir.clear();
    }

    private final class Session extends BaseSubscriber<ScannedWindow> {
        private final FluxSink<Acknowledgement> out;
        private int owed;
        private boolean completed;

        Session(FluxSink<Acknowledgement> out) {
            this.out = out;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(capacity);
        }

        @Override
        protected void hookOnNext(ScannedWindow window) {
            faults.step("send");
            destination.receives(window);
            owed++;
            inMidAir.add(window);
            time.after(faults.below(slownessNanos), () -> arrive(window));
        }

        private void arrive(ScannedWindow window) {
            faults.step("arrive");
            inMidAir.remove(window);
            if (faults.sinkFails()) {
                if (faults.chance(0.5)) {
                    destination.arrivesInPart(window);
                } else {
                    destination.arrives(window);
                }
                fail();
            } else {
                destination.arrives(window);
                time.after(faults.below(slownessNanos), () -> acknowledge(window));
            }
        }

        private void acknowledge(ScannedWindow window) {
            faults.step("acknowledge");
            if (out.isCancelled() || isDisposed() && !completed) {
                return;
            }
            owed--;
            destination.acknowledges(window);
            out.next(Acknowledgement.of(window));
            request(1);
            completeIfDone();
        }

        private void fail() {
            if (!out.isCancelled()) {
                out.error(
                        faults.chance(0.9)
                                ? DeliveryException.retryable("the sink is away", null)
                                : DeliveryException.fatal("the sink refuses", null));
                dispose();
            }
        }

        @Override
        protected void hookOnComplete() {
            completed = true;
            completeIfDone();
        }

        private void completeIfDone() {
            if (completed && owed == 0) {
                out.complete();
            }
        }

        @Override
        protected void hookOnError(Throwable failure) {
            out.error(failure);
        }
    }
}
