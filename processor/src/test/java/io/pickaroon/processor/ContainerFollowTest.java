package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.container.ContainerFormat;
import io.pickaroon.processor.container.ContainerFormat.Syntax;
import io.pickaroon.processor.file.StreamPlaces;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.TailTimeouts;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Multiline;
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

/** Container logs that grow, are rotated and go away while they are followed. */
class ContainerFollowTest extends FollowedFiles {
    private static final Duration LONG = Duration.ofHours(1);
    private static final List<Rule> MASK = List.of(new Rule(
            "digits",
            new Pattern.Regex("[0-9]{4,}", false),
            true,
            Optional.of(new Fix(new Fix.Mask('*', 0, 0), "", 0))));

    private Duration flushAfter = LONG;
    private Optional<Multiline> multiline = Optional.empty();

    @Override
    Reading reading() {
        RecordFormat format = new RecordFormat(
                Delimiter.AUTO,
                1024,
                multiline.map(starts -> starts),
                Optional.of(new ContainerFormat(Syntax.CRI, ContainerFormat.MAX_PART_DISTANCE_BYTES)));
        return new Reading(
                new WindowPlan(4096, format), new TailTimeouts(flushAfter, Optional.of(flushAfter)), decoded());
    }

    private static String out(String tagged) {
        return "2026-11-30T09:00:00.000000001Z stdout " + tagged + "\n";
    }

    private static String err(String tagged) {
        return "2026-11-30T09:00:00.000000002Z stderr " + tagged + "\n";
    }

    @Test
    void aRecordIsWholeWhenItsLastPartHasCome() throws IOException {
        write("pod.log", out("F line 1") + out("P li"));
        try (Run run = new Run(EMIT, false)) {
            run.await("line 1");
            append("pod.log", err("F line 3"));
            append("pod.log", out("P ne "));
            append("pod.log", out("F 2"));
            run.await("line 1", "line 2", "line 3");
            assertThat(run.records()).containsExactly("line 1", "line 2", "line 3");
        }
    }

    @Test
    void aPartThatDoesNotComeIsWaitedForAndOneThatComesLateIsARecordOfItsOwnAlsoAfterARestart() throws IOException {
        flushAfter = Duration.ofMillis(300);
        write("pod.log", out("P line 1 head") + err("F line 2"));
        try (Run run = new Run(EMIT, false)) {
            run.await("line 1 head", "line 2");
            Awaitility.await()
                    .until(() -> run.entries().stream()
                            .anyMatch(entry -> entry.position().streams().equals(new StreamPlaces(0, 0, true, false))));
        }
        append("pod.log", out("F line 1 tail") + out("F line 3"));
        try (Run run = new Run(EMIT, false)) {
            run.await("line 1 tail", "line 3");
        }
    }

    @Test
    void aRecordThatWaitsIsNotHeldForGoodByTheOtherStream() throws IOException {
        flushAfter = Duration.ofMillis(500);
        multiline = Optional.of(Multiline.continuedBy("^ "));
        write("pod.log", err("F line 1") + err("F  at line 1"));
        try (Run run = new Run(EMIT, false)) {
            int[] next = {2};
            Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(() -> {
                append("pod.log", out("F line " + next[0]++));
                return run.records().contains("line 1\n at line 1");
            });
            assertThat(run.records().getFirst()).isEqualTo("line 1\n at line 1");
        }
    }

    @Test
    void aRotationInTheMiddleOfARecordGivesTwo() throws IOException {
        write("pod.log", out("F line 1") + out("P line 2 head"));
        try (Run run = new Run(EMIT, false)) {
            run.await("line 1");
            Files.move(path("pod.log"), path("pod.log.20261130"), StandardCopyOption.ATOMIC_MOVE);
            write("pod.log", out("F line 2 tail") + out("F line 3"));
            run.await("line 1", "line 2 head", "line 2 tail", "line 3");
        }
    }

    @Test
    void whatStandsAtTheEndOfADeletedFileIsEmitted() throws IOException {
        write("pod.log", out("F line 1") + out("P line 2 head") + err("F line 3"));
        try (Run run = new Run(EMIT, false)) {
            run.await("line 1");
            Files.delete(path("pod.log"));
            run.await("line 1", "line 2 head", "line 3");
        }
    }

    @Test
    void fixesFindTheirBytesInEachPartWhileTheFileGrows() throws IOException {
        write("pod.log", out("P card 4111"));
        try (Run run = new Run(MASK, false)) {
            append("pod.log", err("F pin 1234") + out("P 2222"));
            append("pod.log", out("F 3333 end"));
            run.await("card ************ end", "pin ****");
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> content("pod.log")
                            .equals(out("P card ****") + err("F pin ****") + out("P ****") + out("F **** end")));
        }
    }
}
