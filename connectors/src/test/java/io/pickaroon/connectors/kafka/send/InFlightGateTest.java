package io.pickaroon.connectors.kafka.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.LogFixture;
import io.pickaroon.processor.scan.ScannedWindow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InFlightGateTest {
    private static final int WINDOW_BYTES = 4 * 1024;

    @TempDir
    Path directory;

    @Test
    void asksForNoWindowBeyondTheLimitOfWindowsUntilOneIsReleased() throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("a.log"), LogFixture.errorLines(10_000))) {
            InFlightGate gate = new InFlightGate(log.windows(WINDOW_BYTES), 3, Long.MAX_VALUE);
            List<ScannedWindow> taken = new ArrayList<>();
            gate.subscribe(taken::add);
            assertThat(taken).hasSize(3);

            gate.release(taken.get(1));
            assertThat(taken).hasSize(4);
        }
    }

    @Test
    void asksForNoWindowWhileThoseUnderWayAreTooLargeTogether() throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("a.log"), LogFixture.errorLines(10_000))) {
            InFlightGate gate = new InFlightGate(log.windows(WINDOW_BYTES), Integer.MAX_VALUE, 100_000);
            List<ScannedWindow> taken = new ArrayList<>();
            gate.subscribe(taken::add);
            long held = taken.stream().mapToLong(WindowWeight::bytes).sum();
            assertThat(held).isBetween(100_000L, 100_000 + WindowWeight.bytes(taken.getFirst()));

            int before = taken.size();
            List.copyOf(taken.subList(0, 3)).forEach(gate::release);
            assertThat(taken).hasSize(before + 3);
        }
    }

    @Test
    void letsEveryWindowThroughInOrderWhenTheyAreReleased() throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("a.log"), LogFixture.errorLines(10_000))) {
            InFlightGate gate = new InFlightGate(log.windows(WINDOW_BYTES), 2, 1);
            List<Long> offsets = gate.doOnNext(gate::release)
                    .map(ScannedWindow::startOffset)
                    .collectList()
                    .block();
            List<Long> all = log.windows(WINDOW_BYTES)
                    .map(ScannedWindow::startOffset)
                    .collectList()
                    .block();
            assertThat(offsets).isEqualTo(all);
        }
    }
}
