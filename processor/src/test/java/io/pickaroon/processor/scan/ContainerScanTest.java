package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.container.ContainerFormat;
import io.pickaroon.processor.container.ContainerFormat.Syntax;
import io.pickaroon.processor.container.ContainerLog;
import io.pickaroon.processor.container.ContainerLog.Found;
import io.pickaroon.processor.container.HeldRecord;
import io.pickaroon.processor.container.Part;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.Multiline;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ContainerScanTest {
    private static final List<Rule> RULES = List.of(
            new Rule("literal", new Pattern.Literal("ab", false)),
            new Rule("across lines", new Pattern.Regex("b\n<", false)),
            new Rule("of one line", new Pattern.Regex("^[ab<]+$", false)));
    private static final List<Rule> EVERY = List.of(new Rule("every", new Pattern.Regex("", false)));
    private static final List<Predicate<String>> TRUTHS = List.of(
            content -> content.contains("ab"),
            content -> content.contains("b\n<"),
            content -> content.matches("[ab<]+"));

    /** One random file, how it is read, and what is to be found. */
    private static final class Trial {
        final byte[] bytes;
        final RecordFormat format;
        final Scanner scanner;
        final List<NaiveScan.Match> matches = new ArrayList<>();
        final ScanTally tally;
        final long foreignLines;
        final long cutRecords;
        final String description;

        Trial(long seed, Random random) {
            Syntax syntax = Syntax.values()[random.nextInt(2)];
            bytes = ContainerLog.random(random, syntax);
            ContainerFormat container =
                    new ContainerFormat(syntax, random.nextBoolean() ? 1 << 20 : 1 + random.nextInt(400));
            boolean isMultiline = random.nextBoolean();
            boolean every = random.nextBoolean();
            format = new RecordFormat(
                    Delimiter.AUTO,
                    random.nextBoolean() ? 100 : 1 + random.nextInt(20),
                    isMultiline ? Optional.of(Multiline.startingWith("^a")) : Optional.empty(),
                    Optional.of(container));
            PartLimit part = new PartLimit(1 << 20, random.nextInt(4) == 0 ? 1 : 1000);
            scanner = new Scanner(every ? EVERY : RULES, format, part);
            List<Found> records = new ContainerLog(
                            container, format.maxRecordBytes(), isMultiline ? text -> text.startsWith("a") : null)
                    .read(new String(bytes, StandardCharsets.ISO_8859_1));
            ScanTally sum = ScanTally.ZERO;
            for (Found record : records) {
                sum = sum.plus(expect(record, every ? List.of(_ -> true) : TRUTHS));
            }
            tally = sum;
            foreignLines =
                    records.stream().filter(record -> record.stream() < 0).count();
            cutRecords = records.stream()
                    .filter(record -> record.part() != Part.WHOLE)
                    .count();
            description = "seed %d, %s".formatted(seed, format);
        }

        private ScanTally expect(Found record, List<Predicate<String>> rules) {
            boolean isMatched = false;
            for (int rule = 0; rule < rules.size(); rule++) {
                if (rules.get(rule).test(record.text())) {
                    isMatched = true;
                    matches.add(new NaiveScan.Match(rule, record.start(), record.text(), record.isHeadOnly()));
                }
            }
            boolean isOversized = record.isHeadOnly();
            return new ScanTally(
                    1,
                    isMatched ? 1 : 0,
                    isOversized ? 1 : 0,
                    isMatched && !isOversized ? record.bytes() : 0,
                    !isMatched && !isOversized ? record.bytes() : 0,
                    isOversized ? record.bytes() : 0);
        }

        void isFound(List<ScannedWindow> parts) {
            assertThat(NaiveScan.matches(parts)).as(description).isEqualTo(matches);
            assertThat(tally(parts)).as(description).isEqualTo(tally);
            assertThat(tally.bytes()).as(description).isEqualTo(bytes.length);
            for (ScannedWindow part : parts) {
                assertThat(part.tally().bytes() + part.matches().shiftedBytes())
                        .as(description)
                        .isEqualTo(part.end().offset() - part.startOffset());
            }
            assertThat(parts.stream()
                            .mapToLong(part -> part.matches().foreignLines())
                            .sum())
                    .as(description)
                    .isEqualTo(foreignLines);
            assertThat(parts.stream()
                            .mapToLong(part -> part.matches().cutRecords())
                            .sum())
                    .as(description)
                    .isEqualTo(cutRecords);
        }
    }

    @Test
    void findsTheSameForEveryCutIntoWindows() {
        for (long seed = 0; seed < 10_000; seed++) {
            Random random = new Random(seed);
            Trial trial = new Trial(seed, random);
            WindowPlan plan = new WindowPlan(1 + random.nextInt(200), trial.format);
            LogFile file = new MemoryLog(trial.bytes);
            trial.isFound(scan(trial.scanner, plan, file, Position.START, trial.bytes.length, false));
        }
    }

    @Test
    void goesOnFromEveryPositionAsIfItHadNotStopped() {
        for (long seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            Trial trial = new Trial(seed, random);
            LogFile file = new MemoryLog(trial.bytes);
            WindowPlan plan = new WindowPlan(1 + random.nextInt(60), trial.format);
            List<ScannedWindow> all = scan(trial.scanner, plan, file, Position.START, trial.bytes.length, false);
            for (int done = 1; done < all.size(); done++) {
                List<ScannedWindow> resumed = new ArrayList<>(all.subList(0, done));
                WindowPlan other = new WindowPlan(1 + random.nextInt(300), trial.format);
                Position reached = all.get(done - 1).end();
                resumed.addAll(scan(trial.scanner, other, file, reached, trial.bytes.length, false));
                trial.isFound(resumed);
            }
        }
    }

    @Test
    void aGrowingFileIsReadAsIfAllOfItHadBeenThereAtOnce() throws IOException {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Trial trial = new Trial(seed, random);
            WindowPlan plan = new WindowPlan(1 + random.nextInt(200), trial.format);
            List<ScannedWindow> parts = new ArrayList<>();
            Position reached = Position.START;
            Optional<HeldRecord> held = Optional.empty();
            for (int size = 0; size < trial.bytes.length; ) {
                size = Math.min(trial.bytes.length, size + 1 + random.nextInt(100));
                boolean isAll = size == trial.bytes.length;
                LogFile file = new MemoryLog(Arrays.copyOf(trial.bytes, size));
                WindowPlan.Complete complete = plan.complete(file, reached, held);
                held = complete.held();
                assertThat(complete.recordsOffset() < complete.linesOffset())
                        .as(trial.description)
                        .isEqualTo(held.isPresent());
                assertThat(complete).as(trial.description).isEqualTo(plan.complete(file, reached));
                long limit = isAll ? size : complete.recordsOffset();
                if (limit > reached.offset()) {
                    parts.addAll(scan(trial.scanner, plan, file, reached, limit, !isAll));
                    reached = parts.isEmpty() ? reached : parts.getLast().end();
                }
            }
            trial.isFound(parts);
        }
    }

    /** The windows in turn, as a cursor takes them. */
    private static List<ScannedWindow> scan(
            Scanner scanner, WindowPlan plan, LogFile file, Position from, long limit, boolean holdsOpen) {
        AtomicReference<Position> reached = new AtomicReference<>(from);
        return plan.inTurn(file, reached::get, limit, limit, holdsOpen)
                .concatMap(window -> scanner.scan(window).doOnNext(part -> reached.set(part.end())), 0)
                .collectList()
                .block();
    }

    private static ScanTally tally(List<ScannedWindow> parts) {
        return parts.stream().map(ScannedWindow::tally).reduce(ScanTally.ZERO, ScanTally::plus);
    }
}
