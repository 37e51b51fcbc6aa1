package io.pickaroon.connect.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connect.settings.ConnectorProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.io.TempDir;

/** Tasks over real files, with a worker that keeps what they commit. */
abstract class TasksOverFiles {
    static final Duration LONGEST = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    final FakeWorker worker = new FakeWorker();

    Map<String, String> properties(String... lines) {
        List<String> all = new ArrayList<>(
                List.of("inputs.shop.include=" + directory + "/*.log", "split.bytes=64KiB", "lookInterval=100ms"));
        all.addAll(List.of(lines));
        return ConnectorProperties.with(all.toArray(String[]::new));
    }

    static Map<String, String> task(Map<String, String> properties, int index, int count) {
        Map<String, String> ofTask = new TreeMap<>(properties);
        ofTask.put("task.index", Integer.toString(index));
        ofTask.put("task.count", Integer.toString(count));
        return ofTask;
    }

    List<FakeWorker.Running> start(Map<String, String> properties, int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> worker.start(task(properties, index, count)))
                .toList();
    }

    /** Polls all in turn. */
    static void pollUntil(List<FakeWorker.Running> tasks, Callable<Boolean> isThere) throws Exception {
        long deadlineNanos = System.nanoTime() + LONGEST.toNanos();
        while (!isThere.call()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadlineNanos);
            for (FakeWorker.Running task : tasks) {
                task.poll();
            }
        }
    }

    static List<String> lines(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "%s %06d ERROR in shop %s".formatted(prefix, i, "x".repeat(i % 90)))
                .toList();
    }

    Path write(String name, List<String> lines) throws IOException {
        return Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n");
    }

    static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    Map<Object, List<String>> bySplit() {
        Map<Object, List<String>> bySplit = new TreeMap<>();
        for (SourceRecord record : worker.records()) {
            bySplit.computeIfAbsent(record.sourcePartition().get("split"), _ -> new ArrayList<>())
                    .add(new String((byte[]) record.value(), StandardCharsets.UTF_8));
        }
        return bySplit;
    }

    List<Object> headers(String name) {
        return worker.records().stream()
                .map(record -> record.headers().lastWithName(name).value())
                .toList();
    }

    boolean isArchiveOver() {
        return worker.offsets().values().stream().anyMatch(offset -> offset.containsKey("archiveEnd"));
    }
}
