package io.pickaroon.benchmarks;

import io.pickaroon.processor.LogProcessor;
import io.pickaroon.processor.RunState;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.fix.RedoJournal;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.publisher.Flux;

/**
 * Fixes 1 % of the records of 128 MiB in place, durably: scan, journal, positional writes, sync, checkpoint. The matches go
 * nowhere and are acknowledged at once.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 10)
@Fork(1)
public class FixBenchmark {
    private static final int MAX_RECORD_BYTES = 1 << 20;

    private Path directory;
    private Path log;

    @Setup(Level.Iteration)
    public void write() throws IOException {
        directory = Files.createTempDirectory("pickaroon-benchmark");
        log = directory.resolve("log");
        SampleLog.write(log, (long) FileScan.MIB << 20);
    }

    @TearDown(Level.Iteration)
    public void delete() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public Ledger fix() throws IOException {
        Path path = directory.resolve("checkpoint");
        Rule rule = new Rule(
                "errors",
                new Pattern.Literal("ERROR", false),
                true,
                Optional.of(new Fix(new Fix.Replace("FIXED"), "", 0)));
        WindowPlan plan = new WindowPlan(16 << 20, MAX_RECORD_BYTES, Delimiter.LF);
        LogInput input = new LogInput("log", Discovery.of(List.of(log)), false, new Reading(plan), List.of(rule));
        try (CheckpointFile checkpoint = CheckpointFile.open(path);
                RedoJournal journal = RedoJournal.beside(path);
                MatchSink nowhere = new Nowhere()) {
            return new LogProcessor(
                            List.of(input), nowhere, RunState.of(checkpoint, journal), RunSettings.untilEndOfFiles())
                    .run()
                    .block();
        }
    }

    private static final class Nowhere implements MatchSink {
        @Override
        public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
            return windows.map(Acknowledgement::of);
        }
    }
}
