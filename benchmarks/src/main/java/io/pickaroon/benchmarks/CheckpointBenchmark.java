package io.pickaroon.benchmarks;

import io.pickaroon.processor.checkpoint.Checkpoint;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One durable commit of a checkpoint, in the directory for temporary files; see {@code -Djava.io.tmpdir}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CheckpointBenchmark {
    private static final int BLOCK_BYTES = 4096;

    @Param({"1", "10000"})
    public int files;

    private Path directory;
    private CheckpointFile checkpoint;
    private FileIdentity first;
    private long second;

    @Setup(Level.Trial)
    public void open() throws IOException {
        directory = Files.createTempDirectory("pickaroon-benchmark");
        checkpoint = CheckpointFile.open(directory.resolve("checkpoint"));
        Path log = Files.createFile(directory.resolve("log"));
        try (LogFile file = LogFile.open(log)) {
            first = file.identity();
            for (int number = 0; number < files; number++) {
                FileIdentity identity = new FileIdentity(
                        first.device(), first.inode() + number, first.birthTimeNanos(), first.generation());
                checkpoint
                        .progress()
                        .begin(
                                new FileSighting(directory.resolve("service-" + number + ".log"), identity, 0),
                                Position.START);
            }
        }
        checkpoint.commit();
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        checkpoint.close();
        System.out.printf("# a commit of %d files writes %d bytes%n", files, writtenBytes());
        for (String name : new String[] {"checkpoint", "checkpoint.lock", "log"}) {
            Files.deleteIfExists(directory.resolve(name));
        }
        Files.deleteIfExists(directory);
    }

    /** Whole blocks of the slot at the start of the file, up to the last that is not empty. */
    private int writtenBytes() throws IOException {
        byte[] bytes = Files.readAllBytes(directory.resolve("checkpoint"));
        int end = bytes.length / 2;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return (end + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }

    @Benchmark
    public Checkpoint commit() throws IOException {
        checkpoint.progress().gone(first, Optional.of(Instant.ofEpochSecond(++second)), 0);
        return checkpoint.commit();
    }
}
