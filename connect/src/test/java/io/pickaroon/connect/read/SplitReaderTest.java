package io.pickaroon.connect.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.connect.Seeds;
import io.pickaroon.connect.generation.Decision;
import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Cuts random files into splits and windows of every size, and compares with the scan of the whole file. {@code -Dseeds=10000}
 * takes that many files, {@code -Dseed=} that one.
 */
class SplitReaderTest {
    private static final int FILES = 1_500;
    private static final FileKey FILE = new FileKey("disk", 7, 0);
    private static final Pattern X = new Pattern.Literal("x", false);

    private record Found(int rule, long offset, String record, boolean headOnly) {}

    @Test
    void everyCutIntoSplitsEqualsTheScanOfTheWholeFile() throws IOException {
        Long seed = Long.getLong("seed");
        long first = seed == null ? 0 : seed;
        long last = first + Long.getLong("seeds", seed == null ? FILES : 1);
        long records = 0;
        for (long number = first; number < last; number++) {
            records += compare(number);
        }
        System.out.printf("splits: %,d files from %d, %,d matches compared%n", last - first, first, records);
        assertThat(records).isPositive();
    }

    private static int compare(long seed) throws IOException {
        Random random = Seeds.random(seed);
        RandomLog log = RandomLog.of(random);
        SplitInput complete = input(random, log.format(), false);
        SplitInput growing = input(random, log.format(), true);
        List<Found> whole = wholeScan(complete, log);
        long splitBytes = 1L + random.nextInt(log.bytes().length + 20);

        List<Found> ofComplete = new ArrayList<>();
        GrowingLog file = new GrowingLog(log.bytes(), log.bytes().length);
        for (long split = 0; split * splitBytes < log.bytes().length; split++) {
            readAll(reader(complete, file, split, splitBytes), random, ofComplete);
        }
        assertThat(ofComplete).as("complete, -Dseed=%d", seed).isEqualTo(whole);

        List<Found> ofGrowing = new ArrayList<>();
        readGrowing(growing, log.bytes(), splitBytes, random, ofGrowing);
        assertThat(ofGrowing)
                .as("growing, -Dseed=%d", seed)
                .isEqualTo(whole.subList(0, Math.min(whole.size(), ofGrowing.size())));
        List<Found> left = whole.subList(ofGrowing.size(), whole.size());
        // The last line is not complete, and it is unknown whether it belongs to the record before.
        int mostHeld = log.format().starts().isPresent() ? 2 : 1;
        assertThat(left.stream().map(Found::offset).distinct())
                .as("held back, -Dseed=%d", seed)
                .hasSizeLessThanOrEqualTo(mostHeld);
        return whole.size();
    }

    private static SplitInput input(Random random, RecordFormat format, boolean isGrowing) {
        List<Rule> rules = List.of(new Rule("x", X), new Rule("bc", new Pattern.Literal("bc", false)));
        PartLimit limit = random.nextBoolean() ? PartLimit.STANDARD : new PartLimit(1 + random.nextInt(100), 2);
        int windowBytes = 1 + random.nextInt(300);
        return new SplitInput(new WindowPlan(windowBytes, format), new Scanner(rules, format, limit), isGrowing);
    }

    /** As the daemon does it. */
    private static List<Found> wholeScan(SplitInput input, RandomLog log) throws IOException {
        List<Found> found = new ArrayList<>();
        GrowingLog file = new GrowingLog(log.bytes(), log.bytes().length);
        WindowPlan plan = new WindowPlan(1 << 20, log.format());
        plan.windows(file).concatMap(input.scanner()::scan).toIterable().forEach(part -> add(part, found));
        return found;
    }

    private static SplitReader reader(SplitInput input, GrowingLog file, long split, long splitBytes) {
        return reader(input, file, split, splitBytes, Optional.empty());
    }

    private static SplitReader reader(
            SplitInput input, GrowingLog file, long split, long splitBytes, Optional<SplitOffset> from) {
        Decision.Read decision =
                new Decision.Read(new Split(FILE, split), from, from.stream().toList(), Optional.empty());
        return new SplitReader(input, file, decision, splitBytes);
    }

    private static void readAll(SplitReader reader, Random random, List<Found> found) throws IOException {
        Optional<ScannedWindow> part = reader.next(1 + random.nextInt(400));
        while (part.isPresent()) {
            add(part.get(), found);
            part = reader.next(1 + random.nextInt(400));
        }
        assertThat(reader.isAtEnd() || reader.reached().offset() == 0).isTrue();
    }

    /**
     * Readers of all splits take turns while the file grows; some are replaced by others that go on at the offset, as read back
     * from Connect.
     */
    private static void readGrowing(SplitInput input, byte[] bytes, long splitBytes, Random random, List<Found> all)
            throws IOException {
        GrowingLog file = new GrowingLog(bytes, 0);
        List<SplitReader> readers = new ArrayList<>();
        List<List<Found>> found = new ArrayList<>();
        int size = 0;
        boolean isLastRound = false;
        while (!isLastRound) {
            isLastRound = size == bytes.length;
            file.growTo(size);
            while (readers.size() * splitBytes < size) {
                readers.add(reader(input, file, readers.size(), splitBytes));
                found.add(new ArrayList<>());
            }
            for (int split = 0; split < readers.size(); split++) {
                if (random.nextInt(4) == 0) {
                    readers.set(split, successor(readers.get(split), input, file, splitBytes));
                }
                Optional<ScannedWindow> part;
                do {
                    part = readers.get(split).next(1 + random.nextInt(400));
                    List<Found> ofSplit = found.get(split);
                    part.ifPresent(window -> add(window, ofSplit));
                } while (part.isPresent() && (isLastRound || random.nextBoolean()));
            }
            size = Math.min(bytes.length, size + 1 + random.nextInt(200));
        }
        found.forEach(all::addAll);
    }

    private static SplitReader successor(SplitReader reader, SplitInput input, GrowingLog file, long splitBytes) {
        Split split = reader.split();
        SplitOffset offset = SplitOffset.parse(split, reader.offset().toMap(), splitBytes);
        boolean isMoved = reader.reached().offset() > split.startOffset(splitBytes);
        return reader(input, file, split.number(), splitBytes, isMoved ? Optional.of(offset) : Optional.empty());
    }

    private static void add(ScannedWindow part, List<Found> found) {
        MatchBatch batch = part.matches();
        for (int match = 0; match < batch.size(); match++) {
            String record = new String(batch.copyOfRecord(match), StandardCharsets.ISO_8859_1);
            found.add(new Found(batch.ruleIndex(match), batch.recordOffset(match), record, batch.isHeadOnly(match)));
        }
    }

    @Test
    void aFileThatIsReplacedWhileItIsReadEndsTheReader() throws IOException {
        SplitInput input = lines(true);
        GrowingLog file = new GrowingLog(ascii("x one\nx two\n"), 12);
        SplitReader reader = reader(input, file, 0, 0);
        assertThat(reader.next(6)).isPresent();
        file.replace(ascii("x another\nx two\n"));
        assertThatThrownBy(() -> reader.next(100)).isInstanceOf(FileTruncatedException.class);
        assertThat(reader.reached().offset()).isEqualTo(6);
    }

    @Test
    void aFileThatGetsShorterEndsTheReader() throws IOException {
        GrowingLog file = new GrowingLog(ascii("x one\nx two\n"), 12);
        SplitReader reader = reader(lines(true), file, 0, 0);
        assertThat(reader.next(100)).isPresent();
        file.growTo(6);
        assertThatThrownBy(() -> reader.next(100)).isInstanceOf(FileTruncatedException.class);
    }

    @Test
    void whatEvidenceDoesNotFitIsNotRead() {
        GrowingLog old = new GrowingLog(ascii("x older\nx two\n"), 14);
        GrowingLog file = new GrowingLog(ascii("x one\nx two\nx three\n"), 20);
        SplitReader first = reader(lines(true), old, 0, 8);
        Decision.Read decision =
                new Decision.Read(new Split(FILE, 1), Optional.empty(), List.of(read(first)), Optional.empty());
        SplitReader reader = new SplitReader(lines(true), file, decision, 8);
        assertThatThrownBy(() -> reader.next(100)).isInstanceOf(FileTruncatedException.class);
    }

    private static SplitOffset read(SplitReader reader) {
        try {
            assertThat(reader.next(100)).isPresent();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return reader.offset();
    }

    @Test
    void aSplitWithoutAMatchHasAnOffsetToCommit() throws IOException {
        GrowingLog file = new GrowingLog(ascii("one\ntwo\nthree\n"), 14);
        SplitReader reader = reader(lines(true), file, 0, 8);
        assertThat(reader.next(100).orElseThrow().matches().isEmpty()).isTrue();
        assertThat(reader.isAtEnd()).isTrue();
        assertThat(reader.offset().position().offset()).isEqualTo(8);
        assertThat(reader.offset().isStrong()).isTrue();
    }

    @Test
    void splitsBeforeTheFirstRecordArePassed() throws IOException {
        byte[] bytes = new byte[50];
        System.arraycopy(ascii("x one\n"), 0, bytes, 44, 6);
        GrowingLog file = new GrowingLog(bytes, 50);
        SplitReader before = reader(lines(true), file, 1, 20);
        assertThat(before.next(100)).isEmpty();
        assertThat(before.isAtEnd()).isTrue();
        assertThat(before.reached().offset()).isEqualTo(40);
        assertThat(reader(lines(true), file, 2, 20)
                        .next(100)
                        .orElseThrow()
                        .matches()
                        .recordOffset(0))
                .isEqualTo(44);
    }

    private static SplitInput lines(boolean isGrowing) {
        RecordFormat format = new RecordFormat(Delimiter.AUTO, 100);
        Scanner scanner = new Scanner(List.of(new Rule("x", X)), format, PartLimit.STANDARD);
        return new SplitInput(new WindowPlan(1000, format), scanner, isGrowing);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
