package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.DisturbedFile.Disturbance;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.file.DirectoryWatch;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.FixPermission;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.fix.FixTally;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Each change is compared just before it is made, also while others change or truncate the file between two of them. */
class ComparisonBeforeFixTest {
    /** The first change of {@link #lines} is here. Only the fixer reads from there, or from where another change is. */
    private static final int FIRST_CHANGE = 2;

    private static final int LINE_BYTES = "a ERROR\n".length();
    private static final int LINES = 100;

    @TempDir
    Path directory;

    @Test
    void aFileThatIsTruncatedAmidItsChangesIsFixedUpToItsEndAndDoesNotGrow() throws IOException {
        for (int cutBytes = 0; cutBytes <= LINE_BYTES; cutBytes++) {
            Path file = lines();
            int newSize = 10 * LINE_BYTES + cutBytes;
            Ledger ledger = run(file, cutBytes, beforeChangeIsCompared(10, () -> {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(newSize);
                }
            }));

            int done = cutBytes < LINE_BYTES - 1 ? 10 : 11;
            String expected = ("a FIXED\n".repeat(done) + "a ERROR\n").substring(0, newSize);
            assertThat(Files.readString(file)).as("cut at %d", newSize).isEqualTo(expected);
            assertThat(ledger.fixes()).isEqualTo(new FixTally(done, 5L * done, 0, LINES - done, 0, 0, 0));
        }
    }

    @Test
    void aChangeOfOthersAmidTheChangesIsLeftAloneAndTheOthersAreMade() throws IOException {
        Path file = lines();
        Ledger ledger = run(file, 0, beforeChangeIsCompared(5, () -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(bytes("x"), 7L * LINE_BYTES + 4);
                channel.write(bytes("FIXED"), 9L * LINE_BYTES + 2);
            }
        }));

        assertThat(Files.readString(file))
                .isEqualTo("a FIXED\n".repeat(7) + "a ERxOR\n" + "a FIXED\n".repeat(LINES - 8));
        assertThat(ledger.fixes()).isEqualTo(new FixTally(LINES - 2, 5L * (LINES - 2), 1, 1, 0, 0, 0));
    }

    @Test
    void changesOfAnyLengthAndDistanceAreMade() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        StringBuilder text = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            String between = "-".repeat(random.nextInt(1 << random.nextInt(1, 16))) + " ";
            int length = 1 + random.nextInt(1 << random.nextInt(1, i % 50 == 0 ? 18 : 8));
            String end = random.nextInt(3) == 0 ? "\n" : ".";
            text.append(between).append("k=").append("7".repeat(length)).append(end);
            expected.append(between).append("k=").append("*".repeat(length)).append(end);
        }
        Path file = Files.writeString(directory.resolve("log"), text);
        Rule mask = new Rule(
                "mask",
                new Pattern.Regex("k=(?<v>7+)", false),
                false,
                Optional.of(new Fix(new Fix.Mask('*', 0, 0), "v", 0)));

        Ledger ledger = run(file, 0, new Disturbance() {}, mask);

        assertThat(Files.readString(file).equals(expected.toString())).isTrue();
        assertThat(ledger.fixes().edits()).isEqualTo(300);
    }

    /** What others do. */
    private interface Deed {
        void run() throws IOException;
    }

    private static Disturbance beforeChangeIsCompared(int number, Deed deed) {
        long comparedOffset = FIRST_CHANGE + (long) number * LINE_BYTES;
        AtomicBoolean done = new AtomicBoolean();
        return new Disturbance() {
            @Override
            public void beforeRead(long offset, int lengthBytes) throws IOException {
                if (offset == comparedOffset && done.compareAndSet(false, true)) {
                    deed.run();
                }
            }
        };
    }

    private Path lines() throws IOException {
        return Files.writeString(directory.resolve("log"), "a ERROR\n".repeat(LINES));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private Ledger run(Path file, int number, Disturbance disturbance) throws IOException {
        Rule rule = new Rule(
                "errors",
                new Pattern.Literal("ERROR", false),
                false,
                Optional.of(new Fix(new Fix.Replace("FIXED"), "", 0)));
        return run(file, number, disturbance, rule);
    }

    /** @param number of the checkpoint: another one knows nothing of what was done before */
    private Ledger run(Path file, int number, Disturbance disturbance, Rule rule) throws IOException {
        Reading reading = new Reading(new WindowPlan(1 << 20, 1 << 20, Delimiter.AUTO));
        LogInput input = new LogInput("test", Discovery.of(List.of(file)), false, reading, List.of(rule));
        Scheduler scan = Schedulers.newSingle("scan");
        Scheduler progress = Schedulers.newSingle("checkpoint");
        try (Recovery recovery = Recovery.of(directory.resolve("checkpoint-" + number))) {
            return TwinEngine.processor(
                            input,
                            new ScriptedSink(1, 1),
                            recovery,
                            RunSettings.untilEndOfFiles(),
                            new PartLimit(1 << 20, 16_384),
                            16 << 20,
                            new TwinEngine.TwinMachine(
                                    scan, progress, Schedulers.parallel(), System::nanoTime, opener(disturbance)))
                    .run()
                    .block(Duration.ofSeconds(60));
        } finally {
            scan.dispose();
            progress.dispose();
        }
    }

    private static TwinEngine.LogOpener opener(Disturbance disturbance) {
        return new TwinEngine.LogOpener() {
            @Override
            public LogFile open(Path path, boolean forFixes) throws IOException {
                return new DisturbedFile(LogFile.openForFixes(path, FixPermission.EVERY_FILE), disturbance);
            }

            @Override
            public Optional<FileSighting> look(Path path) throws IOException {
                return FileSighting.at(path);
            }

            @Override
            public DirectoryWatch watch() {
                return DirectoryWatch.deaf();
            }
        };
    }
}
