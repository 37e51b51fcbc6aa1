package io.pickaroon.connect.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What tasks make of what is in files, and of settings that change. */
class TaskContentTest extends TasksOverFiles {
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

    @Test
    void anArchiveAmongGrowingFilesIsToldOnce() throws Exception {
        byte[] noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve("a.log")))) {
            out.write(noise);
        }
        Logger logger = (Logger) LoggerFactory.getLogger(TaskRun.class.getPackageName());
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        logger.addAppender(said);
        try (FakeWorker.Running task = worker.start(task(properties(), 0, 1))) {
            for (int i = 0; i < 8; i++) {
                task.poll();
            }
            assertThat((Long) worker.figures().value("read-retries-total")).isGreaterThan(4L);
        } finally {
            logger.detachAppender(said);
        }
        assertThat(said.list)
                .filteredOn(event -> event.getLevel() == Level.WARN)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("a.log is gzip content, which does not grow");
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
    void growingTextInUtf16IsOneSplitAndSentAsUtf8() throws Exception {
        List<String> all = new ArrayList<>(lines("ü", 900));
        Path file = directory.resolve("a.log");
        Files.write(file, ("\ufeff" + String.join("\n", all) + "\n").getBytes(StandardCharsets.UTF_16LE));
        List<FakeWorker.Running> tasks = start(properties(), 2);
        pollUntil(tasks, () -> worker.records().size() >= all.size());
        List<String> more = lines("ö", 300);
        Files.write(
                file, (String.join("\n", more) + "\n").getBytes(StandardCharsets.UTF_16LE), StandardOpenOption.APPEND);
        all.addAll(more);
        pollUntil(tasks, () -> worker.records().size() >= all.size());
        tasks.forEach(FakeWorker.Running::close);
        assertThat(worker.values()).isEqualTo(all);
        assertThat(bySplit()).hasSize(1);
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
