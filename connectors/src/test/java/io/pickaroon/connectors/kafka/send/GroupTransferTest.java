package io.pickaroon.connectors.kafka.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.kafka.records.SessionRecords;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.scan.ScannedWindow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupTransferTest {
    private static final ProducerRecord<byte[], byte[]> POSITION = new ProducerRecord<>("positions", new byte[1]);
    private static final int MATCHES = 20;

    @TempDir
    Path directory;

    private final Refusals refusals = new Refusals();
    private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
    private final List<Optional<Exception>> outcomes = new ArrayList<>();
    private LogFixture log;
    private List<ScannedWindow> windows;
    private SessionRecords session;

    @BeforeEach
    void scan() throws Exception {
        KafkaSinkSettings settings = new KafkaSinkSettings(
                "localhost:9092",
                SessionsOfRecords.ROUTES,
                Map.of(),
                Map.of(),
                new Guarantee.ExactlyOnce(Orders.named(Optional.of("i"))),
                new RefusedRecords.Stop());
        session = SessionsOfRecords.of(settings);
        log = LogFixture.of(directory.resolve("shop.log"), LogFixture.errorLines(MATCHES));
        windows = log.windows(256).collectList().block();
    }

    @AfterEach
    void close() throws Exception {
        log.close();
    }

    @Test
    void sendsTheMatchesInOrderThenThePositionsAndAnswersWhenAllIsFlushed() {
        attempt(new RefusedRecords.Stop(), (_, _) -> null);
        assertThat(sent).hasSize(MATCHES + 1).endsWith(POSITION);
        assertThat(sent.subList(0, MATCHES))
                .extracting(GroupTransferTest::text)
                .isEqualTo(LogFixture.errorLines(MATCHES));
        assertThat(outcomes).containsExactly(Optional.empty());
    }

    @Test
    void anOutageIsTheOutcomeAndNothingIsLearnt() {
        TimeoutException timeout = new TimeoutException("expired");
        attempt(new RefusedRecords.ToTopic("dead"), (index, _) -> index >= 5 ? timeout : null);
        assertThat(outcomes).containsExactly(Optional.of(timeout));
        assertThat(refusals.hasLearnt()).isFalse();
    }

    @Test
    void ofManyRecordsThatEndWithOneExceptionOnlyTheFirstIsDivertedByTheNextAttempt() {
        RecordTooLargeException tooLarge = new RecordTooLargeException("too large");
        attempt(new RefusedRecords.ToTopic("dead"), (index, _) -> index >= 5 ? tooLarge : null);
        assertThat(outcomes).containsExactly(Optional.of(tooLarge));
        assertThat(refusals.hasLearnt()).isTrue();

        sent.clear();
        outcomes.clear();
        refusals.beginAttempt();
        attempt(new RefusedRecords.ToTopic("dead"), (_, _) -> null);
        assertThat(outcomes).containsExactly(Optional.empty());
        assertThat(refusals.hasLearnt()).isFalse();
        assertThat(sent)
                .extracting(ProducerRecord::topic)
                .filteredOn("dead"::equals)
                .hasSize(1);
        assertThat(sent)
                .extracting(ProducerRecord::topic)
                .filteredOn("errors"::equals)
                .hasSize(MATCHES - 1);
        assertThat(sent)
                .filteredOn(record -> record.topic().equals("dead"))
                .extracting(GroupTransferTest::text)
                .containsExactly(LogFixture.errorLines(MATCHES).get(5));
    }

    @Test
    void theSameExceptionObjectTellsOfAnotherRecordInAnotherAttempt() {
        RecordTooLargeException always = new RecordTooLargeException("too large");
        for (int bad : new int[] {3, 7}) {
            refusals.beginAttempt();
            attempt(
                    new RefusedRecords.ToTopic("dead"),
                    (_, record) -> text(record).endsWith("%07d failed".formatted(bad))
                                    && record.topic().equals("errors")
                            ? always
                            : null);
            assertThat(refusals.hasLearnt()).isTrue();
        }
        sent.clear();
        refusals.beginAttempt();
        attempt(new RefusedRecords.ToTopic("dead"), (_, _) -> null);
        assertThat(sent)
                .extracting(ProducerRecord::topic)
                .filteredOn("dead"::equals)
                .hasSize(2);
    }

    @Test
    void aTopicThatIsRefusedIsDivertedAsAWhole() {
        TopicAuthorizationException denied = new TopicAuthorizationException(Set.of("errors"));
        attempt(
                new RefusedRecords.ToTopic("dead"),
                (_, record) -> record.topic().equals("errors") ? denied : null);
        sent.clear();
        refusals.beginAttempt();
        attempt(new RefusedRecords.ToTopic("dead"), (_, _) -> null);
        assertThat(sent).extracting(ProducerRecord::topic).doesNotContain("errors");
        assertThat(sent).hasSize(MATCHES + 1);
    }

    @Test
    void whenNoneAreCollectedTheFirstRefusedRecordIsTheOutcome() {
        RecordTooLargeException tooLarge = new RecordTooLargeException("too large");
        attempt(new RefusedRecords.Stop(), (index, _) -> index >= 5 ? tooLarge : null);
        long offset = 5L * (LogFixture.errorLines(1).getFirst().length() + 1);
        assertThat(outcomes)
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.orElseThrow())
                        .isInstanceOfSatisfying(
                                DeliveryException.class,
                                e -> assertThat(e.isRetryable()).isFalse())
                        .hasMessageContaining("at offset " + offset));
        assertThat(refusals.hasLearnt()).isFalse();
    }

    /** Sends everything; answers come when it is flushed, as from a producer that gathers batches. */
    private void attempt(
            RefusedRecords destination, BiFunction<Integer, ProducerRecord<byte[], byte[]>, Exception> answerOf) {
        DeadLetterBox deadLetters = new DeadLetterBox(destination, Optional.empty(), 1_000_000);
        List<WindowTransfer> transfers = windows.stream()
                .map(window -> new WindowTransfer(
                        session.of(window), deadLetters.collects(), Optional.of(refusals), new LongAdder()))
                .toList();
        List<Runnable> answers = new ArrayList<>();
        new GroupTransfer(transfers, () -> List.of(POSITION), deadLetters)
                .start(
                        new Transfer.Transport() {
                            @Override
                            public void send(ProducerRecord<byte[], byte[]> record, Callback answer) {
                                int index = sent.size();
                                sent.add(record);
                                answers.add(() -> answer.onCompletion(null, answerOf.apply(index, record)));
                            }

                            @Override
                            public void flush() {
                                answers.forEach(Runnable::run);
                            }
                        },
                        failure -> outcomes.add(Optional.ofNullable(failure)));
    }

    private static String text(ProducerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }
}
