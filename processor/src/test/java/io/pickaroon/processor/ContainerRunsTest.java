package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.ScriptedSink.Arrival;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.container.ContainerFormat;
import io.pickaroon.processor.container.ContainerFormat.Syntax;
import io.pickaroon.processor.container.ContainerLog;
import io.pickaroon.processor.container.ContainerLog.Found;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Container logs whose streams stand in turns, with masks over the cuts: runs to their end, and crashes before the checkpoint. */
class ContainerRunsTest {
    private static final ContainerFormat CRI = new ContainerFormat(Syntax.CRI, ContainerFormat.MAX_PART_DISTANCE_BYTES);
    private static final int MOST_BYTES = 40;
    /** Of two letters b and what follows them, so that it goes over the cuts; what it leaves matches again. */
    private static final Rule MASK = new Rule(
            "mask", new Pattern.Regex("b[ab<>]*b", false), true, Optional.of(new Fix(new Fix.Mask('b', 1, 0), "", 0)));

    private static final Rule EVERY = new Rule("every", new Pattern.Regex("", false));

    @TempDir
    Path directory;

    @Test
    void fixesThatACrashInterruptedAreFinishedInEachPart() throws IOException {
        for (long seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            Path log = directory.resolve(seed + ".log");
            Path checkpoint = directory.resolve(seed + ".checkpoint");
            byte[] original = ContainerLog.random(random, Syntax.CRI);
            Files.createFile(log);
            run(log, checkpoint, 64, MASK);
            Files.write(log, original);
            Path before = Files.copy(checkpoint, directory.resolve("before"));
            List<String> emitted = run(log, checkpoint, 1 + random.nextInt(200), MASK);
            byte[] fixed = Files.readAllBytes(log);
            assertThat(new String(fixed, StandardCharsets.ISO_8859_1))
                    .as("seed %d", seed)
                    .isEqualTo(expected(original));
            assertThat(emitted).as("seed %d", seed).isEqualTo(expectedRecords(original));

            Files.move(before, checkpoint, StandardCopyOption.REPLACE_EXISTING);
            byte[] torn = fixed.clone();
            for (int i = 0; i < torn.length; i++) {
                torn[i] = random.nextBoolean() ? original[i] : fixed[i];
            }
            Files.write(log, torn);
            assertThat(run(log, checkpoint, 1 + random.nextInt(200), MASK))
                    .as("seed %d: what is fixed is not emitted again", seed)
                    .isEmpty();
            assertThat(Files.readAllBytes(log)).as("seed %d", seed).isEqualTo(fixed);
        }
    }

    /** Each record is masked whole, and then its bytes stand in its lines. */
    private static String expected(byte[] original) {
        StringBuilder file = new StringBuilder(new String(original, StandardCharsets.ISO_8859_1));
        for (Found record : records(original)) {
            String masked = masked(record.text());
            int at = 0;
            int line = (int) record.start();
            for (String raw : record.raw().split("\n", -1)) {
                line = file.indexOf(raw, line);
                int text = record.stream() < 0 ? 0 : raw.indexOf(' ', raw.indexOf(' ', raw.indexOf(' ') + 1) + 1) + 1;
                int length = Math.min(raw.length() - text, masked.length() - at);
                file.replace(line + text, line + text + length, masked.substring(at, at + length));
                at += length;
                line++;
            }
        }
        return file.toString();
    }

    private static List<Found> records(byte[] original) {
        return new ContainerLog(CRI, MOST_BYTES, null).read(new String(original, StandardCharsets.ISO_8859_1));
    }

    private static List<String> expectedRecords(byte[] original) {
        return records(original).stream()
                .map(Found::text)
                .filter(text -> text.matches("(?s).*b[ab<>]*b.*"))
                .map(ContainerRunsTest::masked)
                .toList();
    }

    private static String masked(String text) {
        return java.util.regex.Pattern.compile("b[ab<>]*b")
                .matcher(text)
                .replaceAll(found -> "b".repeat(found.group().length()));
    }

    @Test
    void aLogThatGrowsBetweenRunsIsEmittedOnceAndInOrderOfEachStream() throws IOException {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            Path log = directory.resolve(seed + ".log");
            Path checkpoint = directory.resolve(seed + ".checkpoint");
            byte[] bytes = ContainerLog.random(random, Syntax.CRI);
            List<Integer> ends = new ArrayList<>();
            for (int end = 0; end < bytes.length; end++) {
                if (bytes[end] == '\n' && random.nextInt(4) == 0) {
                    ends.add(end + 1);
                }
            }
            ends.add(bytes.length);
            StringBuilder emitted = new StringBuilder();
            for (int end : ends) {
                Files.write(log, Arrays.copyOf(bytes, end));
                run(log, checkpoint, 1 + random.nextInt(200), EVERY).forEach(emitted::append);
            }
            StringBuilder texts = new StringBuilder();
            records(bytes).forEach(record -> texts.append(record.text()));
            assertThat(sorted(emitted)).as("seed %d", seed).isEqualTo(sorted(texts));
        }
    }

    private static String sorted(CharSequence text) {
        return text.chars()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private List<String> run(Path log, Path checkpoint, int windowBytes, Rule rule) throws IOException {
        ScriptedSink sink = new ScriptedSink(1, 1);
        RecordFormat format = new RecordFormat(Delimiter.AUTO, MOST_BYTES, Optional.empty(), Optional.of(CRI));
        LogInput input = new LogInput(
                "pods",
                Discovery.of(List.of(log)),
                false,
                new Reading(new WindowPlan(windowBytes, format)),
                List.of(rule));
        RunSettings settings =
                new RunSettings(true, 2, 2, Duration.ofHours(1), Duration.ofSeconds(1), FollowSettings.STANDARD);
        try (Recovery recovery = Recovery.of(checkpoint)) {
            LogProcessor processor = new LogProcessor(List.of(input), sink, RunState.of(recovery), settings);
            Ledger ledger = processor.run().block(Duration.ofSeconds(60));
            assertThat(ledger.problems()).isEmpty();
            assertThat(processor.counters().inputs()).allMatch(figures -> figures.unaccountedBytes() == 0);
        }
        return sink.arrivals().stream().map(Arrival::record).toList();
    }
}
