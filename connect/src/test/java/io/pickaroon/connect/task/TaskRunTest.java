package io.pickaroon.connect.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which splits tasks read, and what they go on with when files and tasks come and go. */
class TaskRunTest extends TasksOverFiles {
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

    /** With so many lines that their ends tell the file, and with so few that only its birth time does. */
    @ParameterizedTest
    @ValueSource(ints = {300, 3})
    void aFileThatWasRotatedWhileNoTaskRanIsFoundByItsOffsets(int count) throws Exception {
        List<String> before = lines("a", count);
        Path file = write("a.log", before);
        List<FakeWorker.Running> first = start(properties(), 1);
        pollUntil(first, () -> worker.records().size() >= count);
        first.forEach(FakeWorker.Running::close);
        append(file, String.join("\n", lines("last", 50)) + "\n");
        Files.move(file, directory.resolve("a.log.1"));
        Files.writeString(directory.resolve("other.txt"), "ERROR of nobody\n");
        write("a.log", lines("new", 70));
        List<FakeWorker.Running> next = start(properties(), 2);
        pollUntil(next, () -> worker.records().size() >= count + 120);
        next.forEach(FakeWorker.Running::close);
        assertThat(worker.records()).hasSize(count + 120);
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
}
