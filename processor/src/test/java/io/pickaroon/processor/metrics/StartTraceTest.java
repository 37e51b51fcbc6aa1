package io.pickaroon.processor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StartTraceTest {
    private final AtomicLong nowMicros = new AtomicLong(1_000_000);
    private final List<String> lines = new ArrayList<>();
    private final StartTrace trace = new StartTrace(nowMicros.get(), nowMicros::get, lines::add);

    @Test
    void phasesFollowEachOtherAndAddUp() {
        nowMicros.addAndGet(12_345);
        trace.ended("parsing");
        nowMicros.addAndGet(1_200_000);
        trace.ended("file");

        assertThat(lines)
                .containsExactly(
                        "pickaroon start:    12.3 ms    12.3 own  parsing",
                        "pickaroon start:  1212.3 ms  1200.0 own  file");
    }

    @Test
    void whatRunsBesideThePhasesTakesNothingFromThem() {
        long began = nowMicros.addAndGet(1_000);
        trace.ended("parsing");
        nowMicros.addAndGet(3_000);
        trace.endedBeside("admin", began);
        nowMicros.addAndGet(1_000);
        trace.ended("file");

        assertThat(lines)
                .containsExactly(
                        "pickaroon start:     1.0 ms     1.0 own  parsing",
                        "pickaroon start:     4.0 ms     3.0 own  admin beside",
                        "pickaroon start:     5.0 ms     4.0 own  file");
    }

    @Test
    void whatHappensAgainIsNoPartOfTheStart() {
        trace.ended("first window");
        nowMicros.addAndGet(1_000);
        trace.ended("first window");
        trace.endedBeside("first window", 0);
        trace.ended("end");

        assertThat(lines)
                .containsExactly(
                        "pickaroon start:     0.0 ms     0.0 own  first window",
                        "pickaroon start:     1.0 ms     1.0 own  end");
    }

    @Test
    void isOffWhereTheLauncherDoesNotSayWhenItBegan() {
        assertThat(StartTrace.now()).isZero();
    }
}
