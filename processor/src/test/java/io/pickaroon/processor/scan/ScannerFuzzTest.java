package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Whatever a file holds and however it is cut, the scanner finds and counts what splitting it into records finds. */
class ScannerFuzzTest {
    private static final List<Rule> RULES = List.of(
            new Rule("literal", new Pattern.Literal("ab", false)),
            new Rule("any", new Pattern.AnyOf(List.of("ca", "\r\r", "bb"), true)),
            new Rule("with required text", new Pattern.Regex("ab+c", false)),
            new Rule("every record", new Pattern.Regex("^(|(?s:.*)b(?s:.?))$", false)));
    private static final List<Predicate<String>> TRUTHS = List.of(
            content -> content.contains("ab"),
            content -> List.of("ca", "\r\r", "bb").stream().anyMatch(content.toLowerCase(Locale.ROOT)::contains),
            content -> java.util.regex.Pattern.compile("ab+c").matcher(content).find(),
            content -> content.isEmpty() || content.endsWith("b") || content.matches("(?s).*b."));

    /** How the file is cut stands in its first bytes: delimiter, size of a window, longest record, size of a part. */
    private static final int CUTS = 4;

    @FuzzTest(maxDuration = "10m")
    void findsWhatANaiveSplitterFinds(byte[] input) {
        if (input.length < CUTS) {
            return;
        }
        Delimiter delimiter = NaiveScan.DELIMITERS.get(Math.floorMod(input[0], NaiveScan.DELIMITERS.size()));
        int windowBytes = 1 + Byte.toUnsignedInt(input[1]);
        int maxRecordBytes = 1 + Byte.toUnsignedInt(input[2]);
        PartLimit parts = new PartLimit(1 + Byte.toUnsignedInt(input[3]), 1 + Byte.toUnsignedInt(input[3]) / 16);
        byte[] log = Arrays.copyOfRange(input, CUTS, input.length);

        NaiveScan.Result expected = NaiveScan.of(log, delimiter, maxRecordBytes, TRUTHS);
        Scanner scanner = new Scanner(RULES, new RecordFormat(delimiter, maxRecordBytes), parts);
        List<ScannedWindow> scanned = new WindowPlan(windowBytes, maxRecordBytes, delimiter)
                .windows(new MemoryLog(log), Position.START, log.length)
                .concatMap(scanner::scan)
                .collectList()
                .block();

        assertThat(NaiveScan.matches(scanned)).isEqualTo(expected.matches());
        assertThat(scanned.stream().map(ScannedWindow::tally).reduce(ScanTally.ZERO, ScanTally::plus))
                .isEqualTo(expected.tally());
        assertThat(expected.tally().bytes()).isEqualTo(log.length);
    }
}
