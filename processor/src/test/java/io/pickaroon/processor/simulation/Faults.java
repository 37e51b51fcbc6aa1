package io.pickaroon.processor.simulation;

import io.pickaroon.processor.checkpoint.CrashingBlockStore;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * Where things go wrong: counts the steps of every twin, and ends the process in the one that the seed chose. From then on
 * nothing works until the next process starts. A change to a disk may also just fail.
 */
final class Faults implements CrashingBlockStore.Power {
    private final SplittableRandom random;
    private final Trace trace;
    private long stepsUntilCrash;
    private long changesUntilFailure;
    private boolean off;
    private boolean failing;
    private boolean diskHasFailed;
    private String lastStep = "";
    private int sinkFailuresLeft;
    private double sinkFailureRate;
    private boolean sinkHasFailed;
    private double arrivalRate;

    Faults(SplittableRandom random, Trace trace) {
        this.random = random;
        this.trace = trace;
    }

    /**
     * A process starts.
     *
     * @param stepsUntilCrash it crashes in the step after so many
     * @param changesUntilFailure the change to a disk after so many fails
     */
    void start(long stepsUntilCrash, long changesUntilFailure, int sinkFailures, double sinkFailureRate) {
        this.stepsUntilCrash = stepsUntilCrash;
        this.changesUntilFailure = changesUntilFailure;
        this.sinkFailuresLeft = sinkFailures;
        this.sinkHasFailed = false;
        this.sinkFailureRate = sinkFailureRate;
        // All, none or some of what is in mid-air when the crash comes.
        this.arrivalRate = random.nextInt(3) / 2.0;
        this.off = false;
        this.failing = false;
        this.diskHasFailed = false;
    }

    /** A step that the crash comes before. */
    void step(String what) {
        if (crashesIn(what)) {
            requirePower();
        }
    }

    /** Announces a step. True if the crash comes in it. */
    boolean crashesIn(String what) {
        requirePower();
        lastStep = what;
        off = stepsUntilCrash-- == 0;
        trace.add(off ? "CRASH in" : "-", what);
        return off;
    }

    @Override
    public boolean failsIn(String change) {
        if (!crashesIn(change)) {
            failing = changesUntilFailure-- == 0;
            if (failing) {
                trace.add("FAILURE of", change);
            }
        }
        return off || failing;
    }

    @Override
    public void require() throws IOException {
        requirePower();
        if (failing) {
            failing = false;
            diskHasFailed = true;
            throw new IOException("the disk failed in: " + lastStep);
        }
    }

    void requirePower() {
        if (off) {
            throw new SimulatedCrash(lastStep);
        }
    }

    /** Whether a change has failed since the process started. */
    boolean diskHasFailed() {
        return diskHasFailed;
    }

    @Override
    public boolean arrives() {
        return random.nextDouble() < arrivalRate;
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
