package io.pickaroon.connect.task;

import java.io.IOException;
import java.util.Random;

/** What goes wrong in a schedule, and what happens while a task is in the middle of something. */
final class SimulatedFaults {
    private final Random random;
    private final Runnable meanwhile;
    private final boolean isLocal;
    private final boolean isFailing;
    private boolean isOver;

    /** @param meanwhile something that happens elsewhere */
    SimulatedFaults(Random random, Runnable meanwhile) {
        this.random = random;
        this.meanwhile = meanwhile;
        this.isLocal = random.nextBoolean();
        this.isFailing = random.nextBoolean();
    }

    /** From now on nothing goes wrong. */
    void end() {
        isOver = true;
    }

    /** True if all see a file as it is, and a deleted one stays while it is open. */
    boolean isLocal() {
        return isLocal;
    }

    /** Before a file is opened or read. */
    void beforeAccess() throws IOException {
        if (happens(40)) {
            meanwhile.run();
        }
        if (happens(15)) {
            fail("read");
        }
    }

    void fail(String what) throws IOException {
        if (isFailing && happens(8)) {
            throw new IOException("Input/output error in " + what);
        }
    }

    /** True if a host goes on to see what it has seen of a file before. */
    boolean isOld() {
        return !isLocal && happens(3);
    }

    /** True if a look does not find a file that is there, as it is renamed at that moment. */
    boolean isMissed() {
        return happens(60);
    }

    boolean happens(int once) {
        return !isOver && random.nextInt(once) == 0;
    }
}
