package io.pickaroon.connect.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pickaroon.connect.settings.ConnectorProperties;
import io.pickaroon.connectors.broker.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers deliver files, and are killed while they do. What a consumer sees of committed records is compared with a naive scan of
 * the files, split by split.
 */
@Tag("worker")
@Timeout(180)
class DeliveryTest {
    private static final int SPLIT_BYTES = 256 << 10;
    private static final int LINES = 10_000;
    /** Lines that are written at a time. */
    private static final int CHUNK = 200;

    private static final int TASKS = 2;
    private static final String TOPIC = "shop-errors";
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(50);

    @RegisterExtension
    static final ConnectCluster CLUSTER = new ConnectCluster();

    @TempDir
    Path logs;

    /** Lines of about 100 bytes, of which two of three match. */
    private static List<String> lines(String name, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(
                        n -> "%s line %d %s %s".formatted(name, n, n % 3 == 0 ? "INFO" : "ERROR", "x".repeat(n % 150)))
                .toList();
    }

    private static void append(Path file, List<String> lines, String end) throws IOException {
        Files.writeString(file, String.join("\n", lines) + end, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The matching lines of a file by the split in which they start. */
    private static Map<String, List<String>> scan(Path file) throws IOException {
        Map<String, List<String>> ofSplits = new TreeMap<>();
        Object inode = Files.getAttribute(file, "unix:ino");
        long offset = 0;
        for (String line : Files.readAllLines(file)) {
            if (line.contains("ERROR")) {
                ofSplits.computeIfAbsent("nfs-1:%s.0/%d".formatted(inode, offset / SPLIT_BYTES), _ -> new ArrayList<>())
                        .add(line);
            }
            offset += line.length() + 1;
        }
        return ofSplits;
    }

    private static int count(Map<String, List<String>> ofSplits) {
        return ofSplits.values().stream().mapToInt(List::size).sum();
    }

    /** What has been committed, by the records' keys, which name their splits, in the order of their partition. */
    private static Map<String, List<String>> delivered(String topic) {
        Map<String, List<String>> ofSplits = new TreeMap<>();
        new TopicReader(CLUSTER.broker().bootstrapServers(), Map.of())
                .readAll(
                        List.of(topic),
                        LIMIT,
                        record -> ofSplits.computeIfAbsent(
                                        new String(record.key(), StandardCharsets.UTF_8), _ -> new ArrayList<>())
                                .add(new String(record.value(), StandardCharsets.UTF_8)));
        return ofSplits;
    }

    private static void awaitDelivered(String topic, int records) {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        for (int count = count(delivered(topic)); count < records; count = count(delivered(topic))) {
            assertThat(System.nanoTime()).as("%d of %d records", count, records).isLessThan(deadlineNanos);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @AfterEach
    void stopWorkers() throws InterruptedException {
        CLUSTER.workers().stopAll();
    }

    /** Nothing is sent any more when it returns. */
    private static void stop() throws Exception {
        assertThat(CLUSTER.rest().stop("shop").status()).isEqualTo(204);
        CLUSTER.rest().awaitStopped("shop");
    }

    @Test
    void everyRecordIsDeliveredOnceAlthoughAWorkerIsKilled() throws Exception {
        Path growing = logs.resolve("growing.log");
        Path complete = logs.resolve("complete.log");
        append(growing, lines("growing", 0, CHUNK), "\n");
        append(complete, lines("complete", 0, LINES), "");
        List<ConnectWorker> workers = CLUSTER.workers().start(2);
        CLUSTER.createTopic(TOPIC, 4);

        assertThat(CLUSTER.rest()
                        .put(
                                "shop",
                                ConnectorProperties.with(
                                        "tasks.max=" + TASKS,
                                        "split.bytes=" + SPLIT_BYTES + "B",
                                        "topics.exist=true",
                                        "lookInterval=200ms",
                                        "inputs=shop,old",
                                        "inputs.shop.include=" + growing,
                                        "inputs.old.include=" + complete,
                                        "inputs.old.mode=complete"))
                        .status())
                .isEqualTo(201);
        JsonNode status = CLUSTER.rest().awaitRunning("shop", TASKS);
        assertThat(status.path("tasks").findValuesAsText("worker_id"))
                .containsExactlyInAnyOrder(workers.get(0).id(), workers.get(1).id());
        awaitDelivered(TOPIC, 1);
        for (int line = CHUNK; line < LINES; line += CHUNK) {
            append(growing, lines("growing", line, line + CHUNK), "\n");
            if (line == LINES / 2) {
                workers.get(0).kill();
            }
            // So that reading keeps up with writing.
            LockSupport.parkNanos(PAUSE.toNanos());
        }

        Map<String, List<String>> expected = scan(growing);
        expected.putAll(scan(complete));
        assertThat(expected).hasSize(8);
        awaitDelivered(TOPIC, count(expected));
        stop();
        assertThat(delivered(TOPIC)).isEqualTo(expected);
        assertThat(CLUSTER.rest().offsets("shop")).containsOnlyKeys(expected.keySet());

        String again = expected.keySet().iterator().next();
        assertThat(CLUSTER.rest()
                        .patchOffsets("shop", Collections.singletonMap(again, null))
                        .status())
                .isEqualTo(200);
        assertThat(CLUSTER.rest().resume("shop").status()).isEqualTo(202);
        awaitDelivered(TOPIC, count(expected) + expected.get(again).size());
        stop();
        expected.computeIfPresent(again, (_, lines) -> {
            List<String> twice = new ArrayList<>(lines);
            twice.addAll(lines);
            return twice;
        });
        assertThat(delivered(TOPIC)).isEqualTo(expected);
    }

    /** No worker that runs then has seen it under the name that the input has. */
    @Test
    void aFileThatIsRenamedBeforeItsFirstRecordIsCompleteIsReadAfterAKill() throws Exception {
        String topic = "late-errors";
        Path file = logs.resolve("late.log");
        Files.writeString(file, "ERROR 1");
        ConnectWorker worker = CLUSTER.workers().start(1).getFirst();
        CLUSTER.createTopic(topic, 1);
        assertThat(CLUSTER.rest()
                        .put(
                                "late",
                                ConnectorProperties.with(
                                        "name=late",
                                        "tasks.max=1",
                                        "topics.exist=true",
                                        "lookInterval=200ms",
                                        "inputs.shop.include=" + logs + "/*.log",
                                        "rules.errors.emit.topic=" + topic))
                        .status())
                .isEqualTo(201);
        String split = "nfs-1:%s.0/0".formatted(Files.getAttribute(file, "unix:ino"));
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        while (!CLUSTER.rest().offsets("late").containsKey(split)) {
            assertThat(System.nanoTime()).as("%s is known", split).isLessThan(deadlineNanos);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        worker.kill();
        Path renamed = Files.move(file, logs.resolve("late.log.1"));
        append(renamed, List.of(" and its end"), "\n");

        CLUSTER.workers().start(1);
        awaitDelivered(topic, 1);
        assertThat(CLUSTER.rest().delete("late").status()).isEqualTo(204);
        assertThat(delivered(topic)).containsExactly(Map.entry(split, List.of("ERROR 1 and its end")));
    }
}
