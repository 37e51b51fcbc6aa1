package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.DistantSink.Manner;
import io.pickaroon.processor.metrics.InputFigures;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Follows real files, and compares the lag with what was seen, and is neither delivered nor counted as lost. */
class LagTest extends FollowedFiles {
    /** More than one turn reads. */
    private static final int MANY = 5_000;

    private static InputFigures figures(Run run) {
        return run.processor.counters().inputs().getFirst();
    }

    private static void awaitLag(Run run, long bytes) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(figures(run).lagBytes()).isEqualTo(bytes));
        assertThat(figures(run).lag().isPositive()).isEqualTo(bytes > 0);
    }

    private static void awaitNoLag(Run run) {
        awaitLag(run, 0);
        assertThat(run.processor.counters().stalled()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whatATruncationTookAwayInAnOutageIsNoLagOnceItIsCountedAsLost(Manner manner) throws IOException {
        DistantSink sink = DistantSink.present();
        write("a.log", lines(1, 10));
        try (Run run = new Run(EMIT, false, FAST, sink)) {
            Awaitility.await().atMost(SOON).until(() -> sink.records().size() == 10);
            awaitNoLag(run);
            sink.leave(Manner.SILENT);
            append("a.log", lines(11, MANY));
            awaitLag(run, lines(11, MANY).length());
            if (manner == Manner.FAILING) {
                sink.leave(manner);
            }
            truncate("a.log");
            append("a.log", "line x\n");
            sink.comeBack();
            Awaitility.await().atMost(SOON).until(() -> sink.records().contains("line x"));
            awaitNoLag(run);
            assertThat(figures(run).lostBytes()).isPositive();
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(figures(run).files()).isOne());
        }
    }
}
