package io.pickaroon.benchmarks;

import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.scan.ScanTally;
import java.io.IOException;
import java.util.List;
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

/** One pattern of each usual kind, on one core: MiB a second, copy out of the mapping included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScannerBenchmark {
    /** What to look for. */
    public enum Kind {
        LITERAL("ERROR"),
        LITERAL_NOWHERE("OutOfMemoryError"),
        LEVELS("ERROR|FATAL"),
        EXCEPTIONS("ERROR|FATAL|[A-Z]\\w+Exception"),
        HTTP_5XX("\" 5\\d\\d "),
        REQUEST_ID("request [0-9a-f]{8} of"),
        IPV4("\\b\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\b"),
        EMAIL("[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}"),
        AWS_KEY("AKIA[0-9A-Z]{16}"),
        BEARER("(?i)bearer [a-z0-9._~+/-]+=*"),
        PASSWORD("(?i)password=\\S+"),
        CARD("\\b\\d{13,19}\\b");

        private final String expression;

        Kind(String expression) {
            this.expression = expression;
        }

        Pattern pattern() {
            return name().startsWith("LITERAL")
                    ? new Pattern.Literal(expression, false)
                    : new Pattern.Regex(expression, false);
        }
    }

    @Param
    public Kind kind;

    private FileScan scan;

    @Setup(Level.Trial)
    public void open() throws IOException {
        scan = new FileScan(List.of(kind.pattern()), 16 << 20);
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
