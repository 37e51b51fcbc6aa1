package io.pickaroon.app.command;

import io.pickaroon.config.settings.ProcessSettings;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

    /** How long work may take to clean up when it has given up. */
    private static final Duration CLEANUP_LIMIT = Duration.ofSeconds(5);

    private static final int EXIT_CODE_FAILED = 1;

    private final Runnable stop;
    private final Consumer<Duration> giveUp;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("stop-on-signal").unstarted(this::stopWork);
    private volatile Duration deliveryLimit = ProcessSettings.STOP_TIMEOUT;
    private volatile boolean requested;
    private volatile boolean failed;

    /**
     * From now on signals mean a stop.
     *
     * @param stop asks the work to stop, and returns at once
     * @param giveUp makes the work drop what it could not finish in the time that it had, and returns at once
     */
    public StopOnSignal(Runnable stop, Consumer<Duration> giveUp) {
        this.stop = stop;
        this.giveUp = giveUp;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** How long what is under way may take to be delivered, from the next signal on. */
    public void limitDelivery(Duration limit) {
        deliveryLimit = limit;
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
        Duration limit = deliveryLimit;
        stop.run();
        boolean ended = overWithin(limit.toNanos());
        if (!ended) {
            giveUp.accept(limit);
            ended = overWithin(CLEANUP_LIMIT.toNanos());
        }
        if (!ended) {
            LOG.error(
                    "did not stop within {} s and was ended",
                    limit.plus(CLEANUP_LIMIT).toSeconds());
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
                Thread.sleep(CLEANUP_LIMIT);
            } catch (InterruptedException _) {
                continue;
            }
        }
    }
}
