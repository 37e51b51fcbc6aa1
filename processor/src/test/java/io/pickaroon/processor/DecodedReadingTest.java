package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.ScriptedSink.Arrival;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.decode.Gzip;
import io.pickaroon.processor.decode.Utf16;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.input.TailTimeouts;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Multiline;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodedReadingTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<Rule> RULES = List.of(
            new Rule("sevens", new Pattern.Literal("7", false)),
            new Rule(
                    "keys",
                    new Pattern.Regex("key=(?<k>\\d+)", false),
                    true,
                    Optional.of(new Fix(new Fix.Mask('*', 0, 0), "k", 0))));

    @TempDir
    Path directory;

    @Test
    void anArchiveOfSeveralMembersIsReadAsItsContentWouldBe() throws IOException {
        String log = log(40_000);
        Path archive = Files.write(directory.resolve("a.log.gz"), gzip(log, 5));
        byte[] before = Files.readAllBytes(archive);
        for (boolean multiline : new boolean[] {false, true}) {
            Path plain = Files.writeString(directory.resolve("a.log"), log);
            Run ofArchive = run(archive, multiline, new ScriptedSink(1, 1));
            Run ofPlain = run(plain, multiline, new ScriptedSink(1, 1));

            assertThat(records(ofArchive)).isEqualTo(records(ofPlain)).hasSizeGreaterThan(10_000);
            assertThat(ofArchive.ledger().scanned()).isEqualTo(ofPlain.ledger().scanned());
            assertThat(ofArchive.ledger().problems()).isEmpty();
            assertThat(ofArchive.planned()).isEqualTo(log.length());
            assertThat(ofArchive.ledger().fixes().edits()).isZero();
            assertThat(Files.readAllBytes(archive)).isEqualTo(before);
            Files.delete(directory.resolve("state"));
            Files.delete(directory.resolve("state.journal"));
        }
    }

    @Test
    void outagesAndRestartsLeaveNothingOutAndOrderIsKept() throws IOException {
        Path archive = Files.write(directory.resolve("a.log.gz"), gzip(log(20_000), 3));
        ScriptedSink sink = new ScriptedSink(5, 2).withOutages(6);
        run(archive, true, sink);
        List<Long> offsets =
                sink.arrivals().stream().map(Arrival::offset).distinct().toList();
        List<Long> undisturbed =
                arrivals(Files.write(directory.resolve("b.log.gz"), gzip(log(20_000), 1)), true).stream()
                        .map(Arrival::offset)
                        .distinct()
                        .toList();
        assertThat(sink.sessions()).isGreaterThan(3);
        assertThat(offsets).isEqualTo(undisturbed);
    }

    @Test
    void textInUtf16IsReadInAnArchiveAsOutsideOfOne() throws IOException {
        byte[] text = ("\ufeff" + log(15_000)).getBytes(StandardCharsets.UTF_16LE);
        Path archive = Files.write(directory.resolve("a.log.gz"), gzip(text, 7));
        Path plain = Files.write(directory.resolve("a.log"), text);
        for (boolean multiline : new boolean[] {false, true}) {
            List<Arrival> all = arrivals(plain, multiline);
            ScriptedSink disturbed = new ScriptedSink(5, 2).withOutages(6);
            run(archive, multiline, disturbed);

            assertThat(all).hasSizeGreaterThan(3_000);
            assertThat(disturbed.sessions()).isGreaterThan(3);
            assertThat(disturbed.arrivals().stream().map(Arrival::offset).distinct())
                    .isEqualTo(all.stream().map(Arrival::offset).distinct().toList());
            assertThat(arrivals(archive, multiline)).isEmpty();
            Path other = Files.copy(archive, directory.resolve("b.log.gz"));
            long middle = all.get(all.size() / 2).offset();
            ScriptedSink knowing = new ScriptedSink(1, 1).knowing(new Position(middle, true), Set.of());
            assertThat(run(other, multiline, knowing).ledger().problems()).isEmpty();
            assertThat(knowing.arrivals().stream().map(Arrival::record).toList())
                    .isEqualTo(all.stream()
                            .filter(arrival -> arrival.offset() >= middle)
                            .map(Arrival::record)
                            .toList());
            Files.delete(other);
            Files.delete(directory.resolve("state"));
            Files.delete(directory.resolve("state.journal"));
        }
    }

    @Test
    void anArchiveIsReadOnceAndGoesOnWhereItsDestinationIs() throws IOException {
        Path archive = Files.write(directory.resolve("a.log.gz"), gzip(log(20_000), 3));
        List<Arrival> all = arrivals(archive, false);
        assertThat(arrivals(archive, false)).isEmpty();

        Path other = Files.copy(archive, directory.resolve("b.log.gz"));
        long middle = all.get(all.size() / 2).offset();
        ScriptedSink sink = new ScriptedSink(1, 1).knowing(new Position(middle, true), Set.of());
        run(other, false, sink);
        assertThat(sink.arrivals()).extracting(Arrival::offset).startsWith(middle);
        assertThat(sink.arrivals()).hasSize((int)
                all.stream().filter(arrival -> arrival.offset() >= middle).count());
    }

    @Test
    void ofADamagedArchiveWhatIsCompleteBeforeIsReadAndTheRestIsReported() throws IOException {
        String log = log(30_000);
        byte[] whole = gzip(log, 1);
        Path cut = Files.write(directory.resolve("a.log.gz"), Arrays.copyOf(whole, whole.length / 2));
        Run run = run(cut, false, new ScriptedSink(1, 1));
        assertThat(run.ledger().problems())
                .singleElement()
                .asString()
                .contains(
                        "a.log.gz",
                        "damaged or cut off after",
                        "within the member that begins at byte 0",
                        "when the file is complete");
        long bytes = run.ledger().scanned().bytes();
        assertThat(bytes).isBetween(log.length() / 4L, log.length() * 3L / 4);
        assertThat(log.charAt((int) bytes - 1)).isEqualTo('\n');

        // The same file, whole.
        try (var channel = Files.newByteChannel(cut, java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(whole));
        }
        Run rest = run(cut, false, new ScriptedSink(1, 1));
        assertThat(rest.ledger().problems()).isEmpty();
        assertThat(bytes + rest.ledger().scanned().bytes()).isEqualTo(log.length());
    }

    @Test
    void ofADamagedArchiveThatIsReplacedInPlaceNothingIsLost() throws IOException {
        byte[] damaged = gzip(log(30_000), 1);
        Path archive = Files.write(directory.resolve("a.log.gz"), Arrays.copyOf(damaged, damaged.length / 2));
        assertThat(run(archive, false, new ScriptedSink(1, 1)).ledger().problems())
                .hasSize(1);
        String log = log(20_000);
        Files.write(archive, gzip(log, 1));
        Ledger ledger = run(archive, false, new ScriptedSink(1, 1)).ledger();
        assertThat(ledger.scanned().bytes()).isEqualTo(log.length());
        assertThat(ledger.lostBytes()).isZero();
        assertThat(ledger.problems()).isEmpty();
    }

    @Test
    void aFileThatIsOnlyNamedLikeAnArchiveIsReadAsItIs() throws IOException {
        Path plain = Files.writeString(directory.resolve("a.gz"), "one 7\nkey=12\n");
        Run run = run(plain, false, new ScriptedSink(1, 1));
        assertThat(records(run)).containsExactly("one 7", "key=**");
        assertThat(Files.readString(plain)).isEqualTo("one 7\nkey=**\n");
    }

    private record Run(ScriptedSink sink, Ledger ledger, long planned) {}

    private List<Arrival> arrivals(Path file, boolean multiline) throws IOException {
        return run(file, multiline, new ScriptedSink(1, 1)).sink().arrivals();
    }

    private static List<String> records(Run run) {
        return run.sink().arrivals().stream().map(Arrival::record).toList();
    }

    private Run run(Path file, boolean multiline, ScriptedSink sink) throws IOException {
        RecordFormat format = new RecordFormat(
                Delimiter.AUTO, 200, multiline ? Optional.of(Multiline.startingWith("^\\d")) : Optional.empty());
        LogInput input = new LogInput(
                "test",
                Discovery.of(List.of(file)),
                false,
                new Reading(new WindowPlan(4096, format), TailTimeouts.STANDARD, List.of(new Gzip(), new Utf16())),
                RULES);
        RunSettings settings =
                new RunSettings(true, 2, 16, Duration.ofMillis(10), Duration.ofMillis(20), FollowSettings.STANDARD);
        try (Recovery recovery = Recovery.of(directory.resolve("state"))) {
            LogProcessor processor = new LogProcessor(List.of(input), sink, RunState.of(recovery), settings);
            Ledger ledger = processor.run().block(SOON);
            return new Run(sink, ledger, processor.counters().plannedBytes());
        }
    }

    /** Lines of which some go on with the one before, and some are longer than the limit. */
    private static String log(int lines) {
        Random random = new Random(lines);
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < lines; line++) {
            text.append(random.nextInt(4) == 0 ? "  at " : "")
                    .append(line)
                    .append(random.nextInt(5) == 0 ? " key=" + random.nextInt(1000) : " x")
                    .append("y".repeat(random.nextInt(50) == 0 ? random.nextInt(1000) : random.nextInt(40)))
                    .append(random.nextBoolean() ? "\n" : "\r\n");
        }
        return text.toString();
    }

    private static byte[] gzip(String text, int members) throws IOException {
        return gzip(text.getBytes(StandardCharsets.ISO_8859_1), members);
    }

    private static byte[] gzip(byte[] bytes, int members) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        for (int member = 0; member < members; member++) {
            try (GZIPOutputStream out = new GZIPOutputStream(archive)) {
                int from = (int) ((long) bytes.length * member / members);
                int to = (int) ((long) bytes.length * (member + 1) / members);
                out.write(bytes, from, to - from);
            }
        }
        return archive.toByteArray();
    }
}
