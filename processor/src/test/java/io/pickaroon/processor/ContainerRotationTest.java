package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.container.ContainerFormat;
import io.pickaroon.processor.container.ContainerFormat.Syntax;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.file.StreamPlaces;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.TailTimeouts;
import io.pickaroon.processor.metrics.InputFigures;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Container logs that are rotated in the middle of a message: the beginning of it is a head, and what comes in the new file a tail. */
class ContainerRotationTest extends FollowedFiles {
    private static final Duration FLUSH_AFTER = Duration.ofMillis(300);
    private static final List<Rule> HEADS_AND_TAILS = List.of(
            new Rule("heads", new Pattern.Field("partial", new Pattern.FieldTest.EqualTo("head"))),
            new Rule("tails", new Pattern.Field("partial", new Pattern.FieldTest.EqualTo("tail"))));

    @Override
    Reading reading() {
        RecordFormat format = new RecordFormat(
                Delimiter.AUTO,
                1024,
                Optional.empty(),
                Optional.of(new ContainerFormat(Syntax.CRI, ContainerFormat.MAX_PART_DISTANCE_BYTES)));
        return new Reading(
                new WindowPlan(4096, format), new TailTimeouts(FLUSH_AFTER, Optional.of(FLUSH_AFTER)), decoded());
    }

    private static String out(String tagged) {
        return "2026-11-30T09:00:00.000000001Z stdout " + tagged + "\n";
    }

    private static String err(String tagged) {
        return "2026-11-30T09:00:00.000000002Z stderr " + tagged + "\n";
    }

    private void rotate(String to) throws IOException {
        Files.move(path("pod.log"), path(to), StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitRead(Run run, int files, long bytes) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> run.entries().size() == files
                        && run.entries().stream()
                                        .mapToLong(entry -> entry.position().offset())
                                        .sum()
                                == bytes);
    }

    private static long cutRecords(Run run) {
        return run.processor.counters().inputs().stream()
                .mapToLong(InputFigures::cutRecords)
                .sum();
    }

    @Test
    void theNewFileBeginsWithATailInTheStreamThatWasOpen() throws IOException {
        String old = out("F whole") + out("P head") + err("F other");
        write("pod.log", old);
        try (Run run = new Run(HEADS_AND_TAILS, false)) {
            run.awaitKnown("pod.log");
            rotate("pod.log.1");
            write("pod.log", err("F other") + out("F tail") + out("F whole"));
            run.await("head", "tail");
            awaitRead(run, 2, old.length() + Files.size(path("pod.log")));
            assertThat(cutRecords(run)).isEqualTo(2);
        }
    }

    @Test
    void nothingIsMarkedWhereTheOldFileEndedWithAMessage() throws IOException {
        String old = out("P whole") + out("F whole");
        write("pod.log", old);
        try (Run run = new Run(HEADS_AND_TAILS, false)) {
            run.awaitKnown("pod.log");
            rotate("pod.log.1");
            write("pod.log", out("F whole") + err("P whole") + err("F whole"));
            awaitRead(run, 2, old.length() + Files.size(path("pod.log")));
            assertThat(run.records()).isEmpty();
            assertThat(cutRecords(run)).isZero();
        }
    }

    @Test
    void aMessageMayGoOverAFileThatHasNothingOfIt() throws IOException {
        write("pod.log", out("P head"));
        try (Run run = new Run(HEADS_AND_TAILS, false)) {
            run.awaitKnown("pod.log");
            rotate("pod.log.2");
            write("pod.log", err("F other"));
            awaitRead(run, 2, out("P head").length() + err("F other").length());
            rotate("pod.log.1");
            write("pod.log", out("F tail") + err("F whole"));
            run.await("head", "tail");
        }
    }

    @Test
    void theRotationMayHappenDuringAStop() throws IOException {
        write("pod.log", out("P head"));
        try (Run run = new Run(HEADS_AND_TAILS, false)) {
            run.awaitKnown("pod.log");
        }
        rotate("pod.log.1");
        write("pod.log", out("F tail"));
        try (Run run = new Run(HEADS_AND_TAILS, false)) {
            Awaitility.await().atMost(SOON).until(() -> run.records().contains("tail"));
        }
    }

    @Test
    void whatTheOldFileEndedInIsKnownAfterItIsGone() throws IOException {
        write("pod.log", out("P head"));
        try (Run run = new Run(HEADS_AND_TAILS, false)) {
            run.await("head");
            rotate("pod.log.1");
            write("pod.log", err("F other"));
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> run.entries().stream()
                            .anyMatch(entry -> entry.position()
                                    .equals(new Position(err("F other").length(), true, cutInStdout()))));
        }
        Files.delete(path("pod.log.1"));
        append("pod.log", out("F tail"));
        try (Run run = new Run(HEADS_AND_TAILS, false)) {
            run.await("tail");
        }
    }

    private static StreamPlaces cutInStdout() {
        return new StreamPlaces(0, 0, true, false);
    }

    @Test
    void runsToTheEndOfTheFilesKnowItToo() throws IOException {
        write("pod.log", out("P head"));
        assertThat(once(HEADS_AND_TAILS)).containsExactly("head");
        rotate("pod.log.1");
        write("pod.log", err("F other"));
        assertThat(once(HEADS_AND_TAILS)).isEmpty();
        append("pod.log", out("F tail"));
        assertThat(once(HEADS_AND_TAILS)).containsExactly("tail");
    }

    @Test
    void whatIsWrittenAfterATruncationGoesOnWithNothing() throws IOException {
        write("pod.log", out("P head"));
        try (Run run = new Run(HEADS_AND_TAILS, false)) {
            run.await("head");
            rotate("pod.log.1");
            write("pod.log", out("F tail") + out("F whole"));
            run.await("head", "tail");
            truncate("pod.log");
            append("pod.log", out("F whole"));
            awaitRead(run, 2, out("P head").length() + out("F whole").length());
            assertThat(cutRecords(run)).isEqualTo(2);
        }
    }
}
