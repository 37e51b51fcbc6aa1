package io.pickaroon.benchmarks;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.ScanTally;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.Window;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The rates of the first windows of a scan in a JVM that has just started, on one thread, in MiB a second: what is lost
 * until the loops are compiled. Prints one line. {@code benchmarks/first-windows} runs it once for each case.
 */
final class FirstWindows {
    private static final int WINDOWS = 20;
    private static final int WINDOW_BYTES = 16 << 20;
    private static final int MAX_RECORD_BYTES = 1 << 20;
    private static final List<String> EXPRESSIONS = List.of(
            "ERROR|FATAL",
            "[A-Z]\\w+Exception",
            "\" 5\\d\\d ",
            "request [0-9a-f]{4}beef of",
            "AKIA[0-9A-Z]{16}",
            "(?i)bearer [a-z0-9._~+/-]+=*",
            "(?i)password=\\S+",
            "user u1234\\d",
            "took 49\\d\\d ms",
            "timeout after \\d+ ms");

    private FirstWindows() {}

    /** A log, and one of 1, every, 10, 100 and expressions. */
    public static void main(String[] arguments) throws IOException {
        List<Rule> rules = new ArrayList<>();
        for (Pattern pattern : patterns(arguments[1])) {
            rules.add(new Rule("rule-" + rules.size(), pattern, false, Optional.empty()));
        }
        long begun = System.nanoTime();
        StringBuilder rates = new StringBuilder("%-12s".formatted(arguments[1]));
        ScanTally all = ScanTally.ZERO;
        try (LogFile file = LogFile.open(Path.of(arguments[0]))) {
            Scanner scanner = new Scanner(rules, Delimiter.AUTO, MAX_RECORD_BYTES);
            List<Window> windows = new WindowPlan(WINDOW_BYTES, MAX_RECORD_BYTES, Delimiter.AUTO)
                    .windows(file, Position.START, file.sizeBytes())
                    .take(WINDOWS)
                    .collectList()
                    .block();
            for (Window window : windows) {
                long before = System.nanoTime();
                all = all.plus(scanner.scan(window)
                        .map(ScannedWindow::tally)
                        .reduce(ScanTally.ZERO, ScanTally::plus)
                        .block());
                double seconds = (System.nanoTime() - before) / 1e9;
                rates.append("%6.0f".formatted((WINDOW_BYTES >> 20) / seconds));
            }
        }
        System.out.printf(
                "%s   %d matched of %d, %.0f ms%n",
                rates, all.matchedRecords(), all.records(), (System.nanoTime() - begun) / 1e6);
    }

    private static List<Pattern> patterns(String kind) {
        return switch (kind) {
            case "1" -> List.of(new Pattern.Literal("ERROR", false));
            case "every" -> List.of(new Pattern.Literal("took", false));
            case "10", "100" -> words(Integer.parseInt(kind));
            case "expressions" ->
                EXPRESSIONS.stream()
                        .map(text -> (Pattern) new Pattern.Regex(text, false))
                        .toList();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** ERROR, and words that are in no log. */
    private static List<Pattern> words(int count) {
        Random random = new Random(42);
        return IntStream.range(0, count)
                .mapToObj(i -> (Pattern) new Pattern.Literal(i == 0 ? "ERROR" : word(random), false))
                .toList();
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int length = 6 + random.nextInt(6); length > 0; length--) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }
}
