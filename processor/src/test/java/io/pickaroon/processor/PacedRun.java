package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.TwinEngine.LogOpener;
import io.pickaroon.processor.TwinEngine.TwinMachine;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.InputFigures;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.simulation.SimulatedTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Flux;

/** A run over real files, with threads and time of a simulation: nothing is ever waited for. */
final class PacedRun implements MatchSink {
    private static final int MOST_TASKS = 3_000_000;

    /** A record, and when it arrived. */
    record Arrival(String file, String record, Duration at) {}

    private final List<Arrival> arrivals = new ArrayList<>();
    private final SimulatedTime time;
    private final LogProcessor processor;
    private Ledger ledger;
    private Throwable failure;

    /** @param maxOpenFiles files that are open at the same time, at most */
    PacedRun(boolean once, int maxOpenFiles, long seed, LogInput... inputs) {
        this.time = new SimulatedTime(new SplittableRandom(seed));
        RunSettings settings = new RunSettings(
                once, 2, maxOpenFiles, Duration.ofMillis(200), RunSettings.POLL_INTERVAL, FollowSettings.STANDARD);
        this.processor = new LogProcessor(
                List.of(inputs),
                this,
                RunState.none(),
                settings,
                new LogProcessor.Limits(PartLimit.STANDARD, 1 << 20),
                new TwinMachine(time.threads(), time.oneThread(), time.threads(), time::nanoTime, new RealFiles()));
        processor.run().subscribe(end -> ledger = end, end -> failure = end);
    }

    private static final class RealFiles implements LogOpener {
        @Override
        public LogFile open(Path path, boolean forFixes) throws IOException {
            return LogFile.open(path);
        }

        @Override
        public Optional<FileSighting> look(Path path) throws IOException {
            return FileSighting.at(path);
        }

        @Override
        public List<FileSighting> filesIn(Path directory) throws IOException {
            List<FileSighting> found = new ArrayList<>();
            FileSighting.in(directory, found::add);
            return found;
        }
    }

    @Override
    public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
        return windows.limitRate(2).doOnNext(this::take).map(Acknowledgement::of);
    }

    private void take(ScannedWindow window) {
        MatchBatch batch = window.matches();
        for (int i = 0; i < batch.size(); i++) {
            arrivals.add(new Arrival(
                    window.file().path().getFileName().toString(),
                    new String(batch.copyOfRecord(i), StandardCharsets.UTF_8),
                    now()));
        }
    }

    Duration now() {
        return Duration.ofNanos(time.nanoTime());
    }

    void stop() {
        processor.stop();
    }

    boolean isOver() {
        assertThat(failure).isNull();
        return ledger != null;
    }

    Ledger ledger() {
        assertThat(isOver()).isTrue();
        return ledger;
    }

    InputFigures figures(String id) {
        return processor.counters().inputs().stream()
                .filter(input -> input.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Runs until something is so. */
    void runUntil(BooleanSupplier isSo) {
        for (int tasks = 0; !isSo.getAsBoolean(); tasks++) {
            assertThat(tasks).as("tasks").isLessThan(MOST_TASKS);
            assertThat(time.runNext()).as("something is left to do").isTrue();
        }
    }

    void runUntil(Duration moment) {
        runUntil(() -> now().compareTo(moment) >= 0);
    }

    void runToEnd() {
        runUntil(this::isOver);
    }

    List<Arrival> of(String file) {
        return arrivals.stream().filter(arrival -> arrival.file().equals(file)).toList();
    }

    List<String> records(String file) {
        return of(file).stream().map(Arrival::record).toList();
    }

    /** Bytes of records of these files that arrived up to a moment. */
    long bytesBefore(Duration moment, String... files) {
        return arrivals.stream()
                .filter(arrival ->
                        List.of(files).contains(arrival.file()) && arrival.at().compareTo(moment) <= 0)
                .mapToLong(arrival -> arrival.record().length() + 1L)
                .sum();
    }
}
