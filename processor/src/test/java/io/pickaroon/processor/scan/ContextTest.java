package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.Captures;
import io.pickaroon.processor.rule.Context;
import io.pickaroon.processor.rule.EmitOptions;
import io.pickaroon.processor.rule.Multiline;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which neighbours come with a record. */
class ContextTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path directory;

    /** A match as it is emitted. */
    private record Emitted(int rule, long offset, int before, int after, boolean headOnly, String text) {}

    @Test
    void takesTheNeighboursThatANaiveSplitterTakesForEveryCutIntoWindows() throws IOException {
        for (long seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = randomLog(random);
            boolean isMultiline = random.nextInt(3) == 0;
            RecordFormat format = new RecordFormat(
                    NaiveScan.delimiter(random),
                    1 + random.nextInt(60),
                    isMultiline ? Optional.of(Multiline.startingWith("^a")) : Optional.empty());
            Context one = context(random);
            Context other = context(random);
            List<Rule> rules =
                    List.of(rule("one", "ab", one), rule("plain", "a", Context.NONE), rule("other", "b", other));
            WindowPlan plan = new WindowPlan(1 + random.nextInt(60), format);
            PartLimit part = new PartLimit(MEBIBYTE, random.nextInt(4) == 0 ? 1 : 1000);
            Scanner scanner = new Scanner(rules, format, part);

            Predicate<String> starts = isMultiline ? line -> line.startsWith("a") : _ -> true;
            List<Predicate<String>> truths =
                    List.of(text -> text.contains("ab"), text -> text.contains("a"), text -> text.contains("b"));
            NaiveScan.Result naive = NaiveScan.of(bytes, format.delimiter(), format.maxRecordBytes(), starts, truths);
            List<NaiveScan.Match> records = NaiveScan.of(
                            bytes, format.delimiter(), format.maxRecordBytes(), starts, List.of(_ -> true))
                    .matches();
            List<Emitted> expected = naive.matches().stream()
                    .map(match -> expected(
                            records, match, List.of(one, Context.NONE, other).get(match.rule()), format))
                    .toList();
            List<ScannedWindow> parts = scan(scanner, plan, bytes);
            assertThat(emitted(parts)).as("seed %d, %s", seed, plan).isEqualTo(expected);
            ScanTally tally = ScanTally.ZERO;
            for (ScannedWindow window : parts) {
                tally = tally.plus(window.tally());
            }
            assertThat(tally).as("tally, seed %d", seed).isEqualTo(naive.tally());
        }
    }

    private static Context context(Random random) {
        return new Context(random.nextInt(4), random.nextInt(4));
    }

    private static Rule rule(String id, String literal, Context context) {
        return new Rule(
                id,
                new Pattern.Literal(literal, false),
                true,
                Optional.empty(),
                new EmitOptions(Captures.NONE, context));
    }

    /** The nearest first, one before and one after in turns. */
    private static Emitted expected(
            List<NaiveScan.Match> records, NaiveScan.Match match, Context context, RecordFormat format) {
        int index = 0;
        while (records.get(index).offset() < match.offset()) {
            index++;
        }
        int first = index;
        int last = index;
        boolean goesBack = !match.headOnly();
        boolean goesOn = !match.headOnly();
        while (goesBack || goesOn) {
            goesBack = goesBack && index - first < context.before() && first > 0;
            goesBack = goesBack && fits(records, first - 1, last, first - 1, format);
            first -= goesBack ? 1 : 0;
            goesOn = goesOn && last - index < context.after() && last + 1 < records.size();
            goesOn = goesOn && fits(records, first, last + 1, last + 1, format);
            last += goesOn ? 1 : 0;
        }
        String text = records.subList(first, last + 1).stream()
                .map(NaiveScan.Match::content)
                .collect(Collectors.joining("\n"));
        return new Emitted(match.rule(), match.offset(), index - first, last - index, match.headOnly(), text);
    }

    private static boolean fits(List<NaiveScan.Match> records, int first, int last, int taken, RecordFormat format) {
        NaiveScan.Match end = records.get(last);
        long spanned =
                end.offset() + end.content().length() - records.get(first).offset();
        return !records.get(taken).headOnly() && spanned <= format.maxRecordBytes();
    }

    private static byte[] randomLog(Random random) {
        String alphabet = "aaabbc>x\r\n\n\n\0";
        StringBuilder log = new StringBuilder();
        int length = 1 + random.nextInt(250);
        while (log.length() < length) {
            log.append(
                    switch (random.nextInt(12)) {
                        case 0 -> "\r\n";
                        case 1 -> "\r\nb";
                        case 2 -> "\0\n";
                        default -> String.valueOf(alphabet.charAt(random.nextInt(alphabet.length())));
                    });
        }
        return log.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aByteOrderMarkAndTheNulsOfATruncationBelongToNoNeighbour() throws IOException {
        for (String head : List.of("\u00ef\u00bb\u00bf", "\0".repeat(100))) {
            byte[] log = (head + "one\ntwo\nab\n").getBytes(StandardCharsets.ISO_8859_1);
            assertThat(texts(log, new Context(5, 0), MEBIBYTE)).containsExactly("one\ntwo\nab");
        }
    }

    @Test
    void recordsOfManyBlocksComeWhole() throws IOException {
        String before = "x".repeat(300_000);
        String after = "y".repeat(200_000);
        byte[] log = ("left out\n" + before + "\nab\n" + after + "\n").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(texts(log, new Context(1, 3), MEBIBYTE)).containsExactly(before + "\nab\n" + after);
        assertThat(texts(log, new Context(2, 1), 300_003 + 200_001)).containsExactly(before + "\nab\n" + after);
        assertThat(texts(log, new Context(2, 1), 300_003 + 200_000)).containsExactly("left out\n" + before + "\nab");
    }

    @Test
    void aRecordThatBeginsInTheMiddleOfALineTakesNoneBeforeIt() throws IOException {
        byte[] log = "one\ncut here ab\ntwo\n".getBytes(StandardCharsets.ISO_8859_1);
        RecordFormat format = new RecordFormat(Delimiter.AUTO, 100);
        Scanner scanner = new Scanner(List.of(rule("r", "ab", new Context(3, 3))), format, PartLimit.STANDARD);
        try (LogFile file = LogFile.open(Files.write(directory.resolve("log"), log))) {
            List<ScannedWindow> parts = new WindowPlan(100, format)
                    .windows(file, new Position(8, true), log.length)
                    .concatMap(scanner::scan)
                    .collectList()
                    .block();
            assertThat(emitted(parts)).containsExactly(new Emitted(0, 8, 0, 1, false, "here ab\ntwo"));
        }
    }

    @Test
    void partsHoldNoMoreThanTheirLimitAndOneMatch() throws IOException {
        String line = "ab" + "x".repeat(98);
        byte[] log = (line + "\n").repeat(50).getBytes(StandardCharsets.ISO_8859_1);
        RecordFormat format = new RecordFormat(Delimiter.AUTO, MEBIBYTE);
        Scanner scanner = new Scanner(List.of(rule("r", "ab", new Context(2, 2))), format, new PartLimit(2_000, 1_000));
        List<ScannedWindow> parts = scan(scanner, new WindowPlan(MEBIBYTE, format), log);
        assertThat(parts).hasSizeGreaterThan(10);
        assertThat(parts).allMatch(part -> part.matches().recordBytes() < 2_000 + 5 * 101);
        assertThat(emitted(parts))
                .hasSize(50)
                .allMatch(match -> match.text().length() == 101 * (1 + match.before() + match.after()) - 1);
        MatchBatch head = parts.get(5).matches().first(1);
        assertThat(head.contextBefore(0)).isEqualTo(2);
        assertThat(head.contextAfter(0)).isEqualTo(2);
    }

    @Test
    void capturedValuesAreThoseOfTheRecord() throws IOException {
        Rule capturing = new Rule(
                "r",
                new Pattern.Regex("n=(?<n>\\d)", false),
                true,
                Optional.empty(),
                new EmitOptions(new Captures(List.of("n"), List.of(), false), new Context(1, 1)));
        ScannedTexts found =
                ScannedTexts.of(directory, "n=1\nn=2\nn=3\n", Optional.empty(), PartLimit.STANDARD, capturing);
        assertThat(found.values())
                .containsExactly(List.of("n=1\nn=2", "1"), List.of("n=1\nn=2\nn=3", "2"), List.of("n=2\nn=3", "3"));
    }

    @Test
    void contextIsNoPartOfWhatMakesARuleAnother() {
        RecordFormat format = new RecordFormat(Delimiter.AUTO, 100);
        assertThat(new Scanner(List.of(rule("r", "ab", new Context(3, 3))), format, PartLimit.STANDARD).fingerprints())
                .isEqualTo(
                        new Scanner(List.of(rule("r", "ab", Context.NONE)), format, PartLimit.STANDARD).fingerprints());
    }

    private List<String> texts(byte[] log, Context context, int maxRecordBytes) throws IOException {
        RecordFormat format = new RecordFormat(Delimiter.AUTO, maxRecordBytes);
        Scanner scanner = new Scanner(List.of(rule("r", "ab", context)), format, PartLimit.STANDARD);
        return emitted(scan(scanner, new WindowPlan(4096, format), log)).stream()
                .map(Emitted::text)
                .toList();
    }

    private List<ScannedWindow> scan(Scanner scanner, WindowPlan plan, byte[] bytes) throws IOException {
        try (LogFile file = LogFile.open(Files.write(directory.resolve("log"), bytes))) {
            return plan.windows(file).concatMap(scanner::scan).collectList().block();
        }
    }

    private static List<Emitted> emitted(List<ScannedWindow> parts) {
        List<Emitted> emitted = new ArrayList<>();
        for (ScannedWindow part : parts) {
            MatchBatch batch = part.matches();
            for (int i = 0; i < batch.size(); i++) {
                emitted.add(new Emitted(
                        batch.ruleIndex(i),
                        batch.recordOffset(i),
                        batch.contextBefore(i),
                        batch.contextAfter(i),
                        batch.isHeadOnly(i),
                        new String(batch.copyOfRecord(i), StandardCharsets.ISO_8859_1)));
            }
        }
        return emitted;
    }
}
