package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Follows real files whose fixes wait until they are rotated. */
class FixAfterRotationTest extends FollowedFiles {
    private static final List<Rule> FIX_AFTER_ROTATION = List.of(
            new Rule(
                    "secrets",
                    new Pattern.Regex("secret=(?<v>\\d+)", false),
                    true,
                    Optional.of(new Fix(new Fix.Mask('*', 0, 0), "v", 0, true))),
            new Rule(
                    "errors",
                    new Pattern.Literal("ERROR", false),
                    true,
                    Optional.of(new Fix(new Fix.Replace("FIXED"), "", 0))));

    @Test
    void aFixThatWaitsIsMadeWhenTheFileWasRenamedAndNotBefore() throws IOException {
        write("a.log", "secret=4711 ERROR\n");
        try (Run run = new Run(FIX_AFTER_ROTATION, false)) {
            run.await("secret=**** ERROR", "secret=**** ERROR");
            Awaitility.await().atMost(SOON).until(() -> content("a.log").equals("secret=4711 FIXED\n"));
            append("a.log", "none\nsecret=12\n");
            run.await("secret=**** ERROR", "secret=**** ERROR", "secret=**");
            assertThat(content("a.log")).isEqualTo("secret=4711 FIXED\nnone\nsecret=12\n");

            Files.move(path("a.log"), path("a.log.1"));
            write("a.log", "secret=34\n");

            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> content("a.log.1").equals("secret=**** FIXED\nnone\nsecret=**\n"));
            run.await("secret=**** ERROR", "secret=**** ERROR", "secret=**", "secret=**");
            assertThat(content("a.log")).isEqualTo("secret=34\n");
        }
    }

    @Test
    void aFixThatWaitsIsMadeAlsoWhenTheFileWasClosedLongBeforeItIsRenamed() throws IOException {
        FollowSettings closing = new FollowSettings(
                Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(50), Duration.ofDays(7));
        write("a.log", "secret=4711\n");
        try (Run run = new Run(FIX_AFTER_ROTATION, false, closing)) {
            run.await("secret=****");
            Awaitility.await().atMost(SOON).until(() -> openLogs() == 0);
            Files.move(path("a.log"), path("a.log.1"));
            Awaitility.await().atMost(SOON).until(() -> content("a.log.1").equals("secret=****\n"));
        }
    }

    @Test
    void aRunToTheEndLeavesFixesWaitingAndALaterOneMakesThem() throws IOException {
        write("a.log", "secret=4711\n");
        assertThat(once(FIX_AFTER_ROTATION)).containsExactly("secret=****");
        assertThat(content("a.log")).isEqualTo("secret=4711\n");
        Files.move(path("a.log"), path("a.log.1"));
        write("a.log", "secret=2\n");

        assertThat(once(FIX_AFTER_ROTATION)).containsExactly("secret=*");

        assertThat(content("a.log.1")).isEqualTo("secret=****\n");
        assertThat(content("a.log")).isEqualTo("secret=2\n");
        try (Recovery recovery = Recovery.of(state.resolve("checkpoint"))) {
            Map<String, Long> waiting = recovery.checkpoint().current().entries().entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> "inode " + entry.getKey().inode(),
                            entry -> entry.getValue().pendingBytes()));
            assertThat(waiting.values()).containsExactlyInAnyOrder(0L, 9L);
        }
    }

    @Test
    void whatWaitsIsFixedByTheRulesThatEmittedItOrByRulesThatEmitNothing() throws IOException {
        Fix mask = new Fix(new Fix.Mask('*', 0, 0), "v", 0, true);
        Rule numbers = new Rule("n", new Pattern.Regex("secret=(?<v>\\d+)", false), true, Optional.of(mask));
        Rule words = new Rule("w", new Pattern.Regex("secret=(?<v>\\w+)", false), true, Optional.of(mask));
        Rule silent = new Rule("s", new Pattern.Regex("pin=(?<v>\\d+)", false), false, Optional.of(mask));
        write("a.log", "secret=abc secret=12 pin=34\n");
        assertThat(once(List.of(numbers))).hasSize(1);
        append("a.log", "secret=abc secret=12 pin=34\n");
        assertThat(once(List.of(words, silent))).hasSize(1);

        Files.move(path("a.log"), path("a.log.1"));
        once(List.of(words, silent));

        assertThat(content("a.log.1")).isEqualTo("secret=abc secret=12 pin=**\n".repeat(2));
    }

    @Test
    void anotherFixOrNameOfARuleDoesNotKeepWhatWaitsFromBeingFixed() throws IOException {
        Pattern pattern = new Pattern.Regex("secret=(?<v>\\d+)", false);
        write("a.log", "secret=12\n");
        once(List.of(new Rule("a", pattern, true, Optional.of(new Fix(new Fix.Mask('*', 0, 0), "v", 0, true)))));

        Files.move(path("a.log"), path("a.log.1"));
        once(List.of(new Rule("b", pattern, true, Optional.of(new Fix(new Fix.Mask('#', 0, 0), "v", 0, true)))));

        assertThat(content("a.log.1")).isEqualTo("secret=##\n");
    }
}
