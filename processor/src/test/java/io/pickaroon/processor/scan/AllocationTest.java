package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.Captures;
import io.pickaroon.processor.rule.EmitOptions;
import io.pickaroon.processor.rule.EmittingRules;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.RecordFields;
import io.pickaroon.processor.rule.RegexRecordParser;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.rule.ScanInput;
import io.pickaroon.processor.search.ScalarByteSearch;
import io.pickaroon.processor.search.Searchers;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.Window;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocationTest {
    /** Small, so that there are thousands. */
    private static final int SLICE_BYTES = 4096;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Without the Vector API: until its code is compiled, each of its vectors is an object. */
    @Test
    void lookingAtRecordsAllocatesNothingPerRecord() {
        List<Rule> rules = List.of(
                rule("text", new Pattern.Literal("ERROR", false)),
                rule("texts", new Pattern.AnyOf(List.of("timeout", "refused"), true)),
                rule("with needles", new Pattern.Regex("user=(\\w+)@example\\.(com|org)", false)),
                rule("without", new Pattern.Regex("^[^ ]* +\\S+ .{3,}$", false)));
        String text = "2026-11-20 ERROR user=ann@example.com\n2026-11-20 INFO Refused 10.0.0.1\nshort\n".repeat(500);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        RuleSearch search = new RuleSearch(
                new SearchPlan(rules), new ScalarByteSearch(), new RecordFields(rules, Optional.empty()));
        int matches = walk(search, bytes);
        assertThat(matches).isEqualTo(500 * 5);

        long before = threads.getCurrentThreadAllocatedBytes();
        int again = walk(search, bytes);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(again).isEqualTo(matches);
        assertThat(allocated).isLessThan(1_500);
    }

    /** Of a window no more than it costs to begin and end it: nothing for each of thousands of records or slices. */
    @Test
    void aScanWithMemchrAllocatesNothingPerRecordOrSlice(@TempDir Path directory) throws IOException {
        Path path = Files.writeString(
                directory.resolve("log"),
                "2026-11-20 INFO took 5 ms\n2026-11-20 ERROR it took longer\n".repeat(200_000));
        List<Rule> rules = List.of(
                new Rule("every", new Pattern.Literal("took", false), false, Optional.empty()),
                new Rule("tested", new Pattern.Regex("ERROR.*(took|went)", false), false, Optional.empty()));
        RecordFormat format = new RecordFormat(Delimiter.AUTO, SLICE_BYTES);
        Workspace workspace = new Workspace(
                rules,
                new SearchPlan(rules),
                new Searchers(true, 0, false),
                format,
                ScanDetail.RECORDS,
                ScanInput.NONE);
        try (LogFile file = LogFile.open(path)) {
            Window window = new Window(file, Position.START, file.sizeBytes(), file.sizeBytes(), 0);
            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < 20; round++) {
                ScanPart part = new ScanPart(window, rules, new EmittingRules(Set::of), workspace, PartLimit.STANDARD);
                try (WindowScan scan = new TextScan(window, part)) {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    ScannedWindow scanned = scan.next();
                    allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
                    assertThat(scanned.tally().matchedRecords()).isEqualTo(400_000);
                }
            }
            // The end of the window, its batches of matches and edits, and the bytes that show later where lines end.
            assertThat(allocated).isLessThan(100_000);
        }
    }

    /** Of records in which the needles stand, but that do not match: they are tested and parsed. */
    @Test
    void conditionsAndCapturesAllocateNothingForRecordsThatDoNotMatch(@TempDir Path directory) throws IOException {
        Path path = Files.writeString(
                directory.resolve("log"),
                "level=INFO user=ann ERROR expected\nlevel=INFO user=joe retry of ERROR\n".repeat(20_000));
        Pattern error = new Pattern.Literal("ERROR", false);
        Pattern user = new Pattern.Regex("user=(?<user>\\w+)", false);
        EmitOptions captures = new EmitOptions(new Captures(List.of("user"), List.of("level"), true));
        List<Rule> rules = List.of(
                new Rule(
                        "without texts",
                        new Pattern.All(List.of(
                                user, error, new Pattern.Not(new Pattern.AnyOf(List.of("expected", "retry"), false)))),
                        true,
                        Optional.empty(),
                        captures),
                new Rule(
                        "with a field",
                        new Pattern.All(List.of(
                                user,
                                new Pattern.Any(List.of(
                                        new Pattern.Field("level", new Pattern.FieldTest.EqualTo("FATAL")),
                                        new Pattern.Field("level", new Pattern.FieldTest.Matching("^W")))))),
                        true,
                        Optional.of(new Fix(new Fix.Mask('*', 0, 0), "user", 0)),
                        captures));
        Workspace workspace = new Workspace(
                rules,
                new SearchPlan(rules),
                new Searchers(false, 0, false),
                new RecordFormat(Delimiter.AUTO, SLICE_BYTES),
                ScanDetail.RECORDS,
                new ScanInput("in", Optional.of(new RegexRecordParser("^level=(?<level>\\w+)"))));
        try (LogFile file = LogFile.open(path)) {
            Window window = new Window(file, Position.START, file.sizeBytes(), file.sizeBytes(), 0);
            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < 20; round++) {
                ScanPart part = new ScanPart(window, rules, new EmittingRules(Set::of), workspace, PartLimit.STANDARD);
                try (WindowScan scan = new TextScan(window, part)) {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    ScannedWindow scanned = scan.next();
                    allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
                    assertThat(scanned.tally().records()).isEqualTo(40_000);
                    assertThat(scanned.tally().matchedRecords()).isZero();
                }
            }
            // The end of the window, its batches of matches and edits, and the bytes that show later where lines end.
            assertThat(allocated).isLessThan(100_000);
        }
    }

    private static Rule rule(String id, Pattern pattern) {
        return new Rule(id, pattern, true, Optional.empty());
    }

    private static int walk(RuleSearch search, byte[] bytes) {
        int matches = 0;
        search.begin(bytes, bytes.length);
        for (int start = 0; start < bytes.length; ) {
            int candidate = search.nextCandidate(start);
            if (candidate < 0) {
                break;
            }
            int end = candidate;
            while (bytes[end] != '\n') {
                end++;
            }
            int recordStart = candidate;
            while (recordStart > start && bytes[recordStart - 1] != '\n') {
                recordStart--;
            }
            search.lookAt(recordStart, end);
            for (int rule = 0; rule < 4; rule++) {
                matches += search.matches(rule, recordStart, end) ? 1 : 0;
            }
            start = end + 1;
        }
        return matches;
    }
}
