package io.pickaroon.app.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends work in an orderly way on SIGINT and SIGTERM, in a bounded time.
 *
 * <p>First the work is stopped; after the first limit it has to give up what is in flight; if it has not
 * cleaned up at the second limit, the process ends with exit code 1. Otherwise the JVM ends it with
 * 128 and the number of the signal. The work says with {@link #close} that it is over.
 */
public final class StopOnSignal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopOnSignal.class);

    /** How long a stop may take. */
    public static final Duration END_LIMIT = Duration.ofSeconds(10);

    /** How long what is under way may take to be delivered. */
    public static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

    private static final int EXIT_CODE_FAILED = 1;

    private final Runnable stop;
    private final Runnable giveUp;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("stop-on-signal").unstarted(this::stopWork);
    private volatile boolean requested;
    private volatile boolean failed;

    /**
     * From now on signals mean a stop.
     *
     * @param stop asks the work to stop, and returns at once
     * @param giveUp makes the work drop what it cannot finish, and returns at once
     */
    public StopOnSignal(Runnable stop, Runnable giveUp) {
        this.stop = stop;
        this.giveUp = giveUp;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether a signal came. */
    public boolean requested() {
        return requested;
    }

    /** The stop did not go well: the process ends with exit code 1, not with that of the signal. */
    public void fail() {
        failed = true;
    }

    /** The work is over and has cleaned up. If a signal came, the process ends now, and this does not return. */
    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            waitForTheEnd();
        }
    }

    private void stopWork() {
        requested = true;
        long deadlineNanos = System.nanoTime() + END_LIMIT.toNanos();
        stop.run();
        boolean ended = overWithin(DRAIN_LIMIT.toNanos());
        if (!ended) {
            giveUp.run();
            ended = overWithin(deadlineNanos - System.nanoTime());
        }
        if (!ended) {
            LOG.error("did not stop within {} s and was ended", END_LIMIT.toSeconds());
        }
        if (!ended || failed) {
            Runtime.getRuntime().halt(EXIT_CODE_FAILED);
        }
    }

    private boolean overWithin(long nanos) {
        try {
            return over.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void waitForTheEnd() {
        while (true) {
            try {
                Thread.sleep(END_LIMIT);
            } catch (InterruptedException _) {
                continue;
            }
        }
    }
}
