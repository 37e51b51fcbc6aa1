package io.pickaroon.processor.following;

import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.simulation.SimulatedTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * A destination with transactions that outlives daemons: what a group of windows brings becomes visible with the position
 * behind it, some time later. A session that ends in between leaves its transaction open, and the next one decides it.
 */
final class CommittingSink implements MatchSink {
    private static final int LONGEST_NANOS = 20_000_000;
    private static final int CAPACITY = 3;

    private final SimulatedTime time;
    private final SplittableRandom random;
    private final Truth truth;
    private final Map<FileIdentity, DeliveredPosition> positions = new HashMap<>();
    private List<ScannedWindow> open = List.of();
    private int sessions;
    private boolean fails;
    private boolean hasFailed;
    private boolean isAway;
    /** Sessions wait for this until it can be reached. */
    private Runnable waitingSession;

    private boolean isUnreachable;
    private boolean isSilent;
    /** Goes on when it is no longer silent. */
    private Runnable silenced;

    CommittingSink(SimulatedTime time, SplittableRandom random, Truth truth) {
        this.time = time;
        this.random = random;
        this.truth = truth;
    }

    /** The next commit fails. */
    void failNext() {
        fails = true;
    }

    /** It can no longer be reached: the next commit fails, and then sessions wait. */
    void leave() {
        isUnreachable = true;
    }

    /** Nothing is committed any more, and nothing fails. */
    void fallSilent() {
        isSilent = true;
    }

    /** It is there again. */
    void comeBack() {
        isUnreachable = false;
        isSilent = false;
        if (waitingSession != null) {
            time.after(random.nextInt(LONGEST_NANOS), waitingSession);
            waitingSession = null;
        }
        if (silenced != null) {
            time.after(random.nextInt(LONGEST_NANOS), silenced);
            silenced = null;
        }
    }

    /** The last session has failed, or waits, and none has begun since. */
    boolean isAway() {
        return isAway || isUnreachable;
    }

    boolean isSilent() {
        return isSilent;
    }

    /** The daemon is gone, and its session with it. */
    void daemonEnded() {
        waitingSession = null;
        silenced = null;
    }

    /** Nothing fails any more. Returns whether something has, since the last time. */
    boolean heal() {
        boolean result = hasFailed || isUnreachable || isSilent;
        comeBack();
        fails = false;
        hasFailed = false;
        return result;
    }

    @Override
    public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
        return resume(_ -> windows);
    }

    @Override
    public Flux<Acknowledgement> resume(
            Function<Map<FileIdentity, DeliveredPosition>, Flux<ScannedWindow>> windowsAfter) {
        return Flux.create(out -> {
            if (isUnreachable) {
                hasFailed = true;
                isAway = true;
                waitingSession = () -> {
                    if (!out.isCancelled()) {
                        begin(out, windowsAfter);
                    }
                };
            } else {
                begin(out, windowsAfter);
            }
        });
    }

    private void begin(
            FluxSink<Acknowledgement> out,
            Function<Map<FileIdentity, DeliveredPosition>, Flux<ScannedWindow>> windowsAfter) {
        sessions++;
        isAway = false;
        if (random.nextBoolean()) {
            makeVisible(open);
        }
        open = List.of();
        truth.sessionBegan();
        Session session = new Session(out, sessions);
        out.onDispose(session);
        windowsAfter.apply(Map.copyOf(positions)).subscribe(session);
    }

    private void makeVisible(List<ScannedWindow> windows) {
        for (ScannedWindow window : windows) {
            truth.arrives(window);
            FileIdentity file = window.file().identity();
            positions.keySet().removeIf(known -> known.isSameInode(file) && known.generation() < file.generation());
            positions.put(file, DeliveredPosition.after(window, 0, 0));
        }
    }

    @Override
    public void forget(Set<FileIdentity> files) {
        positions.keySet().removeIf(known -> files.stream().anyMatch(known::isSameInode));
    }

    private final class Session extends BaseSubscriber<ScannedWindow> {
        private final FluxSink<Acknowledgement> out;
        private final int number;
        private final List<ScannedWindow> waiting = new ArrayList<>();
        private boolean committing;
        private boolean completed;

        Session(FluxSink<Acknowledgement> out, int number) {
            this.out = out;
            this.number = number;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(CAPACITY);
        }

        @Override
        protected void hookOnNext(ScannedWindow window) {
            waiting.add(window);
            commitSoon();
        }

        private void commitSoon() {
            if (!committing && !waiting.isEmpty()) {
                committing = true;
                open = List.copyOf(waiting);
                waiting.clear();
                time.after(random.nextInt(LONGEST_NANOS), this::commit);
            }
        }

        private void commit() {
            if (number != sessions || out.isCancelled()) {
                return;
            }
            if (isSilent && !isUnreachable) {
                silenced = this::commit;
                return;
            }
            if (fails || isUnreachable) {
                fails = false;
                hasFailed = true;
                isAway = true;
                out.error(DeliveryException.retryable("the destination is away", null));
                return;
            }
            List<ScannedWindow> group = open;
            open = List.of();
            makeVisible(group);
            time.after(random.nextInt(LONGEST_NANOS), () -> acknowledge(group));
        }

        private void acknowledge(List<ScannedWindow> group) {
            if (number != sessions || out.isCancelled()) {
                return;
            }
            committing = false;
            group.forEach(window -> out.next(Acknowledgement.of(window)));
            request(group.size());
            commitSoon();
            completeIfDone();
        }

        @Override
        protected void hookOnComplete() {
            completed = true;
            completeIfDone();
        }

        private void completeIfDone() {
            if (completed && !committing && waiting.isEmpty()) {
                out.complete();
            }
        }

        @Override
        protected void hookOnError(Throwable failure) {
            out.error(failure);
        }
    }
}
