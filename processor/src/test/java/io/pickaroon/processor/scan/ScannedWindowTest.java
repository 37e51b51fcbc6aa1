package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The head of a window, up to one of its matches. */
class ScannedWindowTest {
    private static final String CONTENT = "other\none\nboth a and b\ntwo a\nother\nthree b\n";
    private static final List<Rule> RULES = List.of(
            new Rule("a", new Pattern.Regex("[a1]|one", false)), new Rule("b", new Pattern.Literal("b", false)));

    @TempDir
    Path directory;

    private ScannedWindow scan(LogFile file, List<Rule> rules) throws IOException {
        Window window = new Window(file, Position.START, file.sizeBytes(), file.sizeBytes(), 0);
        return new Scanner(rules, Delimiter.AUTO, 100).scan(window).blockFirst();
    }

    @Test
    void hasWhatStandsBeforeTheRecordOfTheMatch() throws IOException {
        Path path = Files.writeString(directory.resolve("a.log"), CONTENT);
        try (LogFile file = LogFile.open(path)) {
            ScannedWindow window = scan(file, RULES);
            // one: a; both: a, b; two: a; three: b.
            assertThat(window.matches().size()).isEqualTo(5);
            assertThat(window.before(0)).isEmpty();
            for (int match : new int[] {1, 2}) {
                ScannedWindow head = window.before(match).orElseThrow();
                assertThat(head.end()).isEqualTo(new Position(CONTENT.indexOf("both"), true));
                assertThat(head.matches().size()).isEqualTo(1);
                assertThat(head.whole()).isSameAs(window);
            }
            ScannedWindow head = window.before(4).orElseThrow();
            assertThat(head.end()).isEqualTo(new Position(CONTENT.indexOf("three"), true));
            assertThat(head.matches().size()).isEqualTo(4);
            assertThat(head.matches().matchedRecords(0)).isEqualTo(3);
            assertThat(head.matches().matchedRecords(1)).isEqualTo(1);
            assertThat(new String(head.matches().copyOfRecord(3), StandardCharsets.UTF_8))
                    .isEqualTo("two a");
            assertThat(head.tally().bytes()).isEqualTo(head.end().offset());
            assertThat(head.tally().matchedRecords()).isEqualTo(3);
            assertThat(head.lineEnds().areStillIn(file, head.end().offset())).isTrue();
            assertThat(head.rules()).isEqualTo(window.rules());
        }
    }

    /** Positions in other content would let a later reader take it for what was delivered. */
    @Test
    void isNotMadeOfAFileThatHasOtherContentByNow() throws IOException {
        Path path = Files.writeString(directory.resolve("a.log"), CONTENT);
        try (LogFile file = LogFile.open(path)) {
            ScannedWindow window = scan(file, RULES);
            Files.writeString(path, "x".repeat(CONTENT.length() - 1) + "\n");
            assertThat(window.before(4)).isEmpty();
            Files.writeString(path, "short\n");
            assertThat(window.before(4)).isEmpty();
        }
    }

    @Test
    void isNotMadeOfAWindowWithEdits() throws IOException {
        Path path = Files.writeString(directory.resolve("a.log"), CONTENT);
        Rule fixing = new Rule(
                "fixing",
                new Pattern.Literal("two", false),
                true,
                Optional.of(new Fix(new Fix.Replace("TWO"), "", 0, false)));
        try (LogFile file = LogFile.open(path)) {
            assertThat(scan(file, List.of(RULES.getFirst(), fixing)).before(2)).isEmpty();
        }
    }
}
