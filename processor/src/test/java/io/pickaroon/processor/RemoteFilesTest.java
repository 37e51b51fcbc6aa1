package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.ScriptedSink.Arrival;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.ForwardingLogFile;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import io.pickaroon.processor.file.ReadRange;
import io.pickaroon.processor.file.RemoteFileException;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;

/** Files on a server that fails now and then, and gives a handle back as stale. */
class RemoteFilesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int RECORDS = 3_000;
    private static final FollowSettings FAST = new FollowSettings(
            Duration.ofMillis(300), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofDays(7));

    @TempDir
    Path directory;

    @TempDir
    Path state;

    private final ScriptedSink sink = new ScriptedSink(1, 1);
    private final Server server = new Server();
    private Path log;

    @BeforeEach
    void write() throws IOException {
        log = directory.resolve("a.log");
        append(0, RECORDS);
    }

    private void append(int from, int to) throws IOException {
        Files.write(
                log, records(from, to), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    private static List<String> records(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj("an ERROR with the number %d"::formatted)
                .toList();
    }

    @Test
    void aRunToTheEndWaitsForTheServer() throws IOException {
        server.failNextReads(2);
        server.failReadOf(RECORDS / 2 * 25L);
        Ledger ledger;
        try (Recovery recovery = Recovery.of(state.resolve("checkpoint"))) {
            LogProcessor processor = processor(recovery, RunSettings.untilEndOfFiles());
            ledger = processor.run().block(SOON);
            assertThat(processor.counters().inputs().getFirst().readRetries()).isEqualTo(3);
        }

        assertThat(sink.arrivals()).extracting(Arrival::record).containsExactlyElementsOf(records(0, RECORDS));
        assertThat(ledger.problems()).isEmpty();
        assertThat(ledger.lostBytes()).isZero();
    }

    @Test
    void aFollowedFileIsReadOnWhereItWas() throws IOException {
        try (Recovery recovery = Recovery.of(state.resolve("checkpoint"))) {
            LogProcessor processor = processor(
                    recovery, new RunSettings(false, 2, 16, Duration.ofMillis(10), Duration.ofMillis(20), FAST));
            server.failSomeReads(new Random(1), 100);
            Disposable running = processor.run().subscribe();
            await(RECORDS);
            server.loseHandles();
            append(RECORDS, RECORDS + 500);
            await(RECORDS + 500);
            Path rotated = Files.move(log, directory.resolve("a.log.1"));
            server.loseHandles();
            append(RECORDS + 500, RECORDS + 700);
            await(RECORDS + 700);
            assertThat(rotated).exists();
            processor.stop();
            Awaitility.await().atMost(SOON).until(running::isDisposed);

            Ledger ledger = processor.counters().ledger();
            assertThat(ledger.lostBytes()).isZero();
            assertThat(ledger.problems()).isEmpty();
            assertThat(processor.counters().inputs().getFirst().readRetries()).isPositive();
            assertThat(processor.counters().inputs().getFirst().unaccountedBytes())
                    .isZero();
        }
    }

    @Test
    void aFileThatTheServerHasDeletedIsCountedAsLostAndLeft() throws IOException {
        try (Recovery recovery = Recovery.of(state.resolve("checkpoint"))) {
            LogProcessor processor = processor(
                    recovery, new RunSettings(false, 2, 16, Duration.ofMillis(10), Duration.ofMillis(20), FAST));
            Disposable running = processor.run().subscribe();
            await(RECORDS);
            server.isDown = true;
            append(RECORDS, RECORDS + 10);
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> processor.counters().inputs().getFirst().readRetries() > 0);
            Files.delete(log);
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> processor.counters().ledger().lostBytes() > 0);
            processor.stop();
            Awaitility.await().atMost(SOON).until(running::isDisposed);
            assertThat(processor.counters().ledger().lostBytes())
                    .isEqualTo(String.join("\n", records(RECORDS, RECORDS + 10)).length() + 1);
        }
    }

    private void await(int records) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(sink.arrivals())
                        .extracting(Arrival::record)
                        .containsExactlyElementsOf(records(0, records)));
    }

    private LogProcessor processor(Recovery recovery, RunSettings settings) {
        LogInput input = new LogInput(
                "test",
                Discovery.of(List.of(log)),
                false,
                new Reading(new WindowPlan(4096, 1024, Delimiter.AUTO)),
                List.of(new Rule("errors", new Pattern.Literal("ERROR", false))));
        return new LogProcessor(
                List.of(input),
                sink,
                RunState.of(recovery),
                settings,
                new LogProcessor.Limits(PartLimit.STANDARD, 1 << 20),
                server);
    }

    /** Its clock runs 20 times as fast, so that pauses are short. */
    private static final class Server extends ForwardingMachine {
        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicInteger handle = new AtomicInteger();
        private volatile long failedOffset = -1;
        private volatile Random random;
        private volatile int oneOf;
        private volatile boolean isDown;

        void failNextReads(int count) {
            failures.set(count);
        }

        /** The next read of this byte fails. */
        void failReadOf(long offset) {
            failedOffset = offset;
        }

        void failSomeReads(Random by, int oneOfSoMany) {
            oneOf = oneOfSoMany;
            random = by;
        }

        /** All files have to be opened again. */
        void loseHandles() {
            handle.incrementAndGet();
        }

        private synchronized void answerRead(long offset, int lengthBytes, int opened) throws IOException {
            if (isDown || opened != handle.get()) {
                throw new RemoteFileException("a.log: Stale file handle", null);
            }
            boolean isOfByte = offset <= failedOffset && failedOffset < offset + lengthBytes;
            if (isOfByte) {
                failedOffset = -1;
            }
            boolean isNext = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            if (isOfByte || isNext || random != null && random.nextInt(oneOf) == 0) {
                throw new RemoteFileException("a.log: Input/output error", null);
            }
        }

        @Override
        public LongSupplier nanoTime() {
            LongSupplier real = super.nanoTime();
            return () -> 20 * real.getAsLong();
        }

        @Override
        public LogFile open(Path path, boolean forFixes) throws IOException {
            return new Remote(super.open(path, forFixes), new AtomicInteger(handle.get()));
        }

        private final class Remote extends ForwardingLogFile {
            private final AtomicInteger opened;

            Remote(LogFile file, AtomicInteger opened) {
                super(file);
                this.opened = opened;
            }

            @Override
            public LogFile knownAs(Path path, int generation) {
                return new Remote(file.knownAs(path, generation), opened);
            }

            @Override
            public MappedRange map(long offset, long endOffset) {
                return new ReadRange(this, offset, endOffset);
            }

            @Override
            public void read(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
                answerRead(offset, lengthBytes, opened.get());
                super.read(offset, target, targetIndex, lengthBytes);
            }

            @Override
            public long sizeBytes() throws IOException {
                if (opened.get() != handle.get()) {
                    throw new RemoteFileException("a.log: Stale file handle", null);
                }
                return super.sizeBytes();
            }

            @Override
            public void reopen(Path at) throws IOException {
                if (FileSighting.at(at)
                        .filter(there -> there.identity().isSameInode(identity()))
                        .isPresent()) {
                    opened.set(handle.get());
                }
            }
        }
    }
}
