package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pickaroon.processor.container.ContainerFormat;
import io.pickaroon.processor.container.ContainerFormat.Syntax;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.Captures;
import io.pickaroon.processor.rule.EmitOptions;
import io.pickaroon.processor.rule.Multiline;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Whatever a container log holds, it is read the same in one window and in many, and every byte is counted. */
class ContainerFuzzTest {
    private static final List<Rule> RULES = List.of(new Rule(
            "every",
            new Pattern.Regex("", false),
            true,
            Optional.empty(),
            new EmitOptions(new Captures(List.of(), List.of("stream", "time", "partial"), false))));

    /** How it is read stands in its first bytes: format, size of a window, longest record, way to the last part. */
    private static final int CUTS = 4;

    @FuzzTest(maxDuration = "10m")
    void isReadTheSameInEveryCut(byte[] input) {
        if (input.length < CUTS) {
            return;
        }
        ContainerFormat container =
                new ContainerFormat(Syntax.values()[input[0] & 1], 1 + 4 * Byte.toUnsignedInt(input[3]));
        RecordFormat format = new RecordFormat(
                Delimiter.AUTO,
                1 + Byte.toUnsignedInt(input[2]),
                (input[0] & 2) == 0 ? Optional.empty() : Optional.of(Multiline.continuedBy("^ ")),
                Optional.of(container));
        byte[] log = Arrays.copyOfRange(input, CUTS, input.length);
        Scanner scanner = new Scanner(RULES, format, new PartLimit(1 << 20, 1 + Byte.toUnsignedInt(input[2])));

        List<ScannedWindow> whole = scan(scanner, new WindowPlan(1 << 20, format), log);
        List<ScannedWindow> cut = scan(scanner, new WindowPlan(1 + Byte.toUnsignedInt(input[1]), format), log);

        assertThat(NaiveScan.matches(cut)).isEqualTo(NaiveScan.matches(whole));
        assertThat(tally(cut)).isEqualTo(tally(whole));
        assertThat(tally(whole).bytes()).isEqualTo(log.length);
    }

    private static ScanTally tally(List<ScannedWindow> parts) {
        return parts.stream().map(ScannedWindow::tally).reduce(ScanTally.ZERO, ScanTally::plus);
    }

    private static List<ScannedWindow> scan(Scanner scanner, WindowPlan plan, byte[] log) {
        LogFile file = new MemoryLog(log);
        AtomicReference<Position> reached = new AtomicReference<>(Position.START);
        return plan.inTurn(file, reached::get, log.length, log.length, false)
                .concatMap(window -> scanner.scan(window).doOnNext(part -> reached.set(part.end())), 0)
                .collectList()
                .block();
    }
}
