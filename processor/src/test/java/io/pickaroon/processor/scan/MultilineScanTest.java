package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.Fix;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class MultilineScanTest {
    private static final List<Rule> RULES = List.of(
            new Rule("literal", new Pattern.Literal("ab", false)),
            new Rule("across lines", new Pattern.Regex("b\r?\n>", false)),
            new Rule("of one line", new Pattern.Regex("^[abc]+$", false)));
    private static final List<Rule> EVERY = List.of(new Rule("every", new Pattern.Regex("", false)));
    private static final List<Predicate<String>> TRUTHS = List.of(
            content -> content.contains("ab"),
            content ->
                    java.util.regex.Pattern.compile("b\r?\n>").matcher(content).find(),
            content -> java.util.regex.Pattern.compile("\\A[abc]+\\z")
                    .matcher(content)
                    .find());

    /** What decides, and the same as Java says it. */
    private record Kind(Multiline multiline, Predicate<String> starts) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(Multiline.startingWith("^a"), line -> line.startsWith("a")),
            new Kind(Multiline.continuedBy("^>"), line -> !line.startsWith(">")),
            new Kind(Multiline.continuedBy("^$"), line -> !line.isEmpty()),
            new Kind(Multiline.startingWith("c$"), line -> line.endsWith("c")),
            new Kind(Multiline.startingWith("never"), _ -> false),
            new Kind(Multiline.startingWith(""), _ -> true),
            new Kind(
                    new Multiline(
                            Optional.of(new Pattern.Regex("^>a", false)),
                            Optional.of(new Pattern.Regex("^[>b]", false))),
                    line -> line.startsWith(">a") || !line.startsWith(">") && !line.startsWith("b")));

    @TempDir
    Path directory;

    @Test
    void cutsTheRecordsThatANaiveSplitterCutsForEveryCutIntoWindows() throws IOException {
        Scheduler threads = Schedulers.newParallel("multiline-test", 3);
        try {
            for (long seed = 0; seed < 6_000; seed++) {
                Random random = new Random(seed);
                byte[] bytes = randomLog(random);
                Kind kind = KINDS.get(random.nextInt(KINDS.size()));
                RecordFormat format = format(random, kind);
                WindowPlan plan = new WindowPlan(1 + random.nextInt(60), format);
                boolean every = random.nextBoolean();
                NaiveScan.Result expected = NaiveScan.of(
                        bytes,
                        format.delimiter(),
                        format.maxRecordBytes(),
                        kind.starts(),
                        every ? List.of(_ -> true) : TRUTHS);
                PartLimit part = new PartLimit(1 << 20, random.nextInt(4) == 0 ? 1 : 1000);
                Scanner scanner = new Scanner(every ? EVERY : RULES, format, part);

                try (LogFile file = LogFile.open(Files.write(directory.resolve("log"), bytes))) {
                    List<ScannedWindow> parts = plan.windows(file, Position.START, bytes.length)
                            .flatMapSequential(window -> scanner.scan(window).subscribeOn(threads), 3, 1)
                            .collectList()
                            .block();
                    assertThat(matches(parts))
                            .as("matches, seed %d, %s", seed, plan)
                            .isEqualTo(expected.matches());
                    assertThat(tally(parts))
                            .as("tally, seed %d, %s", seed, plan)
                            .isEqualTo(expected.tally());
                    assertThat(tally(parts).bytes()).isEqualTo(bytes.length);
                }
            }
        } finally {
            threads.dispose();
        }
    }

    @Test
    void goesOnFromEveryPositionAsIfItHadNotStopped() throws IOException {
        for (long seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            byte[] bytes = randomLog(random);
            Kind kind = KINDS.get(random.nextInt(KINDS.size()));
            RecordFormat format = format(random, kind);
            Scanner scanner = new Scanner(RULES, format, PartLimit.STANDARD);
            try (LogFile file = LogFile.open(Files.write(directory.resolve("log"), bytes))) {
                List<ScannedWindow> all = scan(
                        scanner, new WindowPlan(1 + random.nextInt(20), format), file, Position.START, bytes.length);
                for (int done = 1; done < all.size(); done++) {
                    Position resumedAt = all.get(done - 1).end();
                    List<ScannedWindow> resumed = new ArrayList<>(all.subList(0, done));
                    WindowPlan other = new WindowPlan(1 + random.nextInt(60), format);
                    resumed.addAll(scan(scanner, other, file, resumedAt, bytes.length));
                    assertThat(matches(resumed))
                            .as("seed %d, resumed at %s", seed, resumedAt)
                            .isEqualTo(matches(all));
                    assertThat(tally(resumed).bytes()).isEqualTo(bytes.length);
                }
            }
        }
    }

    @Test
    void aGrowingFileIsReadAsIfAllOfItHadBeenThereAtOnce() throws IOException {
        for (long seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = randomLog(random);
            Kind kind = KINDS.get(random.nextInt(KINDS.size()));
            RecordFormat format = format(random, kind);
            Scanner scanner = new Scanner(RULES, format, PartLimit.STANDARD);
            WindowPlan plan = new WindowPlan(1 + random.nextInt(60), format);
            Path path = directory.resolve("log");
            List<ScannedWindow> parts = new ArrayList<>();
            Position reached = Position.START;
            for (int size = 0; size < bytes.length; ) {
                size = Math.min(bytes.length, size + 1 + random.nextInt(30));
                Files.write(path, java.util.Arrays.copyOf(bytes, size));
                try (LogFile file = LogFile.open(path)) {
                    long limit = size == bytes.length
                            ? size
                            : plan.complete(file, reached).recordsOffset();
                    if (limit > reached.offset()) {
                        parts.addAll(scan(scanner, plan, file, reached, limit));
                        reached = parts.getLast().end();
                    }
                }
            }
            NaiveScan.Result expected =
                    NaiveScan.of(bytes, format.delimiter(), format.maxRecordBytes(), kind.starts(), TRUTHS);
            assertThat(matches(parts)).as("seed %d, %s", seed, plan).isEqualTo(expected.matches());
            assertThat(tally(parts).bytes()).as("seed %d, %s", seed, plan).isEqualTo(bytes.length);
        }
    }

    @Test
    void readsRecordsAndLinesLargerThanSlicesWhole() throws IOException {
        String trace = "start ab\n" + "  at some.place\n".repeat(40_000) + " ".repeat(300_000) + "end\n";
        String content = trace + "start 2\n  at x\n".repeat(30_000) + trace;
        RecordFormat format = new RecordFormat(Delimiter.AUTO, 2 << 20, Optional.of(Multiline.continuedBy("^\\s")));
        try (LogFile file = LogFile.open(Files.writeString(directory.resolve("log"), content))) {
            Scanner scanner = new Scanner(RULES.subList(0, 1), format, PartLimit.STANDARD);
            List<ScannedWindow> parts =
                    scan(scanner, new WindowPlan(64 << 10, format), file, Position.START, file.sizeBytes());
            String record = trace.substring(0, trace.length() - 1);
            assertThat(matches(parts))
                    .containsExactly(
                            new NaiveScan.Match(0, 0, record, false),
                            new NaiveScan.Match(0, content.length() - trace.length(), record, false));
            assertThat(tally(parts).records()).isEqualTo(30_002);
        }
    }

    @Test
    void masksLeaveTheEndsOfLinesWithinARecordAndReplacementsDoNotCoverThem() throws IOException {
        String content = "> key=AAA\r\nBBB\nC;\nERR\nOR\n";
        RecordFormat format = new RecordFormat(Delimiter.AUTO, 100, Optional.of(Multiline.startingWith("^>")));
        List<Rule> rules = List.of(
                new Rule(
                        "key",
                        new Pattern.Regex("key=(?<k>[^;]+)", false),
                        true,
                        Optional.of(new Fix(new Fix.Mask('*', 0, 0), "k", 0))),
                new Rule(
                        "error",
                        new Pattern.Regex("ERR.OR|ERR\nOR", false),
                        true,
                        Optional.of(new Fix(new Fix.Replace("FIXED!"), "", 0))));
        try (LogFile file = LogFile.open(Files.writeString(directory.resolve("log"), content))) {
            List<ScannedWindow> parts = scan(
                    new Scanner(rules, format, PartLimit.STANDARD),
                    new WindowPlan(100, format),
                    file,
                    Position.START,
                    content.length());
            assertThat(matches(parts))
                    .extracting(NaiveScan.Match::content)
                    .containsOnly("> key=***\r\n***\n*;\nERR\nOR");
            EditBatch edits = parts.getFirst().edits();
            List<String> changes = new ArrayList<>();
            for (int edit = 0; edit < edits.size(); edit++) {
                String text = new String(
                        edits.array(), edits.newStart(edit), edits.length(edit), StandardCharsets.ISO_8859_1);
                changes.add(edits.offset(edit) + text);
            }
            assertThat(changes).containsExactly("6***", "11***", "15*");
            assertThat(edits.otherLength()).isEqualTo(1);
        }
    }

    @Test
    void aFixThatWouldMakeAnotherLineStartARecordIsNotMade() throws IOException {
        String content = "> one\n  secret\nx secret\n";
        RecordFormat format = new RecordFormat(Delimiter.AUTO, 100, Optional.of(Multiline.continuedBy("^ |^x")));
        List<Rule> rules = List.of(new Rule(
                "secret",
                new Pattern.Regex("[ x]+secret", false),
                true,
                Optional.of(new Fix(new Fix.Mask('*', 0, 0), "", 0))));
        try (LogFile file = LogFile.open(Files.writeString(directory.resolve("log"), content))) {
            List<ScannedWindow> parts = scan(
                    new Scanner(rules, format, PartLimit.STANDARD),
                    new WindowPlan(100, format),
                    file,
                    Position.START,
                    content.length());
            assertThat(matches(parts))
                    .extracting(NaiveScan.Match::content)
                    .containsExactly("> one\n********\n********");
            assertThat(parts.getFirst().edits().isEmpty()).isTrue();
            assertThat(parts.getFirst().edits().otherLength()).isEqualTo(2);
        }
    }

    private static RecordFormat format(Random random, Kind kind) {
        return new RecordFormat(
                NaiveScan.delimiter(random),
                1 + random.nextInt(random.nextBoolean() ? 8 : 80),
                Optional.of(kind.multiline()));
    }

    private static byte[] randomLog(Random random) {
        String alphabet = random.nextBoolean() ? "abc>\n\n\0" : "abc>\r\n\0";
        byte[] bytes = new byte[random.nextInt(250)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) alphabet.charAt(random.nextInt(random.nextInt(3) == 0 ? 7 : 6));
            if (bytes[i] == '\r' && i + 1 < bytes.length && random.nextInt(3) > 0) {
                bytes[++i] = '\n';
            }
        }
        return bytes;
    }

    private static List<ScannedWindow> scan(
            Scanner scanner, WindowPlan plan, LogFile file, Position from, long limitOffset) {
        return plan.windows(file, from, limitOffset)
                .concatMap(scanner::scan)
                .collectList()
                .block();
    }

    private static List<NaiveScan.Match> matches(List<ScannedWindow> parts) {
        return NaiveScan.matches(parts);
    }

    private static ScanTally tally(List<ScannedWindow> parts) {
        return parts.stream().map(ScannedWindow::tally).reduce(ScanTally.ZERO, ScanTally::plus);
    }
}
