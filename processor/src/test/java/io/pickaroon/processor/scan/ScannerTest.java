package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.EmittingRules;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.rule.ScanInput;
import io.pickaroon.processor.search.Searchers;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.Window;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ScannerTest {
    private static final List<Rule> RULES = List.of(
            new Rule("literal", new Pattern.Literal("ab", false)),
            new Rule("any", new Pattern.AnyOf(List.of("ca", "bb"), true)),
            new Rule("with required text", new Pattern.Regex("ab+c", false)),
            new Rule("without", new Pattern.Regex("^[bc]+$", false)));
    /** One more, of which every record is asked. */
    private static final List<Rule> RULES_AND_ONE_UNAIDED = Stream.concat(
                    RULES.stream(), Stream.of(new Rule("every record", new Pattern.Regex("^(|.*b.?)$", false))))
            .toList();

    private static final List<Predicate<String>> TRUTHS = List.of(
            content -> content.contains("ab"),
            content -> content.toLowerCase(java.util.Locale.ROOT).contains("ca")
                    || content.toLowerCase(java.util.Locale.ROOT).contains("bb"),
            content -> java.util.regex.Pattern.compile("ab+c").matcher(content).find(),
            content -> java.util.regex.Pattern.compile("\\A[bc]+\\z")
                    .matcher(content)
                    .find(),
            content -> java.util.regex.Pattern.compile("\\A(|[^\n]*b[^\n]?)\\z")
                    .matcher(content)
                    .find());

    @TempDir
    Path directory;

    @Test
    void findsWhatANaiveScanFindsForEveryCutIntoWindows() throws IOException {
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = randomLog(random);
            Delimiter delimiter = NaiveScan.delimiter(random);
            int maxRecordBytes = 1 + random.nextInt(random.nextBoolean() ? 8 : 60);
            WindowPlan plan = new WindowPlan(1 + random.nextInt(40), maxRecordBytes, delimiter);
            Path path = Files.write(directory.resolve("log"), bytes);
            List<Rule> rules = random.nextBoolean() ? RULES : RULES_AND_ONE_UNAIDED;
            NaiveScan.Result expected = NaiveScan.of(bytes, delimiter, maxRecordBytes, TRUTHS.subList(0, rules.size()));

            try (LogFile file = LogFile.open(path)) {
                List<ScannedWindow> parts = scan(new Scanner(rules, delimiter, maxRecordBytes), plan, file);
                assertThat(matches(parts))
                        .as("matches, seed %d, %s", seed, plan)
                        .isEqualTo(expected.matches());
                assertThat(tally(parts)).as("tally, seed %d, %s", seed, plan).isEqualTo(expected.tally());
                assertThat(tally(parts).bytes()).isEqualTo(bytes.length);
                assertContiguous(parts, bytes.length);
            }
        }
    }

    @Test
    void goesOnFromEveryPositionAsIfItHadNotStopped() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] bytes = randomLog(random);
            Delimiter delimiter = NaiveScan.delimiter(random);
            int maxRecordBytes = 1 + random.nextInt(30);
            Scanner scanner = new Scanner(RULES, delimiter, maxRecordBytes);
            Path path = Files.write(directory.resolve("log"), bytes);
            try (LogFile file = LogFile.open(path)) {
                WindowPlan plan = new WindowPlan(1 + random.nextInt(20), maxRecordBytes, delimiter);
                List<ScannedWindow> all = scan(scanner, plan, file);
                for (int done = 1; done < all.size(); done++) {
                    // Another size of window after the restart must make no difference.
                    WindowPlan other = new WindowPlan(1 + random.nextInt(50), maxRecordBytes, delimiter);
                    List<ScannedWindow> resumed = new ArrayList<>(all.subList(0, done));
                    resumed.addAll(scan(scanner, other, file, all.get(done - 1).end(), file.sizeBytes()));
                    assertThat(matches(resumed))
                            .as(
                                    "seed %d, resumed at %s",
                                    seed, all.get(done - 1).end())
                            .isEqualTo(matches(all));
                    assertThat(tally(resumed).bytes()).isEqualTo(bytes.length);
                }
            }
        }
    }

    @Test
    void handsADenseWindowOnInPartsOfBoundedSize() throws IOException {
        Path path = Files.writeString(directory.resolve("log"), "ab\n".repeat(1_000_000));
        try (LogFile file = LogFile.open(path)) {
            WindowPlan plan = new WindowPlan(16 << 20, 1 << 20, Delimiter.AUTO);
            List<ScannedWindow> parts = scan(new Scanner(RULES.subList(0, 1), Delimiter.AUTO, 1 << 20), plan, file);
            assertThat(parts).hasSizeGreaterThan(50);
            assertThat(parts)
                    .allSatisfy(part -> assertThat(part.matches().size()).isLessThan(20_000));
            assertThat(tally(parts).matchedRecords()).isEqualTo(1_000_000);
            assertContiguous(parts, 3_000_000);
        }
    }

    @Test
    void readsRecordsLargerThanSeveralSlicesWhole() throws IOException {
        String record = "x".repeat(700_000) + "ab" + "y".repeat(300_000);
        Path path = Files.writeString(directory.resolve("log"), "first\n" + record + "\nlast ab");
        try (LogFile file = LogFile.open(path)) {
            WindowPlan plan = new WindowPlan(64 << 10, 2 << 20, Delimiter.AUTO);
            List<ScannedWindow> parts = scan(new Scanner(RULES.subList(0, 1), Delimiter.AUTO, 2 << 20), plan, file);
            assertThat(matches(parts))
                    .containsExactly(
                            new NaiveScan.Match(0, 6, record, false),
                            new NaiveScan.Match(0, 6 + record.length() + 1, "last ab", false));
        }
    }

    @Test
    void findsRecordsBeyondTwoAndFourGibibytesOfASparseFile() throws IOException {
        Path path = directory.resolve("sparse");
        long[] offsets = {10, (1L << 31) - 3, 1L << 32, (1L << 40) + 5};
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            for (long offset : offsets) {
                sparse.seek(offset);
                sparse.write("\nab here\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        Scanner scanner = new Scanner(RULES.subList(0, 1), Delimiter.AUTO, 64);
        WindowPlan plan = new WindowPlan(4096, 64, Delimiter.AUTO);
        try (LogFile file = LogFile.open(path)) {
            for (long offset : offsets) {
                Position near = new Position(Math.max(0, offset - 5_000), false);
                List<ScannedWindow> parts =
                        scan(scanner, plan, file, near, Math.min(file.sizeBytes(), offset + 10_000));
                assertThat(matches(parts)).containsExactly(new NaiveScan.Match(0, offset + 1, "ab here", false));
            }
        }
    }

    @Test
    void aFileTruncatedWhileItIsMappedGivesAnErrorAndNoMadeUpBytes() throws IOException {
        truncateWhileScanned(RULES);
    }

    @Test
    void aFileTruncatedWhileMemchrSearchesItGivesAnErrorAndNoMadeUpBytes() throws IOException {
        List<Rule> rules = RULES.subList(0, 1);
        assertThat(new SearchPlan(rules).suitsMemchr(new RecordFormat(Delimiter.AUTO, 1 << 20), true))
                .isTrue();
        truncateWhileScanned(rules);
    }

    private void truncateWhileScanned(List<Rule> rules) throws IOException {
        for (int keptBytes : new int[] {0, 1, 5_000, 4096 * 3, 1 << 20}) {
            Path path = Files.writeString(directory.resolve("log"), "ab\n".repeat(1_000_000));
            try (LogFile file = LogFile.open(path)) {
                Window window = new Window(file, Position.START, 3_000_000, 3_000_000, 0);
                Workspace workspace = new Workspace(
                        rules,
                        new SearchPlan(rules),
                        Searchers.available(),
                        new RecordFormat(Delimiter.AUTO, 1 << 20),
                        ScanDetail.RECORDS,
                        ScanInput.NONE);
                ScanPart first = new ScanPart(window, rules, new EmittingRules(Set::of), workspace, PartLimit.STANDARD);
                try (WindowScan scan = new TextScan(window, first)) {
                    try (RandomAccessFile writer = new RandomAccessFile(path.toFile(), "rw")) {
                        writer.setLength(keptBytes);
                    }
                    assertThatThrownBy(() -> {
                                for (ScannedWindow part = scan.next(); part != null; part = scan.next()) {
                                    assertThat(part.end().offset()).isLessThanOrEqualTo(keptBytes);
                                }
                            })
                            .isInstanceOf(FileTruncatedException.class)
                            .hasMessageContaining("was truncated to " + keptBytes + " bytes");
                }
            }
        }
    }

    @Test
    void aFileDeletedWhileItIsMappedIsReadToItsEnd() throws IOException {
        Path path = Files.writeString(directory.resolve("log"), "ab\n".repeat(1_000));
        try (LogFile file = LogFile.open(path)) {
            Files.delete(path);
            WindowPlan plan = new WindowPlan(100, 50, Delimiter.AUTO);
            assertThat(tally(scan(new Scanner(RULES, Delimiter.AUTO, 50), plan, file))
                            .matchedRecords())
                    .isEqualTo(1_000);
        }
    }

    @Test
    void aRecordThatTheEndOfTheFileEndsIsPassedWithTheWindowItStartsIn() throws IOException {
        try (LogFile file =
                LogFile.open(Files.writeString(directory.resolve("log"), "aa\nlong record\nabcdefghijklm"))) {
            WindowPlan plan = new WindowPlan(8, 100, Delimiter.AUTO);
            List<ScannedWindow> parts = scan(new Scanner(RULES, Delimiter.AUTO, 100), plan, file);

            assertThat(parts)
                    .extracting(ScannedWindow::end)
                    .containsExactly(
                            new Position(8, false),
                            new Position(28, true),
                            new Position(28, true),
                            new Position(28, true));
            assertThat(tally(parts).bytes()).isEqualTo(28);
        }
    }

    @Test
    void aRecordThatBeginsWhereReadingBeganIsNotTakenForTheRestOfALongerOne() throws IOException {
        try (LogFile file =
                LogFile.open(Files.writeString(directory.resolve("log"), "0123456789abcdefghijklm\nab\n"))) {
            WindowPlan plan = new WindowPlan(4, 18, Delimiter.AUTO);
            Position from = new Position(10, true);
            List<ScannedWindow> parts = scan(new Scanner(RULES, Delimiter.AUTO, 18), plan, file, from, 27);

            assertThat(tally(parts).records()).isEqualTo(2);
            assertThat(tally(parts).oversizedRecords()).isZero();
            assertThat(tally(parts).bytes()).isEqualTo(17);
        }
    }

    private static byte[] randomLog(Random random) {
        String alphabet = random.nextBoolean() ? "abcB\n" : "abc\r\n\0";
        byte[] bytes = new byte[random.nextInt(200)];
        for (int i = 0; i < bytes.length; i++) {
            int letter = random.nextInt(8);
            bytes[i] = (byte) alphabet.charAt(letter < alphabet.length() ? letter : random.nextInt(3));
            if (bytes[i] == '\r' && i + 1 < bytes.length && random.nextInt(3) > 0) {
                bytes[++i] = '\n';
            }
        }
        return bytes;
    }

    private static List<ScannedWindow> scan(Scanner scanner, WindowPlan plan, LogFile file) throws IOException {
        return scan(scanner, plan, file, Position.START, file.sizeBytes());
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

    private static void assertContiguous(List<ScannedWindow> parts, long sizeBytes) {
        long offset = 0;
        for (ScannedWindow part : parts) {
            assertThat(part.startOffset()).isEqualTo(offset);
            assertThat(part.end().offset()).isGreaterThan(offset == sizeBytes ? offset - 1 : offset);
            offset = part.end().offset();
        }
        assertThat(offset).isEqualTo(sizeBytes);
    }
}
