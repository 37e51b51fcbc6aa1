package io.pickaroon.connectors.kafka.positions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.connectors.kafka.claim.Claim;
import io.pickaroon.processor.delivery.DeliveringRun;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a claim is renewed, and that the checkpoint has it before the topic. */
class ClaimRenewalTest {
    private Instance inCheckpoint =
            Instance.fresh("web", Standing.HELD, new Random(1)).started(0, new Random(2));
    private boolean isFull;
    private long nanos = Long.MAX_VALUE - Duration.ofMillis(1_500).toNanos();

    /** A run that has a checkpoint, and nothing else that is asked for. */
    private final DeliveringRun run = (DeliveringRun) Proxy.newProxyInstance(
            DeliveringRun.class.getClassLoader(), new Class<?>[] {DeliveringRun.class}, (_, method, arguments) -> {
                if (method.getName().equals("keep")) {
                    if (isFull) {
                        throw new IOException("no space");
                    }
                    inCheckpoint = (Instance) arguments[0];
                    return null;
                }
                assertThat(method.getName()).isEqualTo("instance");
                return inCheckpoint;
            });

    private final Claim claim = claim(false);
    private final ClaimRenewal renewal = new ClaimRenewal(run, claim, () -> nanos);

    private Claim claim(boolean passing) {
        return new Claim(
                inCheckpoint.checkpointId(),
                "web",
                "/state/checkpoint",
                Claim.Start.of(inCheckpoint.start(), Instant.EPOCH),
                Set.of("rule"),
                passing);
    }

    @Test
    void theFirstTransactionOfASessionRenewsItThenOneInASecond() throws Exception {
        assertThat(renewal.isDue()).isTrue();
        assertThat(renewal.renew().start().renewals()).isEqualTo(1);
        nanos += Duration.ofMillis(999).toNanos();
        assertThat(renewal.isDue()).isFalse();
        // The clock wraps around on the way.
        nanos += Duration.ofMillis(1).toNanos();
        assertThat(renewal.isDue()).isTrue();
        assertThat(renewal.renew().start().renewals()).isEqualTo(2);
        assertThat(renewal.isDue()).isFalse();
    }

    @Test
    void theCheckpointHasWhatTheTopicIsTold() throws Exception {
        Instance before = inCheckpoint;
        Claim renewed = renewal.renew();
        assertThat(renewed.isOfCopyOf(inCheckpoint)).isFalse();
        assertThat(renewed.isOfCopyOf(before)).isTrue();
    }

    @Test
    void nothingIsRenewedThatTheCheckpointDoesNotTake() {
        isFull = true;
        assertThatThrownBy(renewal::renew)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("the checkpoint cannot be written: no space");
        assertThat(renewal.isDue()).isTrue();
    }

    @Test
    void aRunWithoutACheckpointRenewsNothing() {
        assertThat(new ClaimRenewal(run, claim(true), () -> nanos).isDue()).isFalse();
    }
}
