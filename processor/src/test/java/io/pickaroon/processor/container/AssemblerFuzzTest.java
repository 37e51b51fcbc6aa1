package io.pickaroon.processor.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pickaroon.processor.container.ContainerFormat.Syntax;
import io.pickaroon.processor.container.FoundByReader.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** However lines of two streams follow each other, their records are those that the obvious way to read finds. */
class AssemblerFuzzTest {
    private static final int MOST_LINES = 64;

    @FuzzTest(maxDuration = "10m")
    void putsTheSameRecordsTogetherAsTheObviousWayDoes(byte[] input) throws IOException {
        if (input.length < Plan.BYTES || input.length > Plan.BYTES + 2 * MOST_LINES) {
            return;
        }
        Plan plan = Plan.of(input, (input[0] & 8) == 0 ? Syntax.CRI : Syntax.DOCKER);
        byte[] log = log(input, plan.format().syntax());
        assertThat(plan.found(log)).isEqualTo(plan.expected(log));
    }

    /** Each line is two bytes of the input: what it is, and how long its text is. */
    private static byte[] log(byte[] input, Syntax syntax) {
        StringBuilder log = new StringBuilder();
        for (int at = Plan.BYTES; at + 1 < input.length; at += 2) {
            int kind = input[at];
            String text = ((kind & 1) == 0 ? " " : "") + "t".repeat(Byte.toUnsignedInt(input[at + 1]));
            String end = (kind & 2) == 0 ? "\r" : "";
            String stream = (kind & 4) == 0 ? "stdout" : "stderr";
            boolean isLast = (kind & 8) == 0;
            String time = "2026-11-30T09:00:00." + at + "Z";
            if ((kind & 0x70) == 0) {
                log.append(text).append(end).append('\n');
            } else if (syntax == Syntax.CRI) {
                log.append("%s %s %s %s%s\n".formatted(time, stream, isLast ? "F" : "P", text, end));
            } else {
                log.append("{\"log\":\"%s%s%s\",\"stream\":\"%s\",\"time\":\"%s\"}\n"
                        .formatted(text, end.isEmpty() ? "" : "\\r", isLast ? "\\n" : "", stream, time));
            }
        }
        int missing = (input[0] & 16) == 0 ? 0 : 1 + (input[0] >> 5 & 3);
        log.setLength(Math.max(0, log.length() - missing));
        return log.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
