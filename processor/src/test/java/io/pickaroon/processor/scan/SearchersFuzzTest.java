package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.search.Searchers;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whatever a file holds and whatever is looked for, {@code memchr} and vectors find and count what plain loops do. */
class SearchersFuzzTest {
    /** In the first bytes: delimiter, size of a window, longest record, size of a part, lengths of the texts. */
    private static final int CUTS = 6;

    private static final int MOST_TEXT_BYTES = 24;

    @FuzzTest(maxDuration = "10m")
    void everySearcherFindsTheSame(byte[] input) {
        if (input.length < CUTS) {
            return;
        }
        int textBytes = Math.min(input.length - CUTS, Byte.toUnsignedInt(input[4]) % MOST_TEXT_BYTES);
        int otherBytes = Math.min(input.length - CUTS - textBytes, Byte.toUnsignedInt(input[5]) % MOST_TEXT_BYTES);
        byte[] log = Arrays.copyOfRange(input, CUTS, input.length);
        List<Rule> rules = new ArrayList<>();
        if (textBytes > 0) {
            rules.add(new Rule("text", new Pattern.Literal(text(log, 0, textBytes), false)));
        }
        if (otherBytes > 0) {
            rules.add(new Rule("either case", new Pattern.Literal(text(log, textBytes, otherBytes), true)));
        }
        rules.add(new Rule("expression", new Pattern.Regex("k[0-9]+q?z", false)));

        List<ScannedWindow> plain = scan(input, log, rules, new Searchers(false, 0, false));
        for (Searchers searchers : List.of(new Searchers(false, 0, true), new Searchers(true, 0, true))) {
            List<ScannedWindow> scanned = scan(input, log, rules, searchers);
            assertThat(NaiveScan.matches(scanned)).as("%s", searchers).isEqualTo(NaiveScan.matches(plain));
            assertThat(scanned.stream().map(ScannedWindow::tally))
                    .as("%s", searchers)
                    .isEqualTo(plain.stream().map(ScannedWindow::tally).toList());
        }
    }

    private static String text(byte[] log, int from, int lengthBytes) {
        return new String(log, from, lengthBytes, StandardCharsets.UTF_8).replace('\n', ' ');
    }

    private static List<ScannedWindow> scan(byte[] input, byte[] log, List<Rule> rules, Searchers searchers) {
        Delimiter delimiter = NaiveScan.DELIMITERS.get(Math.floorMod(input[0], NaiveScan.DELIMITERS.size()));
        int windowBytes = 1 + Byte.toUnsignedInt(input[1]);
        int maxRecordBytes = 1 + Byte.toUnsignedInt(input[2]);
        PartLimit parts = new PartLimit(1 + Byte.toUnsignedInt(input[3]), 1 + Byte.toUnsignedInt(input[3]) / 16);
        Scanner scanner = new Scanner(rules, new RecordFormat(delimiter, maxRecordBytes), parts, searchers);
        return new WindowPlan(windowBytes, maxRecordBytes, delimiter)
                .windows(new MemoryLog(log), Position.START, log.length)
                .concatMap(scanner::scan)
                .collectList()
                .block();
    }
}
