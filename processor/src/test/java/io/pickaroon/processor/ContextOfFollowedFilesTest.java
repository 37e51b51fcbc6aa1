package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.PacedRun.Arrival;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.TailTimeouts;
import io.pickaroon.processor.rule.Captures;
import io.pickaroon.processor.rule.Context;
import io.pickaroon.processor.rule.EmitOptions;
import io.pickaroon.processor.rule.Multiline;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long a record of a followed file waits for those that stand after it, in simulated time. */
class ContextOfFollowedFilesTest extends FollowedFiles {
    private static final Duration LONGEST = Duration.ofMillis(5_500);
    private static final int MAX_RECORD_BYTES = 1_024;
    private static final RecordFormat LINES = new RecordFormat(Delimiter.AUTO, MAX_RECORD_BYTES);

    private PacedRun run(boolean once, RecordFormat format, int before, int after) {
        Rule errors = new Rule(
                "errors",
                new Pattern.Literal("ERROR", false),
                true,
                Optional.empty(),
                new EmitOptions(Captures.NONE, new Context(before, after)));
        Rule plain = new Rule("plain", new Pattern.Literal("plain", false));
        Reading reading = new Reading(new WindowPlan(4_096, format), TailTimeouts.STANDARD, List.of());
        return new PacedRun(once, 16, 7, new LogInput("test", new LogsHere(), false, reading, List.of(errors, plain)));
    }

    @Test
    void aRecordWaitsForTheRecordsAfterItAndWhatStandsBeforeItDoesNot() throws IOException {
        write("a.log", "plain\nERROR\none\n");
        PacedRun run = run(false, LINES, 1, 2);
        run.runUntil(Duration.ofSeconds(3));
        assertThat(run.records("a.log")).containsExactly("plain");
        append("a.log", "tw");
        run.runUntil(Duration.ofSeconds(4));
        assertThat(run.records("a.log")).containsExactly("plain");
        append("a.log", "o\nthree\n");
        run.runUntil(Duration.ofMillis(4_600));
        assertThat(run.records("a.log")).containsExactly("plain", "plain\nERROR\none\ntwo");
        run.stop();
        run.runToEnd();
        assertThat(run.ledger().scanned().bytes()).isEqualTo("plain\nERROR\none\ntwo\nthree\n".length());
        assertThat(run.ledger().scanned().matchedBytes()).isEqualTo("plain\nERROR\n".length());
    }

    @Test
    void aRecordWaitsForFiveSecondsAtMost() throws IOException {
        write("a.log", "ERROR\none\nplain\n");
        PacedRun run = run(false, LINES, 0, 3);
        run.runUntil(Duration.ofSeconds(4));
        assertThat(run.records("a.log")).isEmpty();
        run.runUntil(LONGEST);
        assertThat(run.records("a.log")).containsExactly("ERROR\none\nplain", "plain");
        append("a.log", "two\nthree\n");
        run.runUntil(Duration.ofSeconds(12));
        assertThat(run.records("a.log")).hasSize(2);
    }

    @Test
    void noRecordWaitsLongerHoweverDenselyOthersFollow() throws IOException {
        write("a.log", "");
        PacedRun run = run(false, LINES, 0, 1_000);
        int records = 150;
        for (int i = 0; i < records; i++) {
            run.runUntil(Duration.ofMillis(1_000 + 200L * i));
            append("a.log", "ERROR %d of some\nother\n".formatted(i));
        }
        run.runUntil(Duration.ofSeconds(60));
        List<Arrival> arrivals = run.of("a.log");
        assertThat(arrivals).hasSize(records);
        for (int i = 0; i < records; i++) {
            assertThat(arrivals.get(i).record()).startsWith("ERROR %d of".formatted(i));
            assertThat(arrivals.get(i).at().minusMillis(1_000 + 200L * i))
                    .isBetween(Duration.ofMillis(i < records - 50 ? 0 : 4_400), LONGEST.plus(Duration.ofMillis(300)));
        }
    }

    @Test
    void aRecordThatCanTakeNoMoreDoesNotWait() throws IOException {
        String large = "x".repeat(MAX_RECORD_BYTES - 8);
        write("a.log", "ERROR\n" + large + "\n");
        PacedRun run = run(false, LINES, 0, 3);
        run.runUntil(Duration.ofSeconds(1));
        assertThat(run.records("a.log")).isEmpty();
        append("a.log", "y".repeat(100) + "\n");
        run.runUntil(Duration.ofSeconds(2));
        assertThat(run.records("a.log")).containsExactly("ERROR\n" + large);
    }

    @Test
    void nothingIsHeldInAFileThatWasRotatedAndNothingComesFromTheNext() throws IOException {
        write("a.log", "plain\n");
        PacedRun run = run(false, LINES, 0, 3);
        run.runUntil(Duration.ofMillis(8_500));
        append("a.log", "ERROR\none\n");
        run.runUntil(Duration.ofSeconds(9));
        assertThat(run.records("a.log")).containsExactly("plain");
        Files.move(path("a.log"), path("a.log.1"));
        write("a.log", "ERROR of the next\nnext\n");
        run.runUntil(Duration.ofSeconds(12));
        assertThat(run.records("a.log")).containsExactly("plain", "ERROR\none");
        run.runUntil(Duration.ofSeconds(18));
        assertThat(run.records("a.log")).containsExactly("plain", "ERROR\none", "ERROR of the next\nnext");
    }

    @Test
    void aStopEmitsWhatIsHeldWithWhatIsThere() throws IOException {
        write("a.log", "ERROR\none\nplain\nunfin");
        PacedRun run = run(false, LINES, 0, 3);
        run.runUntil(Duration.ofSeconds(2));
        assertThat(run.records("a.log")).isEmpty();
        run.stop();
        run.runToEnd();
        assertThat(run.records("a.log")).containsExactly("ERROR\none\nplain", "plain");
        assertThat(run.now()).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void aRunToTheEndOfTheFilesHoldsNothing() throws IOException {
        write("a.log", "zero\nERROR\none\n");
        PacedRun run = run(true, LINES, 1, 3);
        run.runToEnd();
        assertThat(run.records("a.log")).containsExactly("zero\nERROR\none");
        assertThat(run.now()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void recordsOfSeveralLinesAreWaitedForUntilTheyAreWhole() throws IOException {
        RecordFormat traces =
                new RecordFormat(Delimiter.AUTO, MAX_RECORD_BYTES, Optional.of(Multiline.continuedBy("^\\s")));
        write("a.log", "ERROR\n at x\none\n at y\n");
        PacedRun run = run(false, traces, 0, 1);
        run.runUntil(Duration.ofSeconds(2));
        assertThat(run.records("a.log")).isEmpty();
        append("a.log", " at z\ntwo\n");
        run.runUntil(Duration.ofSeconds(3));
        assertThat(run.records("a.log")).containsExactly("ERROR\n at x\none\n at y\n at z");
    }
}
