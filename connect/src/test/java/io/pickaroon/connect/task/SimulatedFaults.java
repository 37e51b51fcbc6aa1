package io.pickaroon.connect.task;

import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** What goes wrong in a schedule, and what happens while a task is in the middle of something. */
final class SimulatedFaults {
    private final Random random;
    private final Consumer<Optional<WrittenLog>> meanwhile;
    private final boolean isLocal;
    private final boolean isFailing;
    private boolean isOver;

    /** @param meanwhile something that happens elsewhere, perhaps to the log that is read */
    SimulatedFaults(Random random, Consumer<Optional<WrittenLog>> meanwhile) {
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

    /** Before a file is opened, when it is not known which one that is, or read. */
    void beforeAccess(Optional<WrittenLog> log) throws IOException {
        if (happens(40)) {
            meanwhile.accept(log);
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
