package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.decode.Gzip;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScanDetail;
import io.pickaroon.processor.scan.ScanTally;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

class LogSearchTest {
    private static final int RECORDS = 20_000;
    private static final int MANY_RECORDS = 60_000;

    @TempDir
    Path directory;

    private final Rule even = new Rule("even", new Pattern.Regex("[02468]$", false));
    private final LogSearch search =
            new LogSearch(List.of(even), new WindowPlan(4096, 1024, Delimiter.AUTO), 3, List.of());

    @Test
    void givesEveryMatchInFileOrderWithItsPlace() throws IOException {
        Path log = numbers();
        byte[] bytes = Files.readAllBytes(log);
        List<MatchedRecord> found = search.matches(log).collectList().block();
        assertThat(found)
                .extracting(MatchedRecord::text)
                .isEqualTo(IntStream.range(0, RECORDS / 2)
                        .mapToObj(i -> "record " + 2 * i)
                        .toList());
        assertThat(found).allSatisfy(match -> {
            assertThat(match.rule()).isEqualTo("even");
            assertThat(match.file()).isEqualTo(log);
            assertThat(bytes).containsSubsequence(match.bytes());
            assertThat(bytes[(int) match.offset() + match.bytes().length]).isEqualTo((byte) '\n');
        });
    }

    @Test
    void readsNoFurtherThanWasAskedFor() throws IOException {
        Path log = numbers();
        StepVerifier.create(search.matches(log), 2)
                .expectNextCount(2)
                .thenRequest(1)
                .expectNextMatches(match -> match.text().equals("record 4"))
                .expectNoEvent(Duration.ofMillis(50))
                .thenCancel()
                .verify();
    }

    @Test
    void stopsWhenNoMoreIsWanted() throws IOException {
        Path log = numbers();
        List<Long> offsets = new ArrayList<>();
        ScanTally read = search.passingOnAfter(3).search(log, window -> {
            offsets.add(window.startOffset());
            assertThat(window.matches().size()).isEqualTo(3);
            return offsets.size() < 2;
        });
        Awaitility.await()
                .untilAsserted(() -> assertThat(liveThreads()).noneMatch(name -> name.startsWith("log-search")));
        assertThat(offsets).hasSize(2);
        assertThat(read.matchedRecords()).isEqualTo(6);
    }

    /** In small windows, in large ones, which are searched outside of the heap, and in a stream. */
    @Test
    void knowsHowManyRecordsComeBeforeAMatchAndWhereItIsInItsRecord() throws IOException {
        Path log = numbers(MANY_RECORDS);
        Rule rare = new Rule("rare", new Pattern.Literal("99", false));
        for (int windowBytes : new int[] {4096, 512 * 1024, 1 << 20}) {
            LogSearch placing = new LogSearch(
                            List.of(rare), new WindowPlan(windowBytes, 1024, Delimiter.AUTO), 2, List.of())
                    .with(new ScanDetail(true, true, true));
            List<String> found = new ArrayList<>();
            placing.search(log, new Places(found));
            List<String> inStream = new ArrayList<>();
            try (InputStream stream = Files.newInputStream(log)) {
                placing.search(stream, log, new Places(inStream));
            }
            assertThat(found)
                    .isEqualTo(IntStream.range(0, MANY_RECORDS)
                            .filter(number -> Integer.toString(number).contains("99"))
                            .mapToObj(number -> number + "@" + ("record " + number).indexOf("99"))
                            .toList());
            assertThat(inStream).isEqualTo(found);
        }
    }

    private static final class Places implements LogSearch.Findings {
        private final List<String> found;
        private long recordsBefore;

        Places(List<String> found) {
            this.found = found;
        }

        @Override
        public boolean accept(ScannedWindow window) {
            MatchBatch matches = window.matches();
            for (int match = 0; match < matches.size(); match++) {
                assertThat(matches.delimiterBytes(match)).isEqualTo(1);
                int place = matches.firstPlace(match);
                found.add(recordsBefore + matches.recordsBefore(match) + "@"
                        + (matches.placeStart(place) - matches.start(match)));
            }
            recordsBefore += window.tally().records();
            return true;
        }
    }

    @Test
    void endsItsThreadsWhenNobodyWantsMore() throws IOException {
        Path log = numbers();
        assertThat(search.matches(log).take(3).collectList().block()).hasSize(3);
        Awaitility.await()
                .untilAsserted(() -> assertThat(liveThreads()).noneMatch(name -> name.startsWith("log-search")));
    }

    @Test
    void anArchiveIsDecodedOnThreadsOfItsOwnHoweverSmallItIs() throws IOException {
        Path log = Files.writeString(directory.resolve("small.log"), "record 2\n");
        Path archive = directory.resolve("small.log.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            Files.copy(log, out);
        }
        assertThat(threadThatScans(log)).isEqualTo(Thread.currentThread().getName());
        assertThat(threadThatScans(archive)).startsWith("log-search");
    }

    private String threadThatScans(Path file) {
        WindowPlan plan = new WindowPlan(4096, 1024, Delimiter.AUTO);
        return new LogSearch(List.of(even), plan, 3, List.of(new Gzip()))
                .matches(file)
                .map(_ -> Thread.currentThread().getName())
                .blockLast();
    }

    @Test
    void aFileThatIsNotThereIsAnError() {
        StepVerifier.create(search.matches(directory.resolve("none")))
                .expectErrorSatisfies(e -> assertThat(e).isInstanceOf(NoSuchFileException.class))
                .verify();
    }

    private Path numbers() throws IOException {
        return numbers(RECORDS);
    }

    private Path numbers(int records) throws IOException {
        return Files.writeString(
                directory.resolve("numbers.log"),
                IntStream.range(0, records).mapToObj(i -> "record " + i + "\n").collect(Collectors.joining()));
    }

    private static Set<String> liveThreads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }
}
