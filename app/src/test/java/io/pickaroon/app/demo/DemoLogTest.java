package io.pickaroon.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoLogTest {
    private static final long SIZE_BYTES = 6_000_001;
    private static final int MAX_RECORD_BYTES = 1 << 20;

    @TempDir
    private Path directory;

    @Test
    void theSameSeedMakesTheSameLog() throws IOException {
        DemoTruth first = log(7, false).writeTo(directory.resolve("first"));
        DemoTruth second = log(7, false).writeTo(directory.resolve("second"));

        assertThat(second).isEqualTo(first);
        assertThat(directory.resolve("second")).hasSameBinaryContentAs(directory.resolve("first"));
    }

    @Test
    void anotherSeedMakesAnotherLog() throws IOException {
        DemoTruth first = log(7, false).writeTo(directory.resolve("first"));
        DemoTruth second = log(8, false).writeTo(directory.resolve("second"));

        assertThat(second.matches()).isNotEqualTo(first.matches());
    }

    @Test
    void theFileHasExactlyTheSizeAskedFor() throws IOException {
        log(7, false).writeTo(directory.resolve("log"));

        assertThat(directory.resolve("log")).hasSize(SIZE_BYTES);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "3, false"})
    void theTruthIsWhatANaiveSearchFinds(long seed, boolean carriageReturnIsText) throws IOException {
        Path file = directory.resolve("log");
        DemoTruth truth = log(seed, carriageReturnIsText).writeTo(file);

        assertThat(truth).isEqualTo(searchNaively(Files.readAllBytes(file), carriageReturnIsText));
    }

    @Test
    void hasEverythingThatMakesLogsHard() throws IOException {
        Path file = directory.resolve("log");
        DemoTruth truth = log(7, false).writeTo(file);
        String text = Files.readString(file);

        assertThat(text)
                .contains("\r\n", "\n\n", "\tat com.example", "Caused by:", "Zürich", "検索", "👍", "@example.com");
        assertThat(text).doesNotEndWith("\n");
        assertThat(text.lines().filter(line -> line.length() == 100 * 1024)).hasSize(3);
        assertThat(truth.oversizedRecords()).isOne();
        assertThat(truth.matches().get(DemoRule.ERRORS).count() * 100.0 / truth.records())
                .isBetween(0.5, 2.0);
    }

    @Test
    void refusesASizeThatHasNoRoomForLongRecords() {
        assertThatThrownBy(() -> new DemoLog(1 << 20, 7, 1024, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DemoLog(4 << 20, 7, 2 << 20, false)).isInstanceOf(IllegalArgumentException.class);
    }

    private static DemoLog log(long seed, boolean carriageReturnIsText) {
        return new DemoLog(SIZE_BYTES, seed, MAX_RECORD_BYTES, carriageReturnIsText);
    }

    private static DemoTruth searchNaively(byte[] log, boolean carriageReturnIsText) {
        Map<DemoRule, MatchChecksum> sums = new EnumMap<>(DemoRule.class);
        Map<DemoRule, Pattern> patterns = new EnumMap<>(DemoRule.class);
        for (DemoRule rule : DemoRule.values()) {
            sums.put(rule, new MatchChecksum());
            patterns.put(rule, Pattern.compile(rule.pattern()));
        }
        long records = 0;
        long oversized = 0;
        for (int start = 0; start < log.length; ) {
            int lineFeed = start;
            while (lineFeed < log.length && log[lineFeed] != '\n') {
                lineFeed++;
            }
            boolean dropReturn =
                    !carriageReturnIsText && lineFeed < log.length && lineFeed > start && log[lineFeed - 1] == '\r';
            int length = lineFeed - start - (dropReturn ? 1 : 0);
            int emitted = Math.min(length, MAX_RECORD_BYTES);
            String text = new String(log, start, length, StandardCharsets.ISO_8859_1);
            byte[] shown = masked(text).getBytes(StandardCharsets.ISO_8859_1);
            for (DemoRule rule : DemoRule.values()) {
                if (patterns.get(rule).matcher(text).find()) {
                    sums.get(rule).add(start, shown, 0, emitted);
                }
            }
            records++;
            if (length > MAX_RECORD_BYTES) {
                oversized++;
            }
            start = lineFeed + 1;
        }
        Map<DemoRule, DemoTruth.Matches> matches = new EnumMap<>(DemoRule.class);
        sums.forEach((rule, sum) -> matches.put(rule, new DemoTruth.Matches(sum.matches(), sum.value())));
        CRC32C fixed = new CRC32C();
        fixed.update(masked(new String(log, StandardCharsets.ISO_8859_1))
                .replace("ERROR", "FIXED")
                .getBytes(StandardCharsets.ISO_8859_1));
        return new DemoTruth(log.length, records, oversized, matches, fixed.getValue());
    }

    private static String masked(String text) {
        return Pattern.compile("(?<=card=)\\d{9,15}(?=\\d{4}(?!\\d))")
                .matcher(text)
                .replaceAll(digits -> "*".repeat(digits.group().length()));
    }
}
