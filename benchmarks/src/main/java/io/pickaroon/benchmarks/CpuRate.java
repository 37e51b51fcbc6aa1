package io.pickaroon.benchmarks;

import com.sun.management.ThreadMXBean;
import io.pickaroon.processor.scan.ScanTally;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * The patterns of {@link ScannerBenchmark}, measured in CPU time of one thread instead of wall time: for a machine that is
 * busy with other things. Prints the best of some rounds, and what was allocated in it.
 */
final class CpuRate {
    private static final int ROUNDS = 15;
    private static final int WINDOW_BYTES = 16 << 20;

    private CpuRate() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (ScannerBenchmark.Kind kind : ScannerBenchmark.Kind.values()) {
            try (FileScan scan = new FileScan(List.of(kind.pattern()), WINDOW_BYTES)) {
                double best = 0;
                long allocated = 0;
                ScanTally tally = ScanTally.ZERO;
                for (int round = 0; round < ROUNDS; round++) {
                    long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
                    long before = threads.getCurrentThreadCpuTime();
                    tally = scan.scan();
                    long nanos = threads.getCurrentThreadCpuTime() - before;
                    allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
                    best = Math.max(best, (double) tally.bytes() / nanos);
                }
                System.out.printf(
                        "%-16s %6.2f GB per CPU second  %6.2f %% matched  %,9d KiB allocated%n",
                        kind, best, 100.0 * tally.matchedRecords() / tally.records(), allocated >> 10);
            }
        }
    }
}
