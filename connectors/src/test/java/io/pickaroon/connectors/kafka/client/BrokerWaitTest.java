package io.pickaroon.connectors.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BrokerWaitTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    @Test
    void isOverWhenBrokersWereSilentForTheLimit() {
        BrokerWait wait = waiting(Optional.of(Duration.ofSeconds(10)));
        wait.sessionBegins();
        pass(9_999);
        assertThat(wait.overdue("no broker has answered")).isEmpty();
        assertThat(wait.left()).contains(Duration.ofMillis(1));
        pass(1);

        assertThat(wait.left()).contains(Duration.ZERO);
        assertThat(wait.overdue("no broker has answered"))
                .hasValueSatisfying(error -> assertThat(error)
                        .hasMessageStartingWith("Kafka at a:1: no broker has answered for 10 s")
                        .matches(e -> !e.isRetryable()));
    }

    @Test
    void withoutALimitItIsNeverOver() {
        BrokerWait wait = waiting(Optional.empty());
        wait.sessionBegins();
        pass(Duration.ofDays(300).toMillis());

        assertThat(wait.overdue("no broker has answered")).isEmpty();
        assertThat(wait.left()).isEmpty();
        assertThat(wait.note()).isEmpty();
        assertThat(wait.isWaiting()).isTrue();
    }

    @Test
    void anotherSessionGoesOnWaiting() {
        BrokerWait wait = waiting(Optional.of(Duration.ofSeconds(10)));
        wait.sessionBegins();
        pass(6_000);
        wait.sessionBegins();
        pass(4_000);

        assertThat(wait.overdue("no broker has answered")).isPresent();
    }

    @Test
    void anAcknowledgementBeginsAnew() {
        BrokerWait wait = waiting(Optional.of(Duration.ofSeconds(10)));
        wait.sessionBegins();
        pass(9_000);
        wait.sessionOpened();
        assertThat(wait.isWaiting()).isFalse();
        wait.acknowledged();
        pass(9_000);
        wait.silent();
        assertThat(wait.isWaiting()).isTrue();
        assertThat(wait.overdue("no broker has acknowledged anything")).isEmpty();
        pass(1_000);

        assertThat(wait.overdue("no broker has acknowledged anything")).isPresent();
    }

    @Test
    void anAnswerWhileASessionOpensBeginsAnewTooAndTheSessionIsStillWaitedFor() {
        BrokerWait wait = waiting(Optional.of(Duration.ofSeconds(10)));
        wait.sessionBegins();
        pass(9_000);
        wait.answered();
        pass(9_000);

        assertThat(wait.overdue("no broker has answered")).isEmpty();
        assertThat(wait.isWaiting()).isTrue();
    }

    @Test
    void nothingInFlightIsNoWaitingButForASessionThatOpens() {
        BrokerWait wait = waiting(Optional.of(Duration.ofSeconds(10)));
        wait.sessionBegins();
        pass(10_000);
        wait.idle();
        assertThat(wait.isWaiting()).isTrue();
        assertThat(wait.overdue("no broker has answered")).isPresent();

        wait.sessionOpened();
        wait.idle();
        assertThat(wait.isWaiting()).isFalse();
        assertThat(wait.overdue("no broker has answered")).isEmpty();
    }

    private BrokerWait waiting(Optional<Duration> limit) {
        return new BrokerWait("a:1", limit, nanos::get);
    }

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
