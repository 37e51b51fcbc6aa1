package io.pickaroon.processor.read;

import io.pickaroon.processor.input.MaxRate;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * When an input with a {@link MaxRate} may be read on: a token bucket over the monotonic clock, shared by the files of the
 * input. It is kept as the moment at which all that was taken is paid for; what time has allowed since then is the allowance,
 * which does not grow beyond {@link MaxRate#burstBytes}. A run begins without one, and without a debt.
 *
 * <p>Thread-safe. Holds no thread: a reader comes again, or is told by a timer. Who of several comes first, the caller decides.
 */
public final class Pace {
    private final MaxRate rate;
    private final LongSupplier nanoTime;
    private final LongConsumer waits;
    /** When all that was taken is paid for. */
    private long paidNanos;
    /** Up to here waits are counted. */
    private long countedNanos;

    /**
     * @param nanoTime time that only ever grows
     * @param waits is told in advance for how many nanoseconds more something waits; waits of several files at the same time are
     *     one
     */
    Pace(MaxRate rate, LongSupplier nanoTime, LongConsumer waits) {
        this.rate = rate;
        this.nanoTime = nanoTime;
        this.waits = waits;
        this.paidNanos = nanoTime.getAsLong();
        this.countedNanos = paidNanos;
    }

    /** So much is read at once, at most. */
    public long stretchBytes() {
        return rate.stretchBytes();
    }

    /** Whether a file that has something to read may read it now; if not, that is counted as waiting. */
    public synchronized boolean mayRead() {
        long nowNanos = nanoTime.getAsLong();
        if (paidNanos - nowNanos <= 0) {
            return true;
        }
        count(nowNanos, paidNanos);
        return false;
    }

    /** Takes note of bytes that are read now. */
    public synchronized void take(long bytes) {
        spend(nanoTime.getAsLong(), bytes);
    }

    /** Takes bytes as soon as all that was taken before is paid for: the first to ask is the first to get them. */
    Mono<Void> takeInTurn(long bytes, Scheduler timer) {
        return Mono.defer(() -> {
            long nanos = reserve(bytes);
            return nanos <= 0
                    ? Mono.<Void>empty()
                    : Mono.delay(Duration.ofNanos(nanos), timer).then().doOnCancel(() -> giveBack(bytes));
        });
    }

    private synchronized long reserve(long bytes) {
        long nowNanos = nanoTime.getAsLong();
        long fromNanos = spend(nowNanos, bytes);
        count(nowNanos, fromNanos);
        return fromNanos - nowNanos;
    }

    /** Returns when these bytes may be read. */
    private long spend(long nowNanos, long bytes) {
        long earliestNanos = nowNanos - rate.nanosOf(rate.burstBytes());
        long fromNanos = paidNanos - earliestNanos > 0 ? paidNanos : earliestNanos;
        paidNanos = fromNanos + rate.nanosOf(bytes);
        return fromNanos;
    }

    private synchronized void giveBack(long bytes) {
        paidNanos -= rate.nanosOf(bytes);
    }

    private void count(long nowNanos, long untilNanos) {
        long fromNanos = countedNanos - nowNanos > 0 ? countedNanos : nowNanos;
        if (untilNanos - fromNanos > 0) {
            waits.accept(untilNanos - fromNanos);
            countedNanos = untilNanos;
        }
    }
}
