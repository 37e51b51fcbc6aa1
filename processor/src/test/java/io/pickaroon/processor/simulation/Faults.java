package io.pickaroon.processor.simulation;

import io.pickaroon.processor.checkpoint.CrashingBlockStore;
import java.util.SplittableRandom;

/**
 * Where things go wrong: counts the steps of every twin, and ends the process in the one that the seed chose. From then on
 * nothing works until the next process starts.
 */
final class Faults implements CrashingBlockStore.Power {
    private final SplittableRandom random;
    private final Trace trace;
    private long stepsUntilCrash;
    private boolean off;
    private String lastStep = "";
    private int sinkFailuresLeft;
    private double sinkFailureRate;
    private boolean sinkHasFailed;
    private double arrivalRate;

    Faults(SplittableRandom random, Trace trace) {
        this.random = random;
        this.trace = trace;
    }

    /** A process starts that crashes in the step after so many, and whose sink fails so often. */
    void start(long stepsUntilCrash, int sinkFailures, double sinkFailureRate) {
        this.stepsUntilCrash = stepsUntilCrash;
        this.sinkFailuresLeft = sinkFailures;
        this.sinkHasFailed = false;
        this.sinkFailureRate = sinkFailureRate;
        // All, none or some of what is in mid-air when the crash comes.
        this.arrivalRate = random.nextInt(3) / 2.0;
        this.off = false;
    }

    /** A step that the crash comes before. */
    void step(String what) {
        if (failsIn(what)) {
            require();
        }
    }

    @Override
    public boolean failsIn(String what) {
        require();
        lastStep = what;
        off = stepsUntilCrash-- == 0;
        trace.add(off ? "CRASH in" : "-", what);
        return off;
    }

    @Override
    public boolean arrives() {
        return random.nextDouble() < arrivalRate;
    }

    @Override
    public void require() {
        if (off) {
            throw new SimulatedCrash(lastStep);
        }
    }

    boolean crashed() {
        return off;
    }

    /** Whether the sink fails here. */
    boolean sinkFails() {
        if (sinkFailuresLeft == 0 || random.nextDouble() >= sinkFailureRate) {
            return false;
        }
        sinkFailuresLeft--;
        sinkHasFailed = true;
        return true;
    }

    /** Whether it has failed since the process started. */
    boolean sinkHasFailed() {
        return sinkHasFailed;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }
}
