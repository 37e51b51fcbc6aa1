package io.pickaroon.connectors.kafka;

import static io.pickaroon.connectors.LogFixture.errorLines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.pickaroon.connectors.CapturedLog;
import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.broker.DevBrokerProcess;
import io.pickaroon.connectors.broker.TopicReader;
import io.pickaroon.connectors.broker.Topics;
import io.pickaroon.connectors.kafka.records.RouteForms;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.records.emit.ValueFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@Timeout(180)
@ResourceLock(KafkaThreads.LOCK)
class KafkaOutageTest {
    private static final String TOPIC = "errors";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LOGGERS = "io.pickaroon.connectors.kafka";

    @TempDir
    Path directory;

    private DevBrokerProcess broker;

    @BeforeEach
    void startBroker() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path lib = Path.of(System.getProperty("pickaroon.broker.lib"));
        broker = DevBrokerProcess.start(java, lib, 0, directory.resolve("broker"));
        new Topics(broker.bootstrapServers(), Map.of()).createMissing(List.of(TOPIC), 1, Map.of(), PATIENCE);
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void waitsForABrokerThatIsAbsentAtTheStartAndSaysSoOnce() throws Exception {
        broker.stop();
        List<String> lines = errorLines(5_000);
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = new KafkaSink(settings(Map.of()));
                CapturedLog said = new CapturedLog(LOGGERS)) {
            AtomicInteger taken = new AtomicInteger();
            Flux<ScannedWindow> windows = log.windows(16 * 1024).doOnNext(_ -> taken.incrementAndGet());
            CompletableFuture<List<Acknowledgement>> delivery =
                    sink.deliver(windows).collectList().toFuture();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> !said.messages(Level.WARN).isEmpty());
            Thread.sleep(8_000);
            assertThat(said.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains(broker.bootstrapServers(), "no broker answers");
            assertThat(taken).hasValue(0);

            broker.restart();
            delivery.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(said.messages(Level.INFO)).singleElement().asString().contains("answers again");
            assertThat(values()).containsExactlyElementsOf(lines);
        }
    }

    @Test
    void stopsAtOnceWhenCancelledWhileTheBrokerIsAbsent() throws Exception {
        broker.stop();
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10));
                KafkaSink sink = new KafkaSink(settings(Map.of()));
                CapturedLog said = new CapturedLog("")) {
            Disposable delivery = sink.deliver(log.windows(1 << 20)).subscribe();
            Thread.sleep(2_000);
            delivery.dispose();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                            .extracting(Thread::getName)
                            .noneMatch(name -> name.contains("kafka")));
            assertThat(said.messages(Level.ERROR)).isEmpty();
        }
    }

    @Test
    void losesNothingAndKeepsTheOrderWhenTheBrokerIsKilledAndComesBack() throws Exception {
        List<String> lines = errorLines(300_000);
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = new KafkaSink(settings(Map.of()));
                CapturedLog said = new CapturedLog(LOGGERS)) {
            AtomicInteger acknowledged = new AtomicInteger();
            CompletableFuture<Void> killed = new CompletableFuture<>();
            Flux<ScannedWindow> windows = log.windows(16 * 1024);
            Flux<ScannedWindow> afterTheKill = Mono.fromFuture(killed).thenMany(windows.skip(100));
            CompletableFuture<Acknowledgement> delivery = sink.deliver(
                            windows.take(100).concatWith(afterTheKill))
                    .doOnNext(_ -> acknowledged.incrementAndGet())
                    .last()
                    .toFuture();
            Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> acknowledged.get() > 50);
            broker.kill();
            killed.complete(null);
            int beforeTheKill = acknowledged.get();
            Thread.sleep(8_000);
            assertThat(acknowledged.get()).isLessThan(beforeTheKill + 64);
            assertThat(said.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains(broker.bootstrapServers(), "no acknowledgement");

            broker.restart();
            delivery.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(values()).containsExactlyElementsOf(lines);
            assertThat(said.messages(Level.INFO)).singleElement().asString().contains("answers again");
        }
    }

    @Test
    void saysThatTheBrokerAnswersAgainThoughNothingIsLeftToDeliverThen() throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(1));
                KafkaSink sink = new KafkaSink(settings(Map.of()));
                CapturedLog said = new CapturedLog(LOGGERS)) {
            Flux<ScannedWindow> afterTheKill = log.windows(16 * 1024).doOnNext(_ -> broker.kill());
            CompletableFuture<Acknowledgement> delivery =
                    sink.deliver(afterTheKill).last().toFuture();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> !said.messages(Level.WARN).isEmpty());
            broker.restart();
            delivery.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(said.messages(Level.INFO)).singleElement().asString().contains("answers again");
        }
    }

    @Test
    void anOutageLongerThanTheDeliveryTimeoutEndsTheSessionAsRetryableAndTheNextOneDeliversTheRest() throws Exception {
        List<String> lines = errorLines(20_000);
        Map<String, String> impatient = Map.of("delivery.timeout.ms", "3000", "request.timeout.ms", "1500");
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = new KafkaSink(settings(impatient));
                CapturedLog everything = new CapturedLog("")) {
            List<ScannedWindow> windows = log.windows(16 * 1024).collectList().block();
            List<ScannedWindow> delivered = new ArrayList<>();
            Flux<ScannedWindow> killsMidway = Flux.fromIterable(windows).doOnNext(window -> {
                if (window == windows.get(windows.size() / 2)) {
                    broker.kill();
                }
            });
            StepVerifier.create(sink.deliver(killsMidway).doOnNext(ack -> delivered.add(ack.window())))
                    .thenConsumeWhile(_ -> true)
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    DeliveryException.class,
                                    e -> assertThat(e.isRetryable()).isTrue())
                            .hasMessageContainingAll(broker.bootstrapServers(), "not acknowledged"))
                    .verify(PATIENCE);
            assertThat(delivered).hasSizeLessThan(windows.size());

            broker.restart();
            List<ScannedWindow> rest = windows.stream()
                    .filter(window -> !delivered.contains(window))
                    .toList();
            sink.deliver(Flux.fromIterable(rest)).blockLast(PATIENCE);
            assertThat(new LinkedHashSet<>(values())).containsExactlyInAnyOrderElementsOf(lines);
            assertThat(everything.messages(Level.ERROR)).isEmpty();
        }
    }

    @Test
    void givesUpWhenABrokerThatDiedStaysAwayForLongerThanItMay() throws Exception {
        Duration longest = Duration.ofSeconds(7);
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(300_000));
                KafkaSink sink = new KafkaSink(settings(Map.of()).withLongestWait(Optional.of(longest)))) {
            assertThat(sink.awaited()).contains("Kafka at " + broker.bootstrapServers());
            AtomicInteger acknowledged = new AtomicInteger();
            CompletableFuture<Acknowledgement> delivery = sink.deliver(
                            log.windows(16 * 1024).repeat())
                    .doOnNext(_ -> acknowledged.incrementAndGet())
                    .last()
                    .toFuture();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> acknowledged.get() > 50);
            assertThat(sink.awaited()).isEmpty();
            long killedNanos = System.nanoTime();
            broker.kill();
            Awaitility.await().atMost(PATIENCE).until(() -> sink.awaited().isPresent());
            assertThat(sink.awaited()).contains("Kafka at " + broker.bootstrapServers());

            assertThatThrownBy(() -> delivery.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            DeliveryException.class,
                            e -> assertThat(e.isRetryable()).isFalse())
                    .hasMessageContainingAll(broker.bootstrapServers(), "--wait", "--dev")
                    .satisfies(e -> assertThat(silenceIn(e.getMessage()))
                            .as("what is said is what it was: %s", e.getMessage())
                            .isGreaterThanOrEqualTo(longest)
                            .isLessThanOrEqualTo(Duration.ofNanos(System.nanoTime() - killedNanos)
                                    .plusSeconds(1)));
            assertThat(Duration.ofNanos(System.nanoTime() - killedNanos)).isGreaterThan(longest.minusSeconds(1));
            KafkaThreads.awaitNone();
        }
    }

    private static Duration silenceIn(String message) {
        Matcher silence = Pattern.compile("no broker has acknowledged anything for (\\d+) s,")
                .matcher(message);
        assertThat(silence.find()).as(message).isTrue();
        return Duration.ofSeconds(Long.parseLong(silence.group(1)));
    }

    @Test
    void whatWasWaitedInASessionThatFailedCountsInTheNext() throws Exception {
        Map<String, String> impatient = Map.of("delivery.timeout.ms", "3000", "request.timeout.ms", "1500");
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(20_000));
                KafkaSink sink =
                        new KafkaSink(settings(impatient).withLongestWait(Optional.of(Duration.ofSeconds(8))))) {
            Flux<ScannedWindow> windows = log.windows(16 * 1024);
            AtomicInteger acknowledged = new AtomicInteger();
            CompletableFuture<Acknowledgement> delivery = sink.deliver(windows.repeat())
                    .doOnNext(_ -> acknowledged.incrementAndGet())
                    .last()
                    .toFuture();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> acknowledged.get() > 50);
            long killedNanos = System.nanoTime();
            broker.kill();
            assertThatThrownBy(() -> delivery.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            DeliveryException.class,
                            e -> assertThat(e.isRetryable()).isTrue());

            StepVerifier.create(sink.deliver(windows))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    DeliveryException.class,
                                    e -> assertThat(e.isRetryable()).isFalse())
                            .hasMessageContaining("no broker has answered for "))
                    .verify(PATIENCE);
            assertThat(Duration.ofNanos(System.nanoTime() - killedNanos)).isGreaterThan(Duration.ofSeconds(7));
        }
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        new TopicReader(broker.bootstrapServers(), Map.of())
                .readAll(
                        List.of(TOPIC),
                        PATIENCE,
                        record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
        return values;
    }

    private KafkaSinkSettings settings(Map<String, String> properties) {
        return new KafkaSinkSettings(
                broker.bootstrapServers(),
                Map.of("errors", RouteForms.toTopic("errors", TOPIC, ValueFormat.RAW)),
                properties,
                Map.of(),
                new Guarantee.AtLeastOnce(),
                new RefusedRecords.Stop());
    }
}
