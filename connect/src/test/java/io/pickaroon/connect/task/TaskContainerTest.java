package io.pickaroon.connect.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connect.Seeds;
import io.pickaroon.connect.settings.ConnectorConfig;
import io.pickaroon.processor.container.ContainerFormat;
import io.pickaroon.processor.container.ContainerFormat.Syntax;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.rule.Multiline;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/**
 * Container logs, each of which is one split. {@code -Dseeds=1000} takes that many random files, {@code -Dseed=} that one.
 */
class TaskContainerTest extends TasksOverFiles {
    private static final int FILES = 30;
    private static final int PART_DISTANCE = 16 << 10;

    private long nanos;
    /** Time that passes whenever a task asks for it: it reads a window or two in each poll. */
    private long stepNanos;

    private FakeWorker.Running start(String... more) {
        List<String> lines = new ArrayList<>(List.of(
                "inputs.shop.format=cri",
                "inputs.shop.windowBytes=4KiB",
                "inputs.shop.maxPartDistance=16KiB",
                "lookInterval=1s",
                "rules.errors.emit.headers=stream,part",
                "rules.errors.emit.headers.stream={field.stream:none}",
                "rules.errors.emit.headers.part={field.partial:whole}"));
        lines.addAll(List.of(more));
        ConnectorConfig config = ConnectorConfig.of(task(properties(lines.toArray(String[]::new)), 0, 1));
        return worker.start(config, new DirectoryFiles(config, LogFile::open), () -> nanos += stepNanos, Duration.ZERO);
    }

    private void poll(FakeWorker.Running task, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            nanos += TimeUnit.MILLISECONDS.toNanos(1500);
            task.poll();
        }
    }

    /** What was sent, with its stream and whether it is all of its message. */
    private List<String> sent() {
        return worker.records().stream()
                .map(record -> "%s %s %s"
                        .formatted(
                                header(record, "stream"),
                                header(record, "part"),
                                new String((byte[]) record.value(), StandardCharsets.UTF_8)))
                .toList();
    }

    private static Object header(SourceRecord record, String name) {
        return record.headers().lastWithName(name).value();
    }

    @Test
    void tasksThatEndAtEachCommitSendWhatOneScanOfTheWholeFileFinds() throws Exception {
        Long only = Long.getLong("seed");
        long first = only == null ? 0 : only;
        long last = first + Long.getLong("seeds", only == null ? FILES : 1);
        long commits = 0;
        for (long seed = first; seed < last; seed++) {
            Random random = Seeds.random(seed);
            boolean isDocker = random.nextBoolean();
            boolean isGrowing = random.nextBoolean();
            String[] settings = {
                "inputs.shop.format=" + (isDocker ? "docker" : "cri"),
                "inputs.shop.mode=" + (isGrowing ? "growing" : "complete"),
                random.nextBoolean() ? "inputs.shop.multiline.start=^ERROR|^info 1" : "name=shop"
            };
            String log = RandomContainerLog.of(random, isDocker, 200 + random.nextInt(800));
            Path file = Files.writeString(directory.resolve("a.log"), isGrowing ? "" : log);

            nanos = TimeUnit.DAYS.toNanos(seed);
            stepNanos = TimeUnit.MILLISECONDS.toNanos(150);
            if (isGrowing) {
                commits += readWhileItGrows(file, log, random, settings);
            } else {
                commits += readAndEnd(settings);
            }
            stepNanos = 0;
            try (FakeWorker.Running task = start(settings)) {
                poll(task, 20);
            }
            List<String> ofEnded = sent();
            worker.records().clear();
            worker.offsets().clear();
            try (FakeWorker.Running task = start(with(settings, "inputs.shop.windowBytes=1MiB"))) {
                poll(task, 20);
            }
            assertThat(ofEnded).as("-Dseed=%d", seed).isEqualTo(sent());
            assertThat(worker.values()).as("-Dseed=%d", seed).isEqualTo(scan(file, isDocker, settings[2]));
            worker.records().clear();
            worker.offsets().clear();
            Files.delete(file);
        }
        System.out.printf("container logs: %,d files from %d, %,d tasks ended%n", last - first, first, commits);
        assertThat(commits).isGreaterThan(2 * (last - first));
    }

    private static String[] with(String[] settings, String more) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add(more);
        return all.toArray(String[]::new);
    }

    /** Each task ends behind the first thing that it has committed. */
    private int readAndEnd(String... settings) throws Exception {
        int ended = 0;
        boolean isRead = true;
        while (isRead) {
            isRead = false;
            try (FakeWorker.Running task = start(settings)) {
                for (int i = 0; i < 20 && !isRead; i++) {
                    nanos += TimeUnit.SECONDS.toNanos(1);
                    isRead = task.poll();
                }
            }
            ended++;
        }
        return ended;
    }

    private int readWhileItGrows(Path file, String log, Random random, String... settings) throws Exception {
        int ended = 0;
        String[] patient = with(settings, "inputs.shop.flushAfter=1d");
        for (int length = 0; length < log.length(); ) {
            int more = Math.min(log.length() - length, 1 + random.nextInt(20_000));
            append(file, log.substring(length, length + more));
            length += more;
            ended += readAndEnd(patient);
        }
        return ended;
    }

    /** As the daemon does it. */
    private static List<String> scan(Path path, boolean isDocker, String setting) throws Exception {
        RecordFormat format = new RecordFormat(
                Delimiter.AUTO,
                1 << 20,
                setting.startsWith("inputs.shop.multiline.start=")
                        ? Optional.of(Multiline.startingWith(setting.substring(setting.indexOf('^'))))
                        : Optional.empty(),
                Optional.of(new ContainerFormat(isDocker ? Syntax.DOCKER : Syntax.CRI, PART_DISTANCE)));
        Scanner scanner = new Scanner(
                List.of(new Rule("errors", new Pattern.Literal("ERROR", false))), format, PartLimit.STANDARD);
        List<String> found = new ArrayList<>();
        try (LogFile file = LogFile.open(path)) {
            new WindowPlan(8 << 20, format)
                    .windows(file)
                    .concatMap(scanner::scan)
                    .toIterable()
                    .forEach(part -> {
                        for (int match = 0; match < part.matches().size(); match++) {
                            found.add(new String(part.matches().copyOfRecord(match), StandardCharsets.UTF_8));
                        }
                    });
        }
        return found;
    }

    @Test
    void aTaskThatIsKilledInTheMiddleOfARecordLosesNothingOfIt() throws Exception {
        Path file = Files.writeString(directory.resolve("a.log"), line("stderr", "F", "ERROR 0"));
        try (FakeWorker.Running task = start()) {
            poll(task, 5);
            append(file, line("stdout", "P", "ERROR 1 a") + line("stderr", "P", "ERROR 2 x"));
            append(file, line("stdout", "P", "b") + line("stderr", "F", "y"));
            poll(task, 1);
        }
        assertThat(sent()).containsExactly("stderr whole ERROR 0");
        try (FakeWorker.Running task = start()) {
            poll(task, 2);
            append(file, line("stderr", "F", "ERROR 3") + line("stdout", "F", "c"));
            poll(task, 3);
        }
        assertThat(sent())
                .containsExactly(
                        "stderr whole ERROR 0",
                        "stdout whole ERROR 1 abc",
                        "stderr whole ERROR 2 xy",
                        "stderr whole ERROR 3");
    }

    @Test
    void aPartThatComesTooLateIsATailAlsoToTheNextTask() throws Exception {
        Path file = Files.writeString(
                directory.resolve("a.log"),
                line("stdout", "P", "ERROR 1 a") + line("stderr", "F", "ERROR 2") + line("stdout", "P", "b"));
        try (FakeWorker.Running task = start("inputs.shop.flushAfter=3s")) {
            poll(task, 1);
            assertThat(sent()).isEmpty();
            poll(task, 5);
        }
        assertThat(sent()).containsExactly("stdout head ERROR 1 ab", "stderr whole ERROR 2");
        append(file, line("stdout", "F", "ERROR c") + line("stdout", "F", "ERROR 3"));
        try (FakeWorker.Running task = start()) {
            poll(task, 5);
        }
        assertThat(sent())
                .containsExactly(
                        "stdout head ERROR 1 ab",
                        "stderr whole ERROR 2",
                        "stdout tail ERROR c",
                        "stdout whole ERROR 3");
        assertThat(worker.figures().value("cut-records-total")).isEqualTo(1L);
    }

    @Test
    void aRecordOfAFileThatIsGoneDoesNotWait() throws Exception {
        Path file = Files.writeString(directory.resolve("a.log"), line("stdout", "P", "ERROR 1"));
        try (FakeWorker.Running task = start("inputs.shop.flushAfter=1h")) {
            poll(task, 5);
            assertThat(sent()).isEmpty();
            Files.delete(file);
            poll(task, 5);
            assertThat(worker.figures().value("lost-bytes-total")).isEqualTo(0L);
            assertThat(worker.figures().value("open-files")).isEqualTo(0L);
        }
        assertThat(sent()).containsExactly("stdout head ERROR 1");
    }

    @Test
    void aRecordThatWaitsKeepsItsFileOpenWhereFewMayBe() throws Exception {
        Files.writeString(directory.resolve("a.log"), line("stdout", "P", "ERROR 1"));
        Files.writeString(directory.resolve("b.log"), line("stdout", "P", "ERROR 2"));
        try (FakeWorker.Running task = start("maxOpenFiles=1")) {
            poll(task, 40);
        }
        assertThat(sent()).containsExactlyInAnyOrder("stdout head ERROR 1", "stdout head ERROR 2");
    }

    @Test
    void aFileOfManySplitsIsOneAndItsLinesStandAsTheyAreOnRequest() throws Exception {
        StringBuilder log = new StringBuilder();
        List<String> raws = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            String parts = line("stdout", "P", "ERROR " + i) + line("stdout", "F", "y".repeat(i % 90));
            log.append(parts);
            raws.add(parts.substring(0, parts.length() - 1));
        }
        log.append("in no format, ERROR\n");
        raws.add("in no format, ERROR");
        Files.writeString(directory.resolve("a.log"), log);
        List<FakeWorker.Running> tasks = start(properties("inputs.shop.format=cri", "rules.errors.emit.format=raw"), 3);
        pollUntil(tasks, () -> worker.records().size() >= raws.size());
        assertThat(tasks).hasSize(3);
        tasks.forEach(FakeWorker.Running::close);
        assertThat(worker.values()).isEqualTo(raws);
        assertThat(bySplit()).hasSize(1);
    }

    @Test
    void anArchiveOfContainerLogsIsReadAsOne() throws Exception {
        Random random = new Random(5);
        String log = RandomContainerLog.of(random, false, 4_000);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve("a.log.gz")))) {
            out.write(log.getBytes(StandardCharsets.UTF_8));
        }
        String[] archives = {"inputs.shop.include=" + directory + "/*.gz", "inputs.shop.mode=complete"};
        stepNanos = TimeUnit.MILLISECONDS.toNanos(150);
        assertThat(readAndEnd(archives)).isGreaterThan(5);
        Path plain = Files.writeString(directory.resolve("b.txt"), log);
        assertThat(worker.values()).isEqualTo(scan(plain, false, ""));
    }

    private static String line(String stream, String tag, String text) {
        return "2026-11-30T09:00:00.123456789Z %s %s %s\n".formatted(stream, tag, text);
    }
}
