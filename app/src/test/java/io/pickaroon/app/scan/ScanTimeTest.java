package io.pickaroon.app.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scans for records of a range of time. */
class ScanTimeTest {
    private static final String LOG = """
        2026-11-29T08:00:00Z one
        2026-11-29T08:01:00Z two
          at two
        2026-11-29T08:02:00Z three
        """;

    @TempDir
    private Path directory;

    private Path log(String text) throws IOException {
        return Files.writeString(directory.resolve("app.log"), text);
    }

    private static String scan(Object... arguments) {
        CommandRun run = CommandRun.of(Stream.concat(Stream.of("scan", "--time", "iso8601"), Stream.of(arguments))
                .toArray());
        assertThat(run.errors()).isEmpty();
        return run.output();
    }

    @Test
    void recordsFromATimeOnUpToAnotherOneArePrintedWithThoseThatBelongToThem() throws IOException {
        Path log = log(LOG);

        assertThat(scan("--since", "2026-11-29T08:01Z", "--until", "2026-11-29 08:02Z", log))
                .isEqualTo("2026-11-29T08:01:00Z two\n  at two\n");
        assertThat(scan("--since", "2026-11-29T08:02:00Z", log)).isEqualTo("2026-11-29T08:02:00Z three\n");
        assertThat(scan("--until", "2026-11-29T09:01:00+01:00", log)).isEqualTo("2026-11-29T08:00:00Z one\n");
        assertThat(scan("--zone", "UTC", "--since", "2026-11-29", "--until", "2026-11-30", "-c", log))
                .isEqualTo("4\n");
    }

    @Test
    void theOtherOptionsMeanTheRecordsOfTheRange() throws IOException {
        Path log = log(LOG);
        String since = "2026-11-29T08:01Z";

        assertThat(scan("--since", since, "-c", "-F", "t", log)).isEqualTo("3\n");
        assertThat(scan("--since", since, "-v", "-e", "two", log)).isEqualTo("2026-11-29T08:02:00Z three\n");
        assertThat(scan("--since", since, "-c", "-v", "-e", "two", log)).isEqualTo("1\n");
        assertThat(scan("--since", since, "-n", "-m", 1, log)).isEqualTo("2:2026-11-29T08:01:00Z two\n");
        assertThat(scan("--since", since, "-o", "-e", "t[wh]", log)).isEqualTo("tw\ntw\nth\n");
        assertThat(scan("--since", since, "-B", 1, "-F", "Z two", log))
                .isEqualTo("2026-11-29T08:00:00Z one\n2026-11-29T08:01:00Z two\n");
        assertThat(scan("--since", since, "-l", "-F", "one", log)).isEmpty();
        assertThat(scan("--since", since, "-L", "-F", "one", log)).isEqualTo(log + "\n");
        assertThat(scan("--until", since, "--count", "--by-pattern", "-F", "one", "-F", "two", log))
                .isEqualTo("1:one\n0:two\n");
    }

    @Test
    void anArchiveIsReadWhole() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(LOG.getBytes(StandardCharsets.UTF_8));
        }
        Path log = Files.write(directory.resolve("app.log.gz"), zipped.toByteArray());

        assertThat(scan("--since", "2026-11-29T08:01Z", "--until", "2026-11-29T08:02Z", log))
                .isEqualTo("2026-11-29T08:01:00Z two\n  at two\n");
    }

    @Test
    void theRestOfALargeFileIsNotReadAndThatIsSaid() throws IOException {
        Path log = log(seconds(IntStream.range(0, 40_000).boxed().toList()));
        Object[] arguments = {
            "scan",
            "--window-bytes",
            "4KiB",
            "--time",
            "iso8601",
            "--since",
            "2026-11-29T05:00:00Z",
            "--until",
            "2026-11-29T05:00:03Z",
            log
        };

        CommandRun run = CommandRun.of(arguments);

        assertThat(run.output()).isEqualTo(seconds(List.of(18_000, 18_001, 18_002)));
        assertThat(run.errors())
                .matches("pickaroon: read [0-9.]+ KiB of 1.3 MiB: what lies between the places that were looked at is"
                        + " trusted to be in order of time, but for 1m \\(--time-slack\\); --exact reads all\n");
        assertThat(CommandRun.of(with(arguments, "--exact")).errors()).isEmpty();
    }

    @Test
    void onlyAnExactScanFindsRecordsInAnyOrder() throws IOException {
        List<Integer> shuffled =
                new ArrayList<>(IntStream.range(0, 40_000).boxed().toList());
        Collections.shuffle(shuffled, new Random(3));
        Path log = log(seconds(shuffled));

        assertThat(scan("--window-bytes", "64KiB", "--since", "2026-11-29T05:00:00Z", "--exact", "-c", log))
                .isEqualTo("22000\n");
    }

    @Test
    void yearsAreCountedBackFromTheChangeOfTheFileOverMoreThanOneNewYear() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String day : List.of("Nov 30", "Dec 31", "Jan  1", "Jul  1", "Dec 31", "Jan  1", "Feb  1")) {
            for (int i = 0; i < 3000; i++) {
                text.append(day).append(" 08:00:00 host ").append(i).append('\n');
            }
        }
        Path log = log(text.toString());
        Files.setLastModifiedTime(log, FileTime.from(Instant.parse("2026-02-01T12:00:00Z")));
        Map<String, String> expected = Map.of("2024", "6000\n", "2025", "9000\n", "2026", "6000\n");

        for (String year : List.of("2023", "2024", "2025", "2026")) {
            String count = CommandRun.of(
                            "scan",
                            "--time",
                            "syslog",
                            "--zone",
                            "UTC",
                            "--since",
                            year + "-01-01",
                            "--until",
                            (Integer.parseInt(year) + 1) + "-01-01",
                            "-c",
                            log)
                    .output();
            assertThat(count).as(year).isEqualTo(expected.getOrDefault(year, "0\n"));
        }
    }

    @Test
    void ofTheHourThatComesTwiceBothAreTheFirst() throws IOException {
        String hour = "2026-10-25 01:30:00 a\n2026-10-25 02:30:00 b\n2026-10-25 02:30:00 c\n2026-10-25 03:30:00 d\n";
        Path log = log(hour);

        assertThat(scan("--zone", "Europe/Berlin", "--since", "2026-10-25T00:30Z", "--until", "2026-10-25T00:31Z", log))
                .isEqualTo("2026-10-25 02:30:00 b\n2026-10-25 02:30:00 c\n");
        assertThat(scan("--zone", "Europe/Berlin", "--since", "2026-10-25T01:00Z", log))
                .isEqualTo("2026-10-25 03:30:00 d\n");
    }

    @Test
    void aFileWithoutSuchTimesIsTrouble() throws IOException {
        Path log = log(LOG);

        CommandRun run = CommandRun.of("scan", "--time", "iso8601", "--until", "2020-01-01", log);
        CommandRun epoch = CommandRun.of("scan", "--time", "epoch", "--since", "10m ago", log);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(epoch.exitCode()).isEqualTo(2);
        assertThat(epoch.errors())
                .isEqualTo("pickaroon: " + log + ": no record that was looked at has a time as --time reads it; see the"
                        + " first records with 'head', and give another --time\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "--since now; --since and --until need --time",
                "--time iso8601; --time and --time-format go with --since or --until",
                "--exact; --exact goes with --since or --until",
                "--time iso8061 --since now; --time: unknown time 'iso8061'; did you mean 'iso8601'?",
                "--time (a)(b) --since now; --time: '(a)(b)' has 2 groups: the time is what its only group matches",
                "--time (?:a) --since now; --time: '(?:a)' has no group",
                "--time (a --since now; --time:",
                "--time (a) --time-format yy:mm --since now; --time: the pattern 'yy:mm' does not give a whole time",
                "--time clf --time-format yyyy --since now; --time-format goes with --time REGEX",
                "--time clf --since now --zone Berlin; --zone: 'Berlin' is no zone",
                "--time clf --since 10m; --since: expected a time such as",
                "--time clf --since 10m; did you mean '10m ago'?",
                "--time clf --until 2026-13-01; --until: expected a time such as",
                "--time clf --since 2026-11-30 --until 2026-11-29; --since 2026-11-30 is not before --until 2026-11-29",
                "--time clf --since now --time-slack 1y; --time-slack",
            })
    void whatCannotBeAskedForIsRefused(String arguments, String message) throws IOException {
        CommandRun run = CommandRun.of(with(
                Stream.concat(Stream.of("scan"), Stream.of(arguments.split(" ")))
                        .toArray(),
                "-F",
                "x",
                log(LOG)));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains(message);
    }

    private static Object[] with(Object[] arguments, Object... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray();
    }

    private static String seconds(List<Integer> seconds) {
        StringBuilder text = new StringBuilder();
        Instant start = Instant.parse("2026-11-29T00:00:00Z");
        seconds.forEach(second -> text.append(start.plusSeconds(second))
                .append(" number ")
                .append(second)
                .append('\n'));
        return text.toString();
    }
}
