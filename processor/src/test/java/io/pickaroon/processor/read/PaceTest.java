package io.pickaroon.processor.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.input.MaxRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Of 100 bytes per second, in stretches of 20. */
class PaceTest {
    private static final MaxRate RATE = new MaxRate(100, 20);
    /** Close to where the numbers of a monotonic clock begin again. */
    private static final long START_NANOS = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(150);

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final AtomicLong waitedNanos = new AtomicLong();
    private final Pace pace =
            new Pace(RATE, () -> START_NANOS + timer.now(TimeUnit.NANOSECONDS), waitedNanos::addAndGet);
    private final List<String> taken = new ArrayList<>();

    private void pass(long millis) {
        timer.advanceTimeBy(Duration.ofMillis(millis));
    }

    private long waitedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(waitedNanos.get());
    }

    private Disposable take(String name, long bytes) {
        return pace.takeInTurn(bytes, timer).subscribe(_ -> {}, _ -> {}, () -> taken.add(name));
    }

    @Test
    void whatWasTakenIsPaidForBeforeMoreIsRead() {
        assertThat(pace.mayRead()).isTrue();
        pace.take(20);
        assertThat(pace.mayRead()).isFalse();
        pass(199);
        assertThat(pace.mayRead()).isFalse();
        pass(1);
        assertThat(pace.mayRead()).isTrue();
        pace.take(500);
        pass(4_999);
        assertThat(pace.mayRead()).isFalse();
        pass(1);
        assertThat(pace.mayRead()).isTrue();
    }

    @Test
    void anAllowanceIsNeverMoreThanThatOfASecond() {
        pass(60_000);
        pace.take(100);
        assertThat(pace.mayRead()).isTrue();
        pace.take(1);
        assertThat(pace.mayRead()).isFalse();
        pass(10);
        assertThat(pace.mayRead()).isTrue();
    }

    @Test
    void waitsOfSeveralAtATimeAreOne() {
        pace.take(50);
        assertThat(pace.mayRead()).isFalse();
        assertThat(pace.mayRead()).isFalse();
        assertThat(waitedMillis()).isEqualTo(500);
        pass(600);
        assertThat(pace.mayRead()).isTrue();
        assertThat(waitedMillis()).isEqualTo(500);
        pace.take(30);
        pass(100);
        assertThat(pace.mayRead()).isFalse();
        assertThat(waitedMillis()).isEqualTo(600);
    }

    @Test
    void whoAsksFirstTakesFirst() {
        take("a", 20);
        take("b", 20);
        take("c", 20);
        assertThat(taken).containsExactly("a");
        pass(200);
        assertThat(taken).containsExactly("a", "b");
        pass(199);
        assertThat(taken).containsExactly("a", "b");
        pass(1);
        assertThat(taken).containsExactly("a", "b", "c");
        assertThat(waitedMillis()).isEqualTo(400);
    }

    @Test
    void whatIsCancelledWhileItWaitsIsNoDebt() {
        take("a", 20);
        take("b", 5_000).dispose();
        pass(200);
        take("c", 20);
        assertThat(taken).containsExactly("a", "c");
    }

    @Test
    void aRateHoldsOverALongTime() {
        long bytes = 0;
        for (int ticks = 0; ticks < 36_000; ticks++) {
            while (pace.mayRead()) {
                pace.take(7);
                bytes += 7;
            }
            pass(100);
        }
        assertThat(bytes).isBetween(359_990L, 359_997L);
    }

    @Test
    void stretchesAreAQuarterOfASecondAtLeast64KiBAndFourSecondsAtMost() {
        assertThat(MaxRate.of(1 << 20)).isEqualTo(new MaxRate(1 << 20, 1 << 18));
        assertThat(MaxRate.of(20 << 10)).isEqualTo(new MaxRate(20 << 10, 64 << 10));
        assertThat(MaxRate.of(1_000)).isEqualTo(new MaxRate(1_000, 4_000));
        assertThat(MaxRate.of(20 << 10).burstBytes()).isEqualTo(64 << 10);
        assertThat(MaxRate.of(1 << 20).burstBytes()).isEqualTo(1 << 20);
        assertThatThrownBy(() -> MaxRate.of(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noNumberOfBytesIsTooLarge() {
        assertThat(new MaxRate(1, 1).nanosOf(9_000_000_000L)).isEqualTo(9_000_000_000_000_000_000L);
        assertThat(new MaxRate(Long.MAX_VALUE / 4, 1).nanosOf(Long.MAX_VALUE / 2))
                .isEqualTo(2_000_000_000L);
        assertThat(new MaxRate(3, 1).nanosOf(1)).isEqualTo(333_333_333);
    }
}
