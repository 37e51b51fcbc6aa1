package io.pickaroon.app.report;

import io.pickaroon.app.report.DaemonStatus.DeliveryStatus;
import io.pickaroon.app.report.DaemonStatus.Phase;
import io.pickaroon.app.report.DaemonStatus.ProcessStatus;
import io.pickaroon.app.report.DaemonStatus.Reloads;
import io.pickaroon.processor.delivery.DeliveryReasons;
import io.pickaroon.processor.delivery.Latencies;
import io.pickaroon.processor.delivery.LatencyHistogram;
import io.pickaroon.processor.fix.FixTally;
import io.pickaroon.processor.metrics.CommitFigures;
import io.pickaroon.processor.metrics.Destination;
import io.pickaroon.processor.metrics.InputFigures;
import io.pickaroon.processor.metrics.RuleFigures;
import io.pickaroon.processor.scan.ScanTally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A daemon that reads one input with two rules. */
public record SampleStatus(Phase phase, Destination destination, Duration stalled, Duration commitAge, String inputId) {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    /** All is well. */
    public static final SampleStatus READY =
            new SampleStatus(Phase.RUNNING, new Destination.Ready(), Duration.ZERO, Duration.ofMillis(150), "shop");

    public SampleStatus with(Destination other) {
        return new SampleStatus(phase, other, stalled, commitAge, inputId);
    }

    public SampleStatus with(Phase other) {
        return new SampleStatus(other, destination, stalled, commitAge, inputId);
    }

    public SampleStatus withCommitAge(Duration other) {
        return new SampleStatus(phase, destination, stalled, other, inputId);
    }

    public SampleStatus withStall(Duration other) {
        return new SampleStatus(phase, destination, other, commitAge, inputId);
    }

    public SampleStatus withInput(String other) {
        return new SampleStatus(phase, destination, stalled, commitAge, other);
    }

    public DaemonStatus status() {
        InputFigures input = new InputFigures(
                inputId,
                new ScanTally(100, 30, 2, 4_000, 5_700, 1_000),
                new ScanTally(7, 0, 0, 0, 700, 0),
                31,
                1,
                new DeliveryReasons(Map.of("unknown-topic", 1L), Map.of("ahead", 2L)),
                new FixTally(7, 35, 1, 2, 3, 4, 5),
                0,
                12,
                0,
                8,
                9,
                10,
                11,
                1,
                0,
                3,
                640,
                512,
                Duration.ofMillis(2_500),
                Duration.ofMillis(1_250),
                List.of(new RuleFigures("errors", 22, 20, 2, 5, 0), new RuleFigures("cards", 10, 10, 0, 2, 9)));
        return new DaemonStatus(
                new ProcessStatus(
                        "host-1",
                        "1.2.3",
                        START,
                        START.plusSeconds(3_725),
                        phase,
                        new Reloads(2, 1, Optional.of("pickaroon.yaml:3:5: error: unknown key 'incude'"))),
                List.of(input),
                new DeliveryStatus(Optional.of(destination), stalled, 4, latencies(4, 40_000_000)),
                Optional.of(new CommitFigures(latencies(10, 2_500_000), commitAge, Optional.empty())),
                List.of("input is skipped: /var/log/shop/a.log: no permission to read it"));
    }

    private static Latencies latencies(int count, long nanosEach) {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 0; i < count; i++) {
            histogram.add(nanosEach);
        }
        return histogram.latencies();
    }
}
