package io.pickaroon.processor.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.LogSearch;
import io.pickaroon.processor.MatchedRecord;
import io.pickaroon.processor.decode.ContentFormat;
import io.pickaroon.processor.decode.Utf16;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.ScanDetail;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches for records of ranges of time are compared with what reading all lines one by one gives. */
class TimedRecordsTest {
    private static final int SEEDS = Integer.getInteger("seeds", 100);
    private static final int SLACK = 400;
    private static final String HIT = "hit";

    @TempDir
    Path directory;

    @Test
    void aSearchFindsWhatReadingAllLinesFinds() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            MadeLog log = new MadeLog(random, random.nextInt(3000), random.nextInt(SLACK + 1));
            TimeRange range = range(random, log, false);

            assertThat(found(log, range, random)).as("seed %d, %s", seed, range).isEqualTo(log.expected(HIT, range));
        }
    }

    @Test
    void anExactSearchFindsThemInAnyOrder() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            MadeLog log = new MadeLog(random, random.nextInt(3000), 100 * SLACK);
            TimeRange range = range(random, log, true);

            assertThat(found(log, range, random)).as("seed %d, %s", seed, range).isEqualTo(log.expected(HIT, range));
        }
    }

    /** The bisection alone, down to a few bytes. */
    @Test
    void allRecordsOfTheRangeAreInTheStretch() throws IOException {
        for (int seed = 0; seed < 10 * SEEDS; seed++) {
            Random random = new Random(seed);
            MadeLog log = new MadeLog(random, random.nextInt(300), random.nextInt(SLACK + 1));
            TimeRange range = range(random, log, false);
            Path file = Files.write(directory.resolve("log"), log.bytes());
            List<String> expected = log.expected("", range);
            try (LogFile open = LogFile.open(file)) {
                TimeStretch stretch = new TimeSearch(timed(range), open, plan(1).format(), 16).find(0);

                String text = log.text.substring((int) stretch.startOffset(), (int) stretch.endOffset());
                assertThat(List.of(text.split("\n")))
                        .as("seed %d, %s", seed, range)
                        .containsAll(expected);
                assertThat(stretch.startOffset() == 0 || log.text.charAt((int) stretch.startOffset() - 1) == '\n')
                        .isTrue();
            }
        }
    }

    /** What is read of streams and of decoded content is forgotten by then. */
    @Test
    void aRecordBelongsToATimeThatIsFarBeforeIt() throws IOException {
        String text = "00000500 x\n" + "  at x\n".repeat(700_000) + "  at hit\n00000900 hit\n";
        TimeRange range = new TimeRange(400, 600, SLACK, false);
        byte[] utf16 = ("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE);
        List<String> ofStream = new ArrayList<>();

        search(range, 4096, 1)
                .search(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)),
                        Path.of("stream"),
                        window -> {
                            ofStream.addAll(textsOf(window));
                            return true;
                        });

        assertThat(ofStream).containsExactly("  at hit");
        assertThat(texts(search(range, 4096, 1)
                        .matches(Files.write(directory.resolve("utf16"), utf16))
                        .toIterable()))
                .containsExactly("  at hit");
        assertThat(texts(search(range, 4096, 2)
                        .matches(Files.writeString(directory.resolve("log"), text))
                        .toIterable()))
                .containsExactly("  at hit");
    }

    /** A search over many files keeps none of them in memory. */
    @Test
    void aFileThatNobodyReadsAnyMoreIsForgotten() throws IOException {
        TimedRecords times = timed(new TimeRange(0, 1, SLACK, false));
        WeakReference<LogFile> read = read(times);

        Awaitility.await().until(() -> {
            System.gc();
            return read.refersTo(null);
        });
        // So it was not forgotten with it.
        assertThat(times.range().slackMillis()).isEqualTo(SLACK);
    }

    private WeakReference<LogFile> read(TimedRecords times) throws IOException {
        try (LogFile file = LogFile.open(Files.writeString(directory.resolve("log"), "00000500 x\n"))) {
            times.stretchOf(file, plan(1).format(), 0);
            return new WeakReference<>(file);
        }
    }

    @Test
    void theStretchOfARangeIsAPartOfALargeFile() throws IOException {
        MadeLog log = new MadeLog(new Random(1), 40_000, SLACK);
        long middle = log.latest() / 2;
        TimeRange range = new TimeRange(middle, middle + 100, SLACK, false);
        Path file = Files.write(directory.resolve("log"), log.bytes());
        try (LogFile open = LogFile.open(file)) {
            TimeStretch stretch = timed(range).stretchOf(open, plan(1).format(), 0);

            assertThat(stretch.endOffset() - stretch.startOffset()).isLessThan(3L * TimeSearch.LEAST_BYTES);
            assertThat(open.sizeBytes()).isGreaterThan(10L * TimeSearch.LEAST_BYTES);
        }
    }

    @Test
    void recordsThatAreEarlierByMoreThanTheSlackAreFoundByAnExactSearchAlone() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            text.append(i == 30_000 ? "00005000 hit\n" : "%08d xxxxxxxxxxxxx\n".formatted(i + 1));
        }
        Path file = Files.writeString(directory.resolve("log"), text);

        assertThat(texts(search(new TimeRange(4900, 5100, SLACK, false), 4096, 1)
                        .matches(file)
                        .toIterable()))
                .isEmpty();
        assertThat(texts(search(new TimeRange(4900, 5100, SLACK, true), 4096, 1)
                        .matches(file)
                        .toIterable()))
                .containsExactly("00005000 hit");
    }

    @Test
    void neighboursOfTheRangeAreReadToo() throws IOException {
        String text = "00000001 a\n00000002 b\n00000900 hit\n00001801 c\n00001802 d\n";
        Path file = Files.writeString(directory.resolve("log"), text);
        try (LogFile open = LogFile.open(file)) {
            TimeRange range = new TimeRange(800, 1000, 10, false);
            TimeSearch search = new TimeSearch(timed(range), open, plan(1).format(), 1);

            TimeStretch one = search.find(1);
            TimeStretch none = search.find(0);

            assertThat(text.substring((int) none.startOffset(), (int) none.endOffset()))
                    .isEqualTo("00000002 b\n00000900 hit\n");
            assertThat(text.substring((int) one.startOffset(), (int) one.endOffset()))
                    .isEqualTo("00000001 a\n00000002 b\n00000900 hit\n00001801 c\n");
        }
    }

    @Test
    void aFileWithoutTimesSaysSo() throws IOException {
        Path file = Files.writeString(directory.resolve("log"), "hit\nhit\n".repeat(20_000));
        List<TimeStretch> begun = new ArrayList<>();
        List<String> found = new ArrayList<>();

        search(new TimeRange(0, 1000, 0, false), 4096, 1).search(file, new LogSearch.Findings() {
            @Override
            public void begins(TimeStretch stretch, long sizeBytes) {
                begun.add(stretch);
            }

            @Override
            public boolean accept(ScannedWindow window) {
                found.addAll(textsOf(window));
                return true;
            }
        });

        assertThat(begun).extracting(TimeStretch::hasTimes).containsExactly(false);
        assertThat(found).isEmpty();
    }

    @Test
    void onlyMatchesOfTheRangeAreCounted() throws IOException {
        Path file = Files.writeString(directory.resolve("log"), "00000001 hit\n00000002 hit\n00000003 hit\n".repeat(3));
        List<Long> counted = new ArrayList<>();

        search(new TimeRange(2, 3, 10, false), 1 << 20, 1)
                .with(ScanDetail.MATCHES)
                .search(file, window -> counted.add(window.tally().matchedRecords()));

        assertThat(counted).containsExactly(3L);
    }

    private List<String> found(MadeLog log, TimeRange range, Random random) throws IOException {
        LogSearch search = search(range, 16 + random.nextInt(8000), 1 + random.nextInt(3));
        List<String> found = new ArrayList<>();
        switch (random.nextInt(log.startsWithTime() ? 3 : 2)) {
            case 2 ->
                search.search(new ByteArrayInputStream(log.bytes()), Path.of("stream"), window -> {
                    found.addAll(textsOf(window));
                    return true;
                });
            case 0 -> {
                byte[] utf16 = ("\ufeff" + log.text).getBytes(StandardCharsets.UTF_16LE);
                Path file = Files.write(directory.resolve("log"), utf16);
                return texts(search.matches(file).toIterable());
            }
            default -> {
                return texts(search.matches(Files.write(directory.resolve("log"), log.bytes()))
                        .toIterable());
            }
        }
        return found;
    }

    private static TimeRange range(Random random, MadeLog log, boolean exact) {
        long since = random.nextInt(10) == 0 ? Long.MIN_VALUE : random.nextLong(log.latest() + 100);
        long until = random.nextInt(10) == 0
                ? Long.MAX_VALUE
                : Math.max(0, since) + 1 + random.nextLong(log.latest() / (1 + random.nextInt(20)));
        return new TimeRange(since, until, SLACK, exact);
    }

    private static TimedRecords timed(TimeRange range) {
        return new TimedRecords(MadeLog.FORMAT, range);
    }

    private static WindowPlan plan(int windowBytes) {
        return new WindowPlan(windowBytes, 1 << 20, Delimiter.AUTO);
    }

    private static LogSearch search(TimeRange range, int windowBytes, int threads) {
        List<ContentFormat> decoded = List.of(new Utf16());
        List<Rule> rules = List.of(new Rule("hit", new Pattern.Literal(HIT, false)));
        return new LogSearch(rules, plan(windowBytes), threads, decoded).within(timed(range));
    }

    private static List<String> texts(Iterable<MatchedRecord> records) {
        List<String> texts = new ArrayList<>();
        records.forEach(record -> texts.add(record.text()));
        return texts;
    }

    private static List<String> textsOf(ScannedWindow window) {
        List<String> texts = new ArrayList<>();
        for (int match = 0; match < window.matches().size(); match++) {
            texts.add(new String(window.matches().copyOfRecord(match), StandardCharsets.UTF_8));
        }
        return texts;
    }
}
