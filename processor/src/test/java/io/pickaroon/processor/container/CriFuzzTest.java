package io.pickaroon.processor.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pickaroon.processor.container.ContainerFormat.Syntax;
import io.pickaroon.processor.container.FoundByReader.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Whatever a log of the container runtime interface holds, its records are those that the obvious way to read finds. */
class CriFuzzTest {
    /** The obvious way knows no bound for what stands before a text. */
    private static final Pattern LONG_BEFORE_TEXT = Pattern.compile("(?m)^[^ \n]{63,} |[PF]:[^ \n]{200}");

    @FuzzTest(maxDuration = "10m")
    void isReadAsTheObviousWayDoes(byte[] input) throws IOException {
        if (input.length < Plan.BYTES) {
            return;
        }
        Plan plan = Plan.of(input, Syntax.CRI);
        byte[] log = Arrays.copyOfRange(input, Plan.BYTES, input.length);
        if (LONG_BEFORE_TEXT
                .matcher(new String(log, StandardCharsets.ISO_8859_1))
                .find()) {
            return;
        }
        assertThat(plan.found(log)).isEqualTo(plan.expected(log));
    }
}
