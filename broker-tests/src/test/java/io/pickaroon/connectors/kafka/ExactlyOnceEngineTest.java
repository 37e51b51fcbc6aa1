package io.pickaroon.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.processor.metrics.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The whole engine over a real broker and a real file: what a consumer sees, and what becomes of the file. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = KafkaThreads.LOCK, mode = ResourceAccessMode.READ)
class ExactlyOnceEngineTest {
    private static final int LINES = 400_000;

    @TempDir
    static Path brokerDirectory;

    private static TestBroker broker;

    @TempDir
    Path directory;

    private String name;
    private Path log;
    private Path checkpoint;
    private String original;
    private List<String> matches;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = TestBroker.in(brokerDirectory.resolve("broker"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void makeLog(TestInfo test) throws Exception {
        name = test.getTestMethod().orElseThrow().getName();
        log = directory.resolve("shop.log");
        checkpoint = directory.resolve("checkpoint");
        matches = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            boolean error = i % 3 == 0;
            String line = (error ? "ERROR" : "INFO ") + " request %07d of a shop that has many".formatted(i);
            text.append(line).append('\n');
            if (error) {
                matches.add(line);
            }
        }
        original = text.toString();
        Files.writeString(log, original, StandardCharsets.US_ASCII);
        broker.createTopic(name, 1, Map.of());
    }

    @Test
    void killsOfTheProcessAtRandomInstantsLoseAndDoubleNothing() throws Exception {
        killTheProcessAtRandomInstants(name);
    }

    private void killTheProcessAtRandomInstants(String topic) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int kills = 0;
        for (boolean ended = false; !ended; ) {
            Process process = child();
            assertThat(process.inputReader().readLine()).isEqualTo("ready");
            if (kills < 6) {
                kills += process.waitFor(300 + random.nextInt(900), TimeUnit.MILLISECONDS) ? 0 : 1;
                process.destroyForcibly();
            }
            process.waitFor();
            ended = process.exitValue() == 0;
            assertThat(process.exitValue()).as(error(process)).isIn(0, 137);
        }
        System.out.println(kills + " kills");
        assertThat(kills).isGreaterThan(2);
        assertEachMatchIsSeenOnceAndFixed(topic);
    }

    @Test
    void namedTopicsSurviveKillsOfTheProcess() throws Exception {
        broker.createTopic(name + "-shop.log", 1, Map.of());
        killTheProcessAtRandomInstants(name + "-shop.log");
    }

    @Test
    void killsOfTheBrokerThatTheClientRidesOutLoseAndDoubleNothing() throws Exception {
        killTheBrokerTwice(Map.of());
    }

    @Test
    void killsOfTheBrokerThatEndSessionsLoseAndDoubleNothing() throws Exception {
        killTheBrokerTwice(Map.of("delivery.timeout.ms", "2000", "request.timeout.ms", "1000"));
    }

    @Test
    void aTransactionThatTheBrokersAbortForItsLengthIsNotTakenForAnotherInstance() throws Exception {
        EngineRun run = run(Map.of("transaction.timeout.ms", "2000"));
        CompletableFuture<Ledger> ledger = CompletableFuture.supplyAsync(() -> toEnd(run));
        Awaitility.await().until(() -> !broker.read(name).isEmpty());
        broker.signal("STOP");
        Thread.sleep(5_000);
        broker.signal("CONT");
        ledger.get(120, TimeUnit.SECONDS);
        assertEachMatchIsSeenOnceAndFixed();
    }

    @Test
    void aRunThatIsStoppedGoesOnAtTheNextStart() throws Exception {
        assertThat(run(Map.of()).upTo(20_000).emittedMatches()).isBetween(20_000L, matches.size() - 1L);
        run(Map.of()).toEnd();
        assertEachMatchIsSeenOnceAndFixed();
    }

    @Test
    void withoutItsCheckpointTheNextRunEmitsNothingAgainAndFixesWhatWasDelivered() throws Exception {
        Ledger first = new EngineRun(log, checkpoint, broker.bootstrapServers(), name, false, Map.of()).upTo(20_000);
        assertThat(first.emittedMatches()).isBetween(20_000L, matches.size() - 1L);
        assertThat(log).hasContent(original);
        deleteCheckpoint();
        Ledger second = run(Map.of()).toEnd();
        assertThat(second.earlierMatches()).isEqualTo(first.emittedMatches());
        assertThat(second.emittedMatches()).isEqualTo(matches.size() - first.emittedMatches());
        assertEachMatchIsSeenOnceAndFixed();
    }

    @Test
    void withoutThePositionsTopicTheNextRunGoesOnFromItsCheckpoint() throws Exception {
        run(Map.of()).upTo(20_000);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteTopics(List.of(ExactlyOnce.DEFAULT_POSITIONS_TOPIC))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        run(Map.of()).toEnd();
        assertEachMatchIsSeenOnceAndFixed();
    }

    @Test
    void anotherInstanceBeginsAtItsOwnCheckpoint() throws Exception {
        EngineRun first = new EngineRun(log, checkpoint, broker.bootstrapServers(), name, false, Map.of());
        first.toEnd();
        String other = name + "-other";
        broker.createTopic(other, 1, Map.of());
        Path itsCheckpoint = directory.resolve("other-checkpoint");
        new EngineRun(log, itsCheckpoint, broker.bootstrapServers(), other, false, Map.of()).toEnd();

        assertThat(broker.values(name)).isEqualTo(matches);
        assertThat(broker.values(other)).isEqualTo(matches);
    }

    private void killTheBrokerTwice(Map<String, String> properties) throws Exception {
        EngineRun run = run(properties);
        CompletableFuture<Ledger> ledger = CompletableFuture.supplyAsync(() -> toEnd(run));
        Awaitility.await().until(() -> !broker.read(name).isEmpty());
        for (int kill = 0; kill < 2; kill++) {
            broker.process().kill();
            broker.process().restart();
        }
        // A commit whose answer got lost is found by the next session, which emits nothing of it again.
        Ledger ended = ledger.get(120, TimeUnit.SECONDS);
        assertThat(ended.emittedMatches() + ended.earlierMatches()).isEqualTo(matches.size());
        assertEachMatchIsSeenOnceAndFixed();
    }

    private EngineRun run(Map<String, String> properties) {
        return new EngineRun(log, checkpoint, broker.bootstrapServers(), name, true, properties);
    }

    private static Ledger toEnd(EngineRun run) {
        try {
            return run.toEnd();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Process child() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EngineRun.class.getName(),
                        log.toString(),
                        checkpoint.toString(),
                        broker.bootstrapServers(),
                        name)
                .redirectError(directory.resolve("error").toFile())
                .start();
    }

    private String error(Process process) throws IOException {
        return "exit code " + process.exitValue() + ": " + Files.readString(directory.resolve("error"));
    }

    private void deleteCheckpoint() throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith("checkpoint")) {
                    Files.delete(file);
                }
            }
        }
    }

    private void assertEachMatchIsSeenOnceAndFixed() throws IOException {
        assertEachMatchIsSeenOnceAndFixed(name);
    }

    private void assertEachMatchIsSeenOnceAndFixed(String topic) throws IOException {
        assertThat(broker.values(topic)).isEqualTo(matches);
        assertThat(Files.readString(log, StandardCharsets.US_ASCII)).isEqualTo(original.replace("ERROR", "FIXED"));
    }
}
