package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pickaroon.processor.search.ScalarByteSearch;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AllocationTest {
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
        RuleSearch search = new RuleSearch(new SearchPlan(rules), new ScalarByteSearch());
        int matches = walk(search, bytes);
        assertThat(matches).isEqualTo(500 * 5);

        long before = threads.getCurrentThreadAllocatedBytes();
        int again = walk(search, bytes);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(again).isEqualTo(matches);
        assertThat(allocated).isLessThan(1_500);
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
