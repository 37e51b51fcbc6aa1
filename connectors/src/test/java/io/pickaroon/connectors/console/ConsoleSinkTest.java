package io.pickaroon.connectors.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.console.ConsoleSink.Layout;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

@Timeout(60)
class ConsoleSinkTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void writesTheBytesOfEachMatchAndALineFeed() throws Exception {
        byte[] content = "ERROR \u00ff\r\nfine\nERROR last".getBytes(StandardCharsets.ISO_8859_1);
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), content)) {
            new ConsoleSink(out, Layout.RECORD, _ -> true)
                    .deliver(log.windows(1 << 20))
                    .blockLast();
        }
        assertThat(out.toByteArray()).isEqualTo("ERROR \u00ff\nERROR last\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void putsTheOriginBeforeTheRecordAndLeavesOutRulesThatEmitNothing() throws Exception {
        Rule silent = new Rule("silent", new Pattern.Literal("ERROR", false));
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), List.of("fine", "ERROR"))) {
            new ConsoleSink(out, Layout.ORIGIN_AND_RECORD, rule -> !rule.equals(silent))
                    .deliver(log.windows(1 << 20, List.of(LogFixture.ERRORS, silent), 100))
                    .blockLast();
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .isEqualTo(log.file().path() + ":5:errors:ERROR\n");
        }
    }

    @Test
    void aClosedConsoleIsFatal() throws Exception {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), List.of("ERROR"))) {
            StepVerifier.create(new ConsoleSink(closed, Layout.RECORD, _ -> true).deliver(log.windows(1 << 20)))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    DeliveryException.class,
                                    e -> assertThat(e.isRetryable()).isFalse())
                            .hasMessageContaining("Broken pipe"))
                    .verify();
        }
    }

    @Test
    void aReaderThatStallsStopsTheDemand() throws Exception {
        Semaphore reader = new Semaphore(0);
        Semaphore stalled = new Semaphore(0);
        OutputStream stalling = new OutputStream() {
            @Override
            public void write(int b) {
                stalled.release();
                reader.acquireUninterruptibly();
            }
        };
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), LogFixture.errorLines(1_000))) {
            AtomicInteger taken = new AtomicInteger();
            Disposable session = new ConsoleSink(stalling, Layout.RECORD, _ -> true)
                    .deliver(log.windows(4 * 1024).doOnNext(_ -> taken.incrementAndGet()))
                    .subscribe();
            stalled.acquire();
            Thread.sleep(200);
            assertThat(taken.get()).isLessThanOrEqualTo(2);
            session.dispose();
            reader.release(Integer.MAX_VALUE / 2);
        }
    }
}
