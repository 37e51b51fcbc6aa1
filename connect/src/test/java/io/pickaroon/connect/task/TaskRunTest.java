package io.pickaroon.connect.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.connect.settings.ConnectorProperties;
import java.io.IOException;
import java.io.OutputStream;
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
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks over real files, with a worker that keeps what they commit. */
class TaskRunTest {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final FakeWorker worker = new FakeWorker();

    private Map<String, String> properties(String... lines) {
        List<String> all = new ArrayList<>(
                List.of("inputs.shop.include=" + directory + "/*.log", "split.bytes=64KiB", "lookInterval=100ms"));
        all.addAll(List.of(lines));
        return ConnectorProperties.with(all.toArray(String[]::new));
    }

    private static Map<String, String> task(Map<String, String> properties, int index, int count) {
        Map<String, String> ofTask = new TreeMap<>(properties);
        ofTask.put("task.index", Integer.toString(index));
        ofTask.put("task.count", Integer.toString(count));
        return ofTask;
    }

    private List<FakeWorker.Running> start(Map<String, String> properties, int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> worker.start(task(properties, index, count)))
                .toList();
    }

    /** Polls all in turn. */
    private static void pollUntil(List<FakeWorker.Running> tasks, Callable<Boolean> isThere) throws Exception {
        long deadlineNanos = System.nanoTime() + LONGEST.toNanos();
        while (!isThere.call()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadlineNanos);
            for (FakeWorker.Running task : tasks) {
                task.poll();
            }
        }
    }

    private static List<String> lines(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "%s %06d ERROR in shop %s".formatted(prefix, i, "x".repeat(i % 90)))
                .toList();
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n");
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private Map<Object, List<String>> bySplit() {
        Map<Object, List<String>> bySplit = new TreeMap<>();
        for (SourceRecord record : worker.records()) {
            bySplit.computeIfAbsent(record.sourcePartition().get("split"), _ -> new ArrayList<>())
                    .add(new String((byte[]) record.value(), StandardCharsets.UTF_8));
        }
        return bySplit;
    }

    @Test
    void everyRecordOfManySplitsIsSentOnceByTheTaskThatOwnsIt() throws Exception {
        List<String> first = lines("a", 5000);
        List<String> second = lines("b", 3000);
        write("a.log", first);
        write("b.log", second);
        List<FakeWorker.Running> tasks = start(properties(), 3);
        pollUntil(tasks, () -> worker.records().size() >= 8000);
        tasks.forEach(FakeWorker.Running::close);
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        assertThat(worker.values()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(bySplit()).hasSizeGreaterThan(7);
        bySplit().values().forEach(split -> assertThat(split).isSorted());
    }

    @Test
    void whatWasNotCommittedIsSentByTheNextTask() throws Exception {
        List<String> lines = lines("a", 4000);
        write("a.log", lines);
        for (int sent = 1; sent < 3000; sent += 700) {
            FakeWorker.Running killed = worker.start(task(properties(), 0, 1));
            killed.pollAndDie(sent);
        }
        List<FakeWorker.Running> next = start(properties(), 2);
        pollUntil(next, () -> worker.records().size() >= lines.size());
        next.forEach(FakeWorker.Running::close);
        assertThat(worker.values()).containsExactlyInAnyOrderElementsOf(lines);
    }

    @Test
    void aGrowingFileIsReadOverTheEndsOfItsSplits() throws Exception {
        Path file = write("a.log", lines("a", 10));
        List<FakeWorker.Running> tasks = start(properties(), 2);
        List<String> all = new ArrayList<>(lines("a", 10));
        for (int round = 0; round < 8; round++) {
            List<String> more = lines("round" + round, 300);
            append(file, String.join("\n", more) + "\n");
            all.addAll(more);
            pollUntil(tasks, () -> worker.records().size() >= all.size());
        }
        append(file, "ERROR without an end");
        for (int i = 0; i < 3; i++) {
            for (FakeWorker.Running task : tasks) {
                task.poll();
            }
        }
        assertThat(worker.values()).containsExactlyInAnyOrderElementsOf(all);
        append(file, " and its end\n");
        all.add("ERROR without an end and its end");
        pollUntil(tasks, () -> worker.records().size() >= all.size());
        tasks.forEach(FakeWorker.Running::close);
        assertThat(worker.values()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void stretchesWithoutAMatchMoveTheOffsetsAndShowNothing() throws Exception {
        List<String> lines = IntStream.range(0, 8000)
                .mapToObj(i -> "nothing to see in line %06d%s".formatted(i, "y".repeat(i % 50)))
                .toList();
        Path file = write("a.log", lines);
        List<FakeWorker.Running> tasks = start(properties(), 2);
        long size = Files.size(file);
        long splits = Math.ceilDiv(size, 64L << 10);
        pollUntil(
                tasks,
                () -> worker.offsets().size() == splits
                        && worker.offsets().values().stream()
                                .anyMatch(offset -> offset.get("offset").equals(size)));
        tasks.forEach(FakeWorker.Running::close);
        assertThat(worker.records()).isEmpty();
    }

    @Test
    void aRotatedFileIsReadToItsEndUnderItsOldName() throws Exception {
        Path file = write("a.log", lines("a", 100));
        List<FakeWorker.Running> tasks = start(properties(), 2);
        pollUntil(tasks, () -> worker.records().size() >= 100);
        append(file, String.join("\n", lines("last", 50)) + "\n");
        Files.move(file, directory.resolve("a.log.1"));
        write("a.log", lines("new", 70));
        pollUntil(tasks, () -> worker.records().size() >= 220);
        tasks.forEach(FakeWorker.Running::close);
        assertThat(worker.records()).hasSize(220);
        assertThat(headers("file")).containsOnly(file.toString());
    }

    private List<Object> headers(String name) {
        return worker.records().stream()
                .map(record -> record.headers().lastWithName(name).value())
                .toList();
    }

    @Test
    void aFileThatWasRotatedWhileNoTaskRanIsFoundByItsOffsets() throws Exception {
        List<String> before = lines("a", 300);
        Path file = write("a.log", before);
        List<FakeWorker.Running> first = start(properties(), 1);
        pollUntil(first, () -> worker.records().size() >= 300);
        first.forEach(FakeWorker.Running::close);
        append(file, String.join("\n", lines("last", 50)) + "\n");
        Files.move(file, directory.resolve("a.log.1"));
        Files.writeString(directory.resolve("other.txt"), "ERROR of nobody\n");
        write("a.log", lines("new", 70));
        List<FakeWorker.Running> next = start(properties(), 2);
        pollUntil(next, () -> worker.records().size() >= 420);
        next.forEach(FakeWorker.Running::close);
        assertThat(worker.records()).hasSize(420);
        assertThat(headers("file")).containsOnly(file.toString());
    }

    @Test
    void aTruncatedFileIsReadFromItsStartInTheNextGeneration() throws Exception {
        Path file = write("a.log", lines("a", 4000));
        List<FakeWorker.Running> tasks = start(properties(), 2);
        pollUntil(tasks, () -> worker.records().size() >= 4000);
        List<String> next = lines("second", 2000);
        Files.writeString(file, String.join("\n", next) + "\n");
        pollUntil(tasks, () -> worker.records().size() >= 6000);
        tasks.forEach(FakeWorker.Running::close);
        assertThat(worker.values().subList(4000, 6000)).containsExactlyInAnyOrderElementsOf(next);
        assertThat(bySplit().keySet()).anyMatch(split -> split.toString().contains(".1/0"));
    }

    @Test
    void archivesOfACompleteInputAreReadWholeByOneTask() throws Exception {
        List<String> lines = lines("z", 6000);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve("a.log.gz")))) {
            out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        }
        Map<String, String> properties =
                properties("inputs.shop.include=" + directory + "/*.gz", "inputs.shop.mode=complete");
        FakeWorker.Running killed = worker.start(task(properties, 0, 1));
        killed.pollAndDie(1000);
        List<FakeWorker.Running> tasks = start(properties, 2);
        pollUntil(tasks, () -> worker.records().size() >= 6000 && isArchiveOver());
        tasks.forEach(FakeWorker.Running::close);
        assertThat(worker.values()).isEqualTo(lines);
        assertThat(bySplit()).hasSize(1);
        assertThat(worker.offsets().values()).allMatch(offset -> offset.containsKey("archiveEnd"));
    }

    private boolean isArchiveOver() {
        return worker.offsets().values().stream().anyMatch(offset -> offset.containsKey("archiveEnd"));
    }

    @Test
    void theLastRecordOfACompleteFileNeedsNoEnd() throws Exception {
        Files.writeString(directory.resolve("a.log"), "ERROR 1\nERROR 2");
        List<FakeWorker.Running> tasks = start(properties("inputs.shop.mode=complete"), 1);
        pollUntil(tasks, () -> worker.records().size() >= 2);
        tasks.forEach(FakeWorker.Running::close);
        assertThat(worker.values()).containsExactly("ERROR 1", "ERROR 2");
    }

    @Test
    void aRecordWaitsAFewSecondsForThoseThatItTakesAlong() throws Exception {
        Path file = Files.writeString(directory.resolve("a.log"), "ERROR 1\nnext\nother\nERROR 2\n");
        List<FakeWorker.Running> tasks = start(properties("rules.errors.emit.context.after=1"), 1);
        pollUntil(tasks, () -> !worker.records().isEmpty());
        assertThat(worker.values()).containsExactly("ERROR 1\nnext");
        append(file, "behind 2\n");
        pollUntil(tasks, () -> worker.records().size() >= 2);
        append(file, "ERROR 3\n");
        pollUntil(tasks, () -> worker.records().size() >= 3);
        tasks.forEach(FakeWorker.Running::close);
        assertThat(worker.values()).containsExactly("ERROR 1\nnext", "ERROR 2\nbehind 2", "ERROR 3");
    }

    /** Otherwise a fix could mask what the rule that was added has never sent. */
    @Test
    void anOffsetNamesTheRulesThatEmittedFromTheStartOfItsSplitOn() throws Exception {
        Path file = write("a.log", lines("a", 20));
        List<FakeWorker.Running> first = start(properties(), 1);
        pollUntil(first, () -> worker.records().size() >= 20);
        first.forEach(FakeWorker.Running::close);
        Object rules = worker.offsets().values().iterator().next().get("rules");
        append(file, String.join("\n", lines("b", 20)) + "\n");
        String more = "rules=errors,more";
        List<FakeWorker.Running> next =
                start(properties(more, "rules.more.match.literal=shop", "rules.more.emit.topic=more"), 1);
        pollUntil(next, () -> worker.records().size() >= 60);
        next.forEach(FakeWorker.Running::close);
        assertThat(worker.offsets().values())
                .extracting(offset -> offset.get("rules"))
                .containsOnly(rules);
    }

    @Test
    void aFileThatMovesToACompleteInputHasALastRecordWithoutAnEnd() throws Exception {
        Path file = Files.writeString(directory.resolve("a.log"), "ERROR 1\nERROR 2");
        List<FakeWorker.Running> tasks = start(
                properties(
                        "inputs=shop,old", "inputs.old.include=" + directory + "/*.log.*", "inputs.old.mode=complete"),
                1);
        pollUntil(tasks, () -> !worker.records().isEmpty());
        Files.move(file, directory.resolve("a.log.1"));
        pollUntil(tasks, () -> worker.records().size() >= 2);
        tasks.forEach(FakeWorker.Running::close);
        assertThat(worker.values()).containsExactly("ERROR 1", "ERROR 2");
    }

    @Test
    void aCompleteFileThatGrowsNeverthelessIsReadOn() throws Exception {
        Path file = write("a.log", lines("a", 10));
        List<FakeWorker.Running> tasks = start(properties("inputs.shop.mode=complete"), 1);
        pollUntil(tasks, () -> worker.records().size() >= 10);
        tasks.getFirst().poll();
        append(file, String.join("\n", lines("b", 5)) + "\n");
        pollUntil(tasks, () -> worker.records().size() >= 15);
        tasks.forEach(FakeWorker.Running::close);
        assertThat(worker.records()).hasSize(15);
    }

    @Test
    void moreFilesThanMayBeOpenAreReadOneAfterTheOther() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            List<String> lines = lines("file" + i, 20);
            write(i + ".log", lines);
            all.addAll(lines);
        }
        List<FakeWorker.Running> tasks = start(properties("maxOpenFiles=3"), 2);
        pollUntil(tasks, () -> worker.records().size() >= all.size());
        tasks.forEach(FakeWorker.Running::close);
        assertThat(worker.values()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void anOffsetOfAnotherSplitSizeEndsTheTask() throws Exception {
        write("a.log", lines("a", 3000));
        List<FakeWorker.Running> first = start(properties(), 1);
        pollUntil(first, () -> worker.records().size() >= 3000);
        first.forEach(FakeWorker.Running::close);
        try (FakeWorker.Running other = worker.start(task(properties("split.bytes=128KiB"), 0, 1))) {
            assertThatThrownBy(() -> pollUntil(List.of(other), () -> false))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("splitBytes is 65536, and the connector's split.bytes is 131072");
        }
    }
}
