package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.directio.InUseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Where the next subscription with the same checkpoint goes on. */
@Timeout(120)
class LogFollowCheckpointTest extends FollowedRecords {
    private LogFollow kept;

    @BeforeEach
    void keep() {
        kept = follow().withCheckpoint(state.resolve("checkpoint"));
    }

    private Flux<MatchedRecord> records(LogFollow following) {
        return following.records(path("a.log"));
    }

    private List<String> next(int records) {
        return records(kept)
                .doOnNext(MatchedRecord::acknowledge)
                .map(MatchedRecord::text)
                .take(records)
                .collectList()
                .block(SOON);
    }

    /** In one window, and with another object as another process has one. */
    @Test
    void goesOnBehindTheLastRecordThatIsAcknowledged() throws IOException {
        write("a.log", lines(1, 1_000));
        assertThat(next(20)).isEqualTo(numbered(1, 20));
        assertThat(next(1)).isEqualTo(numbered(21, 21));
        keep();
        assertThat(next(500)).isEqualTo(numbered(22, 521));
        append("a.log", lines(1_001, 1_100));
        assertThat(next(579)).isEqualTo(numbered(522, 1_100));
        assertNothingIsLeft();
    }

    @Test
    void recordsThatAreNotAcknowledgedComeAgainWithTheSameIds() throws IOException {
        write("a.log", lines(1, 100));
        List<String> first =
                records(kept).map(MatchedRecord::id).take(100).collectList().block(SOON);
        List<String> again =
                records(kept).map(MatchedRecord::id).take(100).collectList().block(SOON);
        assertThat(again).isEqualTo(first).doesNotHaveDuplicates();
    }

    @Test
    void aRecordThatIsNotAcknowledgedHoldsBackThoseAfterIt() throws IOException {
        write("a.log", lines(1, 1_000));
        records(kept)
                .doOnNext(record -> {
                    if (!record.text().equals("line 301")) {
                        record.acknowledge();
                    }
                })
                .take(1_000)
                .blockLast(SOON);
        assertThat(next(1)).isEqualTo(numbered(301, 301));
    }

    @Test
    void mayBeAcknowledgedInAnyOrderAndMoreThanOnce() throws IOException {
        write("a.log", lines(1, 1_000));
        List<MatchedRecord> records = new ArrayList<>();
        records(kept)
                .take(1_000)
                .doOnNext(records::add)
                .filter(_ -> records.size() == 1_000)
                .doOnNext(_ -> records.reversed().forEach(MatchedRecord::acknowledge))
                .doOnNext(_ -> records.forEach(MatchedRecord::acknowledge))
                .blockLast(SOON);
        append("a.log", lines(1_001, 1_001));
        assertThat(next(1)).isEqualTo(numbered(1_001, 1_001));
    }

    /** What an operator has requested, and only holds, is not done. */
    @Test
    void aRequestIsNoAcknowledgement() throws IOException {
        write("a.log", lines(1, 1_000));
        List<String> done = records(kept)
                .publishOn(Schedulers.boundedElastic(), 256)
                .limitRate(100)
                .take(10)
                .doOnNext(MatchedRecord::acknowledge)
                .map(MatchedRecord::text)
                .collectList()
                .block(SOON);
        assertThat(done).isEqualTo(numbered(1, 10));
        assertThat(next(990)).isEqualTo(numbered(11, 1_000));
    }

    @Test
    void anAcknowledgementAfterTheEndIsNotTaken() throws IOException {
        write("a.log", lines(1, 10));
        List<MatchedRecord> late = records(kept).take(10).collectList().block(SOON);
        late.forEach(MatchedRecord::acknowledge);
        assertThat(next(10)).isEqualTo(numbered(1, 10));
    }

    @Test
    void whatIsAcknowledgedIsKeptWhileItGoesOn() throws IOException {
        write("a.log", lines(1, 300));
        ended(records(kept).subscribe(MatchedRecord::acknowledge));
        long size = Files.size(path("a.log"));
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(positions()).containsExactly(size));
    }

    /** As a process has them that is started after this one was killed. */
    private List<Long> positions() throws IOException {
        Files.copy(state.resolve("checkpoint"), state.resolve("copy"), StandardCopyOption.REPLACE_EXISTING);
        try (RunState copy = RunState.open(state.resolve("copy"))) {
            return copy.positions().values().stream()
                    .map(position -> position.offset())
                    .toList();
        }
    }

    @Test
    void readsNoFurtherWhileManyRecordsAreNotAcknowledged() throws IOException {
        int records = LogFollow.MOST_UNACKNOWLEDGED + 10_000;
        write("a.log", lines(1, records));
        List<MatchedRecord> taken = new ArrayList<>();
        StepVerifier.create(records(kept).doOnNext(taken::add).map(MatchedRecord::text))
                .expectNextSequence(numbered(1, LogFollow.MOST_UNACKNOWLEDGED))
                .expectNoEvent(Duration.ofSeconds(1))
                .then(() -> List.copyOf(taken).subList(0, 40 * 256).forEach(MatchedRecord::acknowledge))
                .expectNextSequence(numbered(LogFollow.MOST_UNACKNOWLEDGED + 1, records))
                .thenCancel()
                .verify(SOON);
        assertThat(next(1)).isEqualTo(numbered(10_241, 10_241));
    }

    @Test
    void goesOnInAFileThatWasRenamedMeanwhile() throws IOException {
        write("a.log", lines(1, 100));
        assertThat(next(50)).isEqualTo(numbered(1, 50));
        Files.move(path("a.log"), path("a.log.1"));
        write("a.log", lines(101, 110));
        assertThat(next(60)).isEqualTo(numbered(51, 110));
    }

    @Test
    void startsAtTheEndAtTheFirstSubscriptionOnly() throws IOException {
        write("a.log", lines(1, 3));
        LogFollow fromEnd = kept.fromEnd();
        StepVerifier.create(records(fromEnd).map(MatchedRecord::text))
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(1))
                .thenCancel()
                .verify(SOON);
        append("a.log", lines(4, 5));
        assertThat(records(fromEnd)
                        .map(MatchedRecord::text)
                        .take(2)
                        .collectList()
                        .block(SOON))
                .isEqualTo(numbered(4, 5));
    }

    @Test
    void servesOneSubscriptionAtATime() throws IOException {
        write("a.log", lines(1, 3));
        ended(records(kept).subscribe());
        Awaitility.await().atMost(SOON).until(() -> Files.exists(state.resolve("checkpoint")));
        StepVerifier.create(records(kept)).verifyError(InUseException.class);
        end();
        assertThat(next(3)).isEqualTo(numbered(1, 3));
    }

    /** The thread that cancels may not wait for the end, and the next subscription begins on it. */
    @Test
    void aSubscriptionWaitsForTheEndOfTheOneBeforeIt() throws IOException {
        write("a.log", lines(1, 100));
        List<String> taken = records(kept)
                .publishOn(Schedulers.parallel(), 1)
                .doOnNext(MatchedRecord::acknowledge)
                .map(MatchedRecord::text)
                .take(10)
                .repeat(9)
                .collectList()
                .block(SOON);
        assertThat(taken).isEqualTo(numbered(1, 100));
    }

    @Test
    void failsWithWhatIsWrongWithTheCheckpoint() throws IOException {
        write("a.log", lines(1, 3));
        Files.write(state.resolve("checkpoint"), new byte[8192]);
        StepVerifier.create(records(kept), 0)
                .verifyErrorSatisfies(e -> assertThat(e)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(state.resolve("checkpoint").toString()));
        assertNothingIsLeft();
    }
}
