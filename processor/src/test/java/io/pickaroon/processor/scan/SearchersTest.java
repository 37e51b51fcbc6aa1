package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.search.Searchers;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code memchr}, vectors and plain loops find and count what splitting a file into records finds. */
@Execution(ExecutionMode.CONCURRENT)
class SearchersTest {
    private static final Searchers MEMCHR = new Searchers(true, 0, true);
    private static final Searchers VECTORS = new Searchers(false, 0, true);
    private static final Searchers PLAIN = new Searchers(false, 0, false);
    private static final Searchers MEMCHR_WITHOUT_VECTORS = new Searchers(true, 0, false);
    private static final List<Searchers> ALL = List.of(MEMCHR, VECTORS, PLAIN, MEMCHR_WITHOUT_VECTORS);

    @TempDir
    Path directory;

    /** A slice is at most as long as the longest record, so that each length of that is another end of slices. */
    @Test
    void everySearcherFindsANeedleOfEveryLengthAtEveryAlignmentAndSliceEnd() throws IOException {
        Random random = new Random(42);
        for (int needleLength = 1; needleLength <= 18; needleLength++) {
            for (int maxRecordBytes = 1; maxRecordBytes <= 70; maxRecordBytes++) {
                String needle = text(random, needleLength, "abxq");
                byte[] log = log(random, List.of(needle));
                List<Rule> rules = List.of(new Rule("literal", new Pattern.Literal(needle, false)));
                assertAllFind(rules, List.of(content -> content.contains(needle)), log, maxRecordBytes, random);
            }
        }
    }

    @Test
    void everySearcherFindsSeveralNeedlesInEitherCaseAndExpressions() throws IOException {
        Random random = new Random(7);
        int byMemchr = 0;
        for (int round = 0; round < 600; round++) {
            String one = text(random, 1 + random.nextInt(5), "abxqQ");
            String other = text(random, 1 + random.nextInt(12), "abxqQ");
            List<Rule> rules = List.of(
                    new Rule("literal", new Pattern.Literal(one, false)),
                    new Rule("either case", new Pattern.Literal(other, true), false, Optional.empty()),
                    new Rule("expression", new Pattern.Regex("Qx+a", false)));
            List<Predicate<String>> truths = List.of(
                    content -> content.contains(one),
                    content -> content.toLowerCase(Locale.ROOT).contains(other.toLowerCase(Locale.ROOT)),
                    content -> java.util.regex.Pattern.compile("Qx+a")
                            .matcher(content)
                            .find());
            byte[] log = log(random, List.of(one, other, "Qxa", "Qxxxa", one + "\n" + other));
            byMemchr += suitsMemchr(rules) ? 1 : 0;
            assertAllFind(rules, truths, log, 1 + random.nextInt(80), random);
        }
        assertThat(byMemchr).isGreaterThan(300);
    }

    /** More than {@code memchr} looks for where there are vectors, and more than it looks for at all. */
    @Test
    void everySearcherFindsManyTexts() throws IOException {
        Random random = new Random(11);
        int byMemchr = 0;
        for (int round = 0; round < 300; round++) {
            List<String> texts = new ArrayList<>();
            for (int count = 5 + random.nextInt(12); count > 0; count--) {
                texts.add(text(random, 1 + random.nextInt(9), "xqQvzkjwy"));
            }
            List<Rule> rules = new ArrayList<>();
            List<Predicate<String>> truths = new ArrayList<>();
            for (String text : texts) {
                rules.add(new Rule(
                        "rule " + rules.size(),
                        new Pattern.Literal(text, false),
                        random.nextBoolean(),
                        Optional.empty()));
                truths.add(content -> content.contains(text));
            }
            byMemchr += new SearchPlan(rules).suitsMemchr(new RecordFormat(Delimiter.AUTO, 1 << 20), false) ? 1 : 0;
            assertAllFind(rules, truths, log(random, texts), 1 + random.nextInt(80), random);
        }
        assertThat(byMemchr).isBetween(100, 250);
    }

    @Test
    void everySearcherFindsANeedleThatHoldsADelimiterOnlyWhereItEndsNoRecord() throws IOException {
        Random random = new Random(3);
        List<Rule> rules = List.of(
                new Rule("over the end", new Pattern.Literal("qcx", false)),
                new Rule("return", new Pattern.Literal("q\r", false)));
        byte[] log = "qcx\nq\r\nqc\rx\r\nxxqcx\n".repeat(30).getBytes(StandardCharsets.US_ASCII);
        for (int maxRecordBytes = 1; maxRecordBytes < 70; maxRecordBytes++) {
            assertAllFind(
                    rules,
                    List.of(content -> content.contains("qcx"), content -> content.contains("q\r")),
                    log,
                    maxRecordBytes,
                    random);
        }
    }

    /** Stretches in which nearly every place is in vain, and others, longer than what is searched before going back. */
    @Test
    void aFileInWhichTheSearcherChangesOverAndBackIsFoundWhole() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int stretch = 0; stretch < 6; stretch++) {
            String line = stretch % 2 == 0 ? "q".repeat(60) + "\n" : "x".repeat(60) + "\n";
            text.append(line.repeat(2_000)).append("here is a qx, no?\n");
        }
        byte[] log = text.toString().getBytes(StandardCharsets.US_ASCII);
        Path path = Files.write(directory.resolve("log"), log);
        List<Rule> rules = List.of(new Rule("literal", new Pattern.Literal("qx", false)));
        NaiveScan.Result expected =
                NaiveScan.of(log, Delimiter.AUTO, 1 << 20, List.of(content -> content.contains("qx")));
        for (Searchers searchers : ALL) {
            Scanner scanner =
                    new Scanner(rules, new RecordFormat(Delimiter.AUTO, 1 << 20), PartLimit.STANDARD, searchers);
            assertFinds(scanner, new WindowPlan(4096, 1 << 20, Delimiter.AUTO), path, expected, "" + searchers);
        }
    }

    @Test
    void vectorsPaySoonerTheMoreBytesALoopWithoutThemTouches() {
        RecordFormat lines = new RecordFormat(Delimiter.AUTO, 1 << 20);
        Pattern error = new Pattern.Literal("ERROR", false);
        assertThat(vectorsPay(error, lines)).isEmpty();
        assertThat(vectorsPay(new Pattern.Regex("user=\\d+", false), lines)).isEmpty();
        assertThat(vectorsPay(new Pattern.Literal("error", true), lines))
                .as("its letters are common")
                .hasValue(2L << 30);
        Pattern words = new Pattern.AnyOf(List.of("vexed", "wings", "xenon", "yucca", "zebra", "kudos", "joker"), true);
        assertThat(vectorsPay(words, lines)).hasValue(2L << 30);
        assertThat(vectorsPay(error, new RecordFormat(Delimiter.CRLF, 1 << 20))).hasValue(2L << 30);
        Pattern letters = new Pattern.AnyOf(List.of("v", "w", "x", "y", "z", "k", "j"), false);
        assertThat(vectorsPay(letters, lines)).hasValue(2L << 30);
        assertThat(vectorsPay(new Pattern.Regex("^[0-9]+$", false), lines)).hasValue(300L << 20);
        assertThat(vectorsPay(new Pattern.Regex("\\b\\d{13,19}\\b", false), lines))
                .hasValue(300L << 20);
    }

    private static OptionalLong vectorsPay(Pattern pattern, RecordFormat format) {
        return Scanner.vectorsPayFromBytes(List.of(rule(pattern)), format);
    }

    private static Rule rule(Pattern pattern) {
        return new Rule("rule", pattern);
    }

    private static boolean suitsMemchr(List<Rule> rules) {
        return new SearchPlan(rules).suitsMemchr(new RecordFormat(Delimiter.AUTO, 1 << 20), true);
    }

    private void assertAllFind(
            List<Rule> rules, List<Predicate<String>> truths, byte[] log, int maxRecordBytes, Random random)
            throws IOException {
        Delimiter delimiter = NaiveScan.delimiter(random);
        NaiveScan.Result expected = NaiveScan.of(log, delimiter, maxRecordBytes, truths);
        List<NaiveScan.Match> emitted = expected.matches().stream()
                .filter(match -> rules.get(match.rule()).emits())
                .toList();
        NaiveScan.Result shown = new NaiveScan.Result(emitted, expected.tally());
        Path path = Files.write(directory.resolve("log"), log);
        PartLimit parts = new PartLimit(1 + random.nextInt(200), 1 + random.nextInt(10));
        WindowPlan plan = new WindowPlan(1 + random.nextInt(log.length), maxRecordBytes, delimiter);
        for (Searchers searchers : ALL) {
            Scanner scanner = new Scanner(rules, new RecordFormat(delimiter, maxRecordBytes), parts, searchers);
            String what =
                    "%s, %s, %s, '%s'".formatted(searchers, plan, rules, new String(log, StandardCharsets.ISO_8859_1));
            assertFinds(scanner, plan, path, shown, what);
            assertCounts(rules, new RecordFormat(delimiter, maxRecordBytes), searchers, plan, path, expected.tally());
        }
    }

    /** Rules that nothing needs the records of: that all records are counted, and that only matches are. */
    private static void assertCounts(
            List<Rule> rules, RecordFormat format, Searchers searchers, WindowPlan plan, Path path, ScanTally expected)
            throws IOException {
        List<Rule> counting = rules.stream()
                .map(rule -> new Rule(rule.id(), rule.pattern(), false, Optional.empty()))
                .toList();
        Scanner scanner = new Scanner(counting, format, PartLimit.STANDARD, searchers);
        assertThat(tally(scan(scanner, plan, path))).isEqualTo(expected);
        ScanTally matches = tally(scan(scanner.countingMatchesOnly(), plan, path));
        assertThat(matches.records()).isBetween(expected.matchedRecords(), expected.records());
        assertThat(matches)
                .isEqualTo(new ScanTally(
                        matches.records(),
                        expected.matchedRecords(),
                        expected.oversizedRecords(),
                        expected.matchedBytes(),
                        expected.unmatchedBytes(),
                        expected.oversizedBytes()));
    }

    private static void assertFinds(Scanner scanner, WindowPlan plan, Path path, NaiveScan.Result expected, String what)
            throws IOException {
        List<ScannedWindow> parts = scan(scanner, plan, path);
        assertThat(NaiveScan.matches(parts)).as(what).isEqualTo(expected.matches());
        assertThat(tally(parts)).as(what).isEqualTo(expected.tally());
    }

    private static List<ScannedWindow> scan(Scanner scanner, WindowPlan plan, Path path) throws IOException {
        try (LogFile file = LogFile.open(path)) {
            return plan.windows(file, Position.START, file.sizeBytes())
                    .concatMap(scanner::scan)
                    .collectList()
                    .block();
        }
    }

    private static ScanTally tally(List<ScannedWindow> parts) {
        return parts.stream().map(ScannedWindow::tally).reduce(ScanTally.ZERO, ScanTally::plus);
    }

    private static String text(Random random, int length, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** A few lines; some have one of the texts, or its beginning. */
    private static byte[] log(Random random, List<String> texts) {
        List<String> lines = new ArrayList<>();
        for (int line = 5 + random.nextInt(20); line > 0; line--) {
            String planted = texts.get(random.nextInt(texts.size()));
            lines.add(text(random, random.nextInt(random.nextInt(6) == 0 ? 100 : 20), "abxqQc")
                    + switch (random.nextInt(4)) {
                        case 0 -> planted;
                        case 1 -> planted.substring(0, planted.length() - 1);
                        default -> "";
                    }
                    + text(random, random.nextInt(10), "abxqQ\r")
                    + (random.nextInt(5) == 0 ? "\r\n" : "\n"));
        }
        String log = String.join("", lines);
        return log.substring(0, log.length() - random.nextInt(3)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
