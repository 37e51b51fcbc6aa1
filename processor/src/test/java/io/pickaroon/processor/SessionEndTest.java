package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.file.ForwardingLogFile;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A session ends while a window is being read. */
class SessionEndTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean isClosedAlways;

    @Test
    void aFileThatIsClosedWithItsSessionIsNoProblemOfTheRun() throws IOException {
        Ledger ledger = run(new SinkWithAnOutage());

        assertThat(ledger.problems()).isEmpty();
        assertThat(ledger.emittedMatches()).isEqualTo(1_000);
    }

    /** Nothing else may end a file before its end without a word. */
    @Test
    void aFileThatIsClosedWhileItsSessionGoesOnIsOne() throws IOException {
        closed.countDown();
        isClosedAlways = true;

        Ledger ledger = run(windows -> windows.map(Acknowledgement::of));

        assertThat(ledger.problems()).hasSize(1);
    }

    private Ledger run(MatchSink sink) throws IOException {
        Path log = Files.writeString(directory.resolve("a.log"), "an ERROR\n".repeat(1_000));
        LogInput input = new LogInput(
                "test",
                Discovery.of(List.of(log)),
                false,
                new Reading(new WindowPlan(4096, 1024, Delimiter.AUTO)),
                List.of(new Rule("errors", new Pattern.Literal("ERROR", false))));
        LogProcessor processor = new LogProcessor(
                List.of(input),
                sink,
                RunState.none(),
                RunSettings.untilEndOfFiles(),
                new LogProcessor.Limits(PartLimit.STANDARD, 1 << 20),
                new HesitantMachine());

        return processor.run().block(SOON);
    }

    /** Its first session ends while a window is read; the second one takes everything. */
    private final class SinkWithAnOutage implements MatchSink {
        private boolean isFirst = true;

        @Override
        public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
            if (!isFirst) {
                return windows.map(Acknowledgement::of);
            }
            isFirst = false;
            Mono<Acknowledgement> outage = Mono.<Acknowledgement>fromCallable(() -> {
                        reading.await();
                        throw DeliveryException.retryable("an outage", null);
                    })
                    .subscribeOn(Schedulers.boundedElastic());
            // The windows are not cancelled before the failure is signalled.
            return Flux.<Acknowledgement>create(acknowledgements -> {
                windows.subscribe(_ -> {}, acknowledgements::error);
                outage.subscribe(_ -> {}, acknowledgements::error);
            });
        }
    }

    /** The first read waits until the file is closed. */
    private final class HesitantMachine extends ForwardingMachine {
        @Override
        public LogFile open(Path path, boolean forFixes) throws IOException {
            return new HesitantFile(super.open(path, forFixes));
        }
    }

    private final class HesitantFile extends ForwardingLogFile {
        HesitantFile(LogFile file) {
            super(file);
        }

        @Override
        public LogFile knownAs(Path path, int generation) {
            return new HesitantFile(file.knownAs(path, generation));
        }

        @Override
        public MappedRange map(long offset, long endOffset) throws IOException {
            return new HesitantRange(file.map(offset, endOffset));
        }

        @Override
        public void close() throws IOException {
            closed.countDown();
            super.close();
        }
    }

    private final class HesitantRange implements MappedRange {
        private final MappedRange range;

        HesitantRange(MappedRange range) {
            this.range = range;
        }

        @Override
        public long offset() {
            return range.offset();
        }

        @Override
        public long endOffset() {
            return range.endOffset();
        }

        @Override
        public void copy(long fromOffset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
            if (isClosedAlways || closed.getCount() > 0) {
                reading.countDown();
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                throw new IOException("closed while a window of it was being read", new ClosedChannelException());
            }
            range.copy(fromOffset, target, targetIndex, lengthBytes);
        }

        @Override
        public void close() {
            range.close();
        }
    }
}
