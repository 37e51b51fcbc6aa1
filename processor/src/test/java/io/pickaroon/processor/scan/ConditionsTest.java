package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.CompiledPattern;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.RecordParser;
import io.pickaroon.processor.rule.RegexRecordParser;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.rule.ScanInput;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ConditionsTest {
    private static final String FIELDS = "^(?<x>[abB]+)(?:=(?<y>[^=]*))?";
    private static final java.util.regex.Pattern NAIVE_FIELDS = java.util.regex.Pattern.compile(FIELDS);
    private static final Pattern ERROR = new Pattern.Literal("ERROR", false);
    private static final Pattern DEBUG = new Pattern.Literal("debug", false);

    @TempDir
    Path directory;

    @Test
    void holdWhereANaiveEvaluationHoldsForEveryCutIntoWindows() throws IOException {
        int matched = 0;
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = randomLog(random);
            int maxRecordBytes = 1 + random.nextInt(40);
            List<Pattern> patterns = IntStream.range(0, 1 + random.nextInt(4))
                    .mapToObj(_ -> random(random, 3))
                    .toList();
            List<Predicate<String>> truths = patterns.stream()
                    .map(pattern -> (Predicate<String>) content -> holds(pattern, content))
                    .toList();
            NaiveScan.Result expected = NaiveScan.of(bytes, Delimiter.AUTO, maxRecordBytes, truths);
            List<Rule> rules = IntStream.range(0, patterns.size())
                    .mapToObj(i -> new Rule("r" + i, patterns.get(i)))
                    .toList();
            Scanner scanner = new Scanner(
                    rules,
                    new RecordFormat(Delimiter.AUTO, maxRecordBytes),
                    new PartLimit(1 + random.nextInt(200), 1 + random.nextInt(20)),
                    new ScanInput("in", Optional.of(new RegexRecordParser(FIELDS))));

            List<ScannedWindow> parts =
                    scan(scanner, new WindowPlan(1 + random.nextInt(60), maxRecordBytes, Delimiter.AUTO), bytes);

            assertThat(NaiveScan.matches(parts))
                    .as("seed %d, %s", seed, patterns)
                    .isEqualTo(expected.matches());
            assertThat(parts.stream().map(ScannedWindow::tally).reduce(ScanTally.ZERO, ScanTally::plus))
                    .as("seed %d, %s", seed, patterns)
                    .isEqualTo(expected.tally());
            assertThat(parts).allMatch(part -> part.input().equals("in"));
            matched += expected.matches().size();
        }
        assertThat(matched).isGreaterThan(20_000);
    }

    @Test
    void aRecordIsParsedOnceAndOnlyIfItsBytesLeaveTheAnswerOpen() throws IOException {
        PercentFields parser = new PercentFields();
        Pattern levelIsBad = new Pattern.Field("level", new Pattern.FieldTest.EqualTo("bad"));
        List<Rule> rules = List.of(
                new Rule("a", new Pattern.All(List.of(levelIsBad, ERROR, new Pattern.Not(DEBUG)))),
                new Rule("b", new Pattern.All(List.of(ERROR, new Pattern.Not(levelIsBad)))),
                new Rule("c", new Pattern.Any(List.of(new Pattern.Literal("always", false), levelIsBad))));
        List<Rule> withoutC = rules.subList(0, 2);
        String log = """
            level=bad;text=ERROR
            level=good;text=ERROR
            level=bad;text=nothing
            ERROR in no field
            """;

        List<ScannedWindow> parts = scan(scanner(withoutC, parser), log);
        assertThat(ids(parts)).containsExactly("a", "b", "b");
        assertThat(parser.parsed).hasValue(3);
        assertThat(parts.getFirst().matches().unparsedRecords()).isOne();
        assertThat(parts.getFirst().matches().firstUnparsedOffset()).isEqualTo(log.indexOf("ERROR in no field"));

        parser.parsed.set(0);
        assertThat(ids(scan(scanner(rules, parser), log + "always\n"))).containsExactly("a", "c", "b", "c", "b", "c");
        assertThat(parser.parsed).hasValue(4);
    }

    @Test
    void aRuleWithoutFieldsOpensNoParser() throws IOException {
        PercentFields parser = new PercentFields();
        assertThat(ids(scan(scanner(List.of(new Rule("a", ERROR)), parser), "level=ERROR\n")))
                .containsExactly("a");
        assertThat(parser.opened).hasValue(0);
    }

    @Test
    void theRarestPartOfAnAllDrivesTheSearch() {
        Pattern rare = new Pattern.Literal("QZ#|", false);
        SearchPlan plan = new SearchPlan(List.of(new Rule(
                "a",
                new Pattern.All(List.of(
                        new Pattern.Literal("the", false),
                        new Pattern.All(List.of(new Pattern.Regex("er.*in", false), rare)),
                        new Pattern.Not(DEBUG))))));
        assertThat(plan.near().needles()).isEqualTo(CompiledPattern.of(rare).needles());
        assertThat(plan.unaided().isEmpty()).isTrue();
    }

    @Test
    void saysThatARuleSeesEveryRecord() {
        Pattern not = new Pattern.Not(ERROR);
        Pattern field = new Pattern.Field("x", new Pattern.FieldTest.OneOf(List.of("a", "b")));
        assertThat(List.of(not, field, new Pattern.All(List.of(not, field)), new Pattern.Any(List.of(ERROR, field))))
                .allMatch(Pattern::seesEveryRecord);
        assertThat(List.of(ERROR, new Pattern.All(List.of(not, ERROR)), new Pattern.Any(List.of(ERROR, DEBUG))))
                .noneMatch(Pattern::seesEveryRecord);
    }

    @Test
    void aFixWithoutGroupNeedsOnePositiveAndAnEmptyListIsRefused() {
        Optional<Fix> mask = Optional.of(new Fix(new Fix.Mask('*', 0, 0), "", 0));
        new Rule("one", new Pattern.All(List.of(ERROR, new Pattern.Not(DEBUG))), true, mask);
        assertThatThrownBy(() -> new Rule("two", new Pattern.All(List.of(ERROR, DEBUG)), true, mask))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exactly one");
        assertThatThrownBy(() -> new Rule("none", new Pattern.Not(DEBUG), true, mask))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pattern.All(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pattern.Any(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pattern.FieldTest.OneOf(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFixChangesThePositiveThatHasItsGroup() throws IOException {
        Pattern both = new Pattern.All(List.of(
                new Pattern.Regex("user=(?<user>\\w+)", false),
                new Pattern.Regex("card=(?<pan>\\d+)", false),
                new Pattern.Not(DEBUG)));
        Rule rule = new Rule("m", both, true, Optional.of(new Fix(new Fix.Mask('*', 0, 0), "pan", 0)));

        ScannedWindow window = scan(
                        scanner(List.of(rule), new PercentFields()), "user=ann card=12\nuser=ann card=34 debug\n")
                .getFirst();

        assertThat(window.matches().size()).isOne();
        assertThat(new String(window.matches().copyOfRecord(0), StandardCharsets.US_ASCII))
                .isEqualTo("user=ann card=**");
        assertThat(window.edits().size()).isOne();
    }

    private static Scanner scanner(List<Rule> rules, RecordParser parser) {
        return new Scanner(
                rules,
                new RecordFormat(Delimiter.AUTO, 1 << 20),
                PartLimit.STANDARD,
                new ScanInput("in", Optional.of(parser)));
    }

    private List<ScannedWindow> scan(Scanner scanner, String log) throws IOException {
        return scan(scanner, new WindowPlan(1 << 20, 1 << 20, Delimiter.AUTO), log.getBytes(StandardCharsets.US_ASCII));
    }

    private List<ScannedWindow> scan(Scanner scanner, WindowPlan plan, byte[] bytes) throws IOException {
        try (LogFile file = LogFile.open(Files.write(directory.resolve("log"), bytes))) {
            return plan.windows(file, Position.START, file.sizeBytes())
                    .concatMap(scanner::scan)
                    .collectList()
                    .block();
        }
    }

    private static List<String> ids(List<ScannedWindow> parts) {
        return parts.stream()
                .map(ScannedWindow::matches)
                .flatMap(batch -> IntStream.range(0, batch.size())
                        .mapToObj(match -> batch.rule(match).id()))
                .toList();
    }

    private static byte[] randomLog(Random random) {
        byte[] bytes = new byte[random.nextInt(300)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) "aabbcB=\n".charAt(random.nextInt(8));
        }
        return bytes;
    }

    private static Pattern random(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 9)) {
            case 0 -> new Pattern.Literal(text(random), random.nextInt(4) == 0);
            case 1 -> new Pattern.AnyOf(List.of(text(random), text(random)), false);
            case 2 -> new Pattern.Regex(expression(random), false);
            case 3, 4 ->
                new Pattern.Field(
                        List.of("x", "y", "z").get(random.nextInt(3)),
                        switch (random.nextInt(3)) {
                            case 0 -> new Pattern.FieldTest.EqualTo(text(random));
                            case 1 -> new Pattern.FieldTest.OneOf(List.of("", text(random), "a"));
                            default -> new Pattern.FieldTest.Matching(expression(random));
                        });
            case 5, 6 -> new Pattern.All(randoms(random, depth));
            case 7 -> new Pattern.Any(randoms(random, depth));
            default -> new Pattern.Not(random(random, depth - 1));
        };
    }

    private static List<Pattern> randoms(Random random, int depth) {
        return IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(_ -> random(random, depth - 1))
                .toList();
    }

    private static String text(Random random) {
        return List.of("a", "ab", "bB", "c", "ca", "=", "aab").get(random.nextInt(7));
    }

    private static String expression(Random random) {
        return List.of("^a", "b+c", "(?i)bb", "[ab]{3}", "^$", "c=|=c", "a.*B").get(random.nextInt(7));
    }

    private static boolean holds(Pattern pattern, String content) {
        return switch (pattern) {
            case Pattern.Literal(String text, boolean ignoreCase) ->
                ignoreCase
                        ? content.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT))
                        : content.contains(text);
            case Pattern.AnyOf anyOf -> anyOf.texts().stream().anyMatch(content::contains);
            case Pattern.Regex regex -> finds(regex.expression(), content);
            case Pattern.Detect _ -> throw new IllegalStateException("no detectors here");
            case Pattern.All all -> all.parts().stream().allMatch(part -> holds(part, content));
            case Pattern.Any any -> any.parts().stream().anyMatch(part -> holds(part, content));
            case Pattern.Not not -> !holds(not.part(), content);
            case Pattern.Field field -> {
                java.util.regex.Matcher fields = NAIVE_FIELDS.matcher(content);
                String value = fields.find() && !field.name().equals("z") ? fields.group(field.name()) : null;
                yield value != null
                        && switch (field.test()) {
                            case Pattern.FieldTest.EqualTo(String text) -> value.equals(text);
                            case Pattern.FieldTest.OneOf(List<String> texts) -> texts.contains(value);
                            case Pattern.FieldTest.Matching(String expression) -> finds(expression, value);
                        };
            }
        };
    }

    private static boolean finds(String expression, String text) {
        return java.util.regex.Pattern.compile(expression).matcher(text).find();
    }
}
