package io.pickaroon.connectors.kafka.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.kafka.records.RefusedMatch;
import io.pickaroon.connectors.kafka.records.WindowRecords;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.processor.delivery.DeliveryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowTransferTest {
    private static final int MATCHES = 5;

    @TempDir
    Path directory;

    private final LongAdder acknowledged = new LongAdder();
    private final List<Callback> answers = new ArrayList<>();
    private final List<Optional<Exception>> outcomes = new ArrayList<>();
    private LogFixture log;
    private WindowRecords records;

    @BeforeEach
    void scan() throws Exception {
        KafkaSinkSettings settings = new KafkaSinkSettings(
                "localhost:9092",
                SessionsOfRecords.ROUTES,
                Map.of(),
                Map.of(),
                new Guarantee.AtLeastOnce(),
                new RefusedRecords.Stop());
        log = LogFixture.of(directory.resolve("shop.log"), LogFixture.errorLines(MATCHES));
        records = SessionsOfRecords.of(settings).of(log.windows(1 << 20).blockFirst());
    }

    @AfterEach
    void close() throws Exception {
        log.close();
    }

    @Test
    void isDoneOnceAndOnlyWhenTheLastRecordIsAcknowledged() {
        start(false);
        assertThat(answers).hasSize(MATCHES);
        for (int i = MATCHES - 1; i >= 0; i--) {
            assertThat(outcomes).isEmpty();
            answers.get(i).onCompletion(null, null);
        }
        assertThat(outcomes).containsExactly(Optional.empty());
        assertThat(acknowledged.sum()).isEqualTo(MATCHES);
    }

    @Test
    void isDoneWhenTheBrokersAnswerBeforeTheLastRecordIsSent() {
        WindowTransfer transfer = new WindowTransfer(records, false, acknowledged);
        transfer.start((_, answer) -> answer.onCompletion(null, null), this::keep);
        assertThat(outcomes).containsExactly(Optional.empty());
    }

    @Test
    void failsOnceWithTheFirstErrorAndSendsNoMore() {
        Exception first = new TimeoutException("first");
        WindowTransfer transfer = new WindowTransfer(records, true, acknowledged);
        transfer.start(
                (_, answer) -> {
                    answers.add(answer);
                    if (answers.size() == 2) {
                        answer.onCompletion(null, first);
                    }
                },
                this::keep);
        answers.getFirst().onCompletion(null, new TimeoutException("second"));
        assertThat(answers).hasSize(2);
        assertThat(outcomes).containsExactly(Optional.of(first));
    }

    @Test
    void failsWhenTheProducerThrows() {
        RuntimeException closed = new KafkaException("closed");
        WindowTransfer transfer = new WindowTransfer(records, true, acknowledged);
        transfer.start(
                (_, _) -> {
                    throw closed;
                },
                this::keep);
        assertThat(outcomes).containsExactly(Optional.of(closed));
    }

    @Test
    void collectsRefusedRecordsInFileOrderAndIsDoneAllTheSame() {
        WindowTransfer transfer = start(true);
        for (int i = MATCHES - 1; i >= 0; i--) {
            boolean refused = i == 1 || i == 3;
            answers.get(i).onCompletion(null, refused ? new RecordTooLargeException("too large") : null);
        }
        assertThat(outcomes).containsExactly(Optional.empty());
        assertThat(transfer.refused()).extracting(RefusedMatch::match).containsExactly(1, 3);
        assertThat(transfer.refused())
                .allSatisfy(refused -> assertThat(refused.text()).contains("1000000"));
    }

    @Test
    void failsFatallyAtARefusedRecordWhenNoneAreCollected() {
        start(false);
        answers.get(2).onCompletion(null, new RecordTooLargeException("too large"));
        assertThat(outcomes)
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.orElseThrow())
                        .isInstanceOfSatisfying(
                                DeliveryException.class,
                                e -> assertThat(e.isRetryable()).isFalse())
                        .hasMessageContainingAll("shop.log", "errors", "onRefusedRecord"));
    }

    private WindowTransfer start(boolean collectsRefused) {
        WindowTransfer transfer = new WindowTransfer(records, collectsRefused, acknowledged);
        transfer.start((_, answer) -> answers.add(answer), this::keep);
        return transfer;
    }

    private void keep(Exception failure) {
        outcomes.add(Optional.ofNullable(failure));
    }
}
