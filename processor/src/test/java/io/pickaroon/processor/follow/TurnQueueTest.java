package io.pickaroon.processor.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.RunOfNothing;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whether a file waits for a turn is known to the queue alone. */
class TurnQueueTest {
    private static final int OFFERS = 20_000;

    private final TurnQueue queue = new TurnQueue();
    private final List<FollowedFile> turns = new ArrayList<>();
    private final FollowedFile one = RunOfNothing.liveFile(Path.of("/one.log"));
    private final FollowedFile other = RunOfNothing.liveFile(Path.of("/other.log"));

    @Test
    void noOtherClassWritesToAFieldOfAFile() {
        assertThat(Arrays.stream(FollowedFile.class.getDeclaredFields()))
                .allMatch(field -> Modifier.isPrivate(field.getModifiers()));
    }

    @Test
    void aFileStandsInTheQueueOnce() {
        queue.turns().subscribe(turns::add);
        queue.offer(one, 1);
        queue.offer(other, 2);
        queue.begun(one);
        queue.offer(one, 3);
        queue.offer(other, 4);
        queue.begun(other);
        assertThat(turns).containsExactly(one, other);
        assertThat(queue.longerThan(1, 9)).containsExactly(one);
        assertThat(queue.ended(one)).isTrue();
        assertThat(queue.ended(other)).isFalse();
        assertThat(queue.files()).isEmpty();
    }

    @Test
    void noOfferIsForgottenWhileTurnsEnd() {
        AtomicInteger offered = new AtomicInteger();
        queue.turns().subscribe();
        CompletableFuture<Void> offering = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < OFFERS; i++) {
                offered.incrementAndGet();
                queue.offer(one, i);
            }
        });
        int seen = 0;
        boolean isDone = false;
        while (!isDone || queue.has(one)) {
            isDone = offering.isDone();
            if (queue.has(one)) {
                queue.begun(one);
                seen = offered.get();
                if (queue.ended(one)) {
                    queue.offer(one, 0);
                }
            }
        }
        assertThat(queue.has(one)).isFalse();
        assertThat(seen).isEqualTo(OFFERS);
    }
}
