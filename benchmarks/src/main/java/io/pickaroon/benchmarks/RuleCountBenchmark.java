package io.pickaroon.benchmarks;

import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.scan.ScanTally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Many rules, each with a text of its own; one of them matches 1 % of the records. MiB a second on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RuleCountBenchmark {
    private static final String[] WHAT = {"connection", "disk", "token", "session", "request", "query", "cache", "lock"
    };
    private static final String[] HOW = {"refused", "expired", "corrupt", "denied", "timed out", "exhausted", "missing"
    };

    @Param({"1", "10", "100", "1000"})
    public int rules;

    @Param({"false", "true"})
    public boolean ignoreCase;

    private FileScan scan;

    @Setup(Level.Trial)
    public void open() throws IOException {
        Random random = new Random(1);
        List<Pattern> patterns = new ArrayList<>();
        patterns.add(new Pattern.Literal("ERROR", ignoreCase));
        while (patterns.size() < rules) {
            String text = WHAT[random.nextInt(WHAT.length)] + "-" + random.nextInt(1000) + " "
                    + HOW[random.nextInt(HOW.length)];
            patterns.add(new Pattern.Literal(text, ignoreCase));
        }
        scan = new FileScan(patterns, 16 << 20);
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        scan.close();
    }

    @Benchmark
    @OperationsPerInvocation(FileScan.MIB)
    public ScanTally scan() throws IOException {
        return scan.scan();
    }
}
