package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.DistantSink.Manner;
import io.pickaroon.processor.metrics.InputFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
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

    @Test
    void whatIsSeenBeforeADestinationIsReachedIsLag() throws IOException {
        DistantSink sink = DistantSink.away();
        write("a.log", lines(1, 100));
        try (Run run = new Run(EMIT, false, FAST, sink)) {
            awaitLag(run, lines(1, 100).length());
            Duration lag = figures(run).lag();
            write("b.log", lines(101, 200));
            awaitLag(run, lines(1, 200).length());
            assertThat(figures(run).lag()).isGreaterThan(lag);
            Files.delete(path("b.log"));
            awaitLag(run, lines(1, 200).length());
            sink.comeBack();
            Awaitility.await().atMost(SOON).until(() -> sink.records().size() == 200);
            awaitNoLag(run);
        }
    }

    @Test
    void filesThatHaveNoTurnYetAreLagAndNoneWhenTheyAreLost() throws IOException {
        int files = 3 * Run.MAX_OPEN_FILES;
        DistantSink sink = DistantSink.present();
        for (int file = 1; file <= files; file++) {
            write(file + ".log", "line\n");
        }
        try (Run run = new Run(EMIT, false, FAST, sink)) {
            Awaitility.await().atMost(SOON).until(() -> sink.records().size() == files);
            awaitNoLag(run);
            sink.leave(Manner.SILENT);
            for (int file = 1; file <= files; file++) {
                append(file + ".log", "another line\n");
                write("new-" + file + ".log", "line\n");
            }
            awaitLag(run, 18L * files);
            for (int file = 1; file <= files; file++) {
                Files.delete(path("new-" + file + ".log"));
            }
            Awaitility.await().atMost(SOON).until(() -> figures(run).lostBytes() > 0);
            sink.comeBack();
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(5L * (sink.records().size() - 2 * files)
                                    + figures(run).lostBytes())
                            .isEqualTo(5L * files));
            awaitNoLag(run);
        }
    }

    @Test
    void aRecordWithoutItsEndIsNoLagOnceATurnHasFoundIt() throws IOException {
        DistantSink sink = DistantSink.away();
        write("a.log", "line\nhalf");
        try (Run run = new Run(EMIT, false, FAST, sink)) {
            awaitLag(run, 9);
            sink.comeBack();
            Awaitility.await().atMost(SOON).until(() -> sink.records().size() == 1);
            awaitNoLag(run);
        }
    }
}
