package io.pickaroon.processor.simulation;

import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * A sink with transactions: the matches of a group of windows, and the positions after it, become visible together or not
 * at all; and sometimes nobody hears which.
 */
final class ExactlyOnceSink implements MatchSink {
    private final Destination destination;
    private final Faults faults;
    private final SimulatedTime time;
    private final int capacity;
    private final int groupWindows;
    private final int slownessNanos;

    /**
     * @param capacity windows that are taken and not acknowledged yet, at most
     * @param groupWindows windows in a transaction; it is committed earlier when nothing more comes
     * @param slownessNanos longest time that one step takes
     */
    ExactlyOnceSink(
            Destination destination,
            Faults faults,
            SimulatedTime time,
            int capacity,
            int groupWindows,
            int slownessNanos) {
        this.destination = destination;
        this.faults = faults;
        this.time = time;
        this.capacity = capacity;
        this.groupWindows = groupWindows;
        this.slownessNanos = slownessNanos;
    }

    @Override
    public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
        return resume(_ -> windows);
    }

    @Override
    public Flux<Acknowledgement> resume(
            Function<Map<FileIdentity, DeliveredPosition>, Flux<ScannedWindow>> windowsAfter) {
        return Flux.create(out -> {
            Session session = new Session(out);
            out.onDispose(session);
            time.after(faults.below(slownessNanos), () -> session.open(windowsAfter));
        });
    }

    private final class Session extends BaseSubscriber<ScannedWindow> {
        private final FluxSink<Acknowledgement> out;
        private List<ScannedWindow> group = new ArrayList<>();
        private boolean committing;
        private boolean completed;

        Session(FluxSink<Acknowledgement> out) {
            this.out = out;
        }

        void open(Function<Map<FileIdentity, DeliveredPosition>, Flux<ScannedWindow>> windowsAfter) {
            faults.step("open session");
            if (faults.sinkFails()) {
                fail();
            } else if (!out.isCancelled()) {
                windowsAfter.apply(destination.fence()).subscribe(this);
            }
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(capacity);
        }

        @Override
        protected void hookOnNext(ScannedWindow window) {
            faults.step("send");
            destination.receives(window);
            group.add(window);
            if (group.size() >= groupWindows) {
                close();
            } else if (group.size() == 1) {
                time.after(2L * slownessNanos, this::close);
            }
        }

        /** Closes the group, and commits it some time later. */
        private void close() {
            if (!committing && !group.isEmpty() && !hasFailed()) {
                committing = true;
                List<ScannedWindow> closed = group;
                group = new ArrayList<>();
                time.after(faults.below(slownessNanos), () -> commit(closed));
            }
        }

        private void commit(List<ScannedWindow> closed) {
            if (hasFailed()) {
                return;
            }
            if (faults.crashesIn("commit")) {
                destination.commitInDoubt(closed);
                faults.requirePower();
            }
            if (faults.sinkFails()) {
                if (faults.chance(0.5)) {
                    destination.commitInDoubt(closed);
                }
                fail();
            } else {
                destination.commit(closed);
                faults.step("committed");
                time.after(faults.below(slownessNanos), () -> acknowledge(closed));
            }
        }

        private void acknowledge(List<ScannedWindow> closed) {
            faults.step("acknowledge");
            if (hasFailed()) {
                return;
            }
            committing = false;
            closed.forEach(destination::acknowledges);
            List<ScannedWindow> left = new ArrayList<>(closed);
            while (!left.isEmpty()) {
                out.next(Acknowledgement.of(left.remove(faults.below(left.size()))));
            }
            request(closed.size());
            close();
            completeIfDone();
        }

        private boolean hasFailed() {
            return out.isCancelled() || isDisposed() && !completed;
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
            close();
            completeIfDone();
        }

        private void completeIfDone() {
            if (completed && !committing && group.isEmpty()) {
                out.complete();
            }
        }

        @Override
        protected void hookOnError(Throwable failure) {
            out.error(failure);
        }
    }
}
