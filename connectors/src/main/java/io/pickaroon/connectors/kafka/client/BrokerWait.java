package io.pickaroon.connectors.kafka.client;

import io.pickaroon.processor.delivery.DeliveryException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How long a sink has been waiting for its brokers, and how long it may. One for all sessions of a sink. Thread-safe. It
 * ends nothing: whoever waits asks it.
 */
public final class BrokerWait {
    private final String bootstrapServers;
    private final Optional<Duration> limit;
    private final LongSupplier nanoTime;
    private boolean begun;
    private boolean opened;
    private boolean waiting = true;
    private long sinceNanos;
    private BooleanSupplier takesNone = () -> false;

    /** @param limit how long brokers may be silent; empty: without limit */
    public BrokerWait(String bootstrapServers, Optional<Duration> limit, LongSupplier nanoTime) {
        this.bootstrapServers = bootstrapServers;
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /** Says when the run takes no acknowledgements, so that the brokers are not what is waited for. Called by any thread. */
    public synchronized void notWhile(BooleanSupplier runTakesNone) {
        takesNone = runTakesNone;
    }

    /** Whether the run takes no acknowledgements; the brokers count as having answered then. */
    public synchronized boolean isRunWaiting() {
        boolean isRunWaiting = takesNone.getAsBoolean();
        if (isRunWaiting) {
            acknowledged();
        }
        return isRunWaiting;
    }

    /** A session begins. What was waited for in the sessions before counts, too. */
    public synchronized void sessionBegins() {
        opened = false;
        waiting = true;
        if (!begun) {
            begun = true;
            sinceNanos = nanoTime.getAsLong();
        }
    }

    /** The session takes windows. */
    public synchronized void sessionOpened() {
        opened = true;
        waiting = false;
    }

    /** The brokers have answered, and nothing was in flight that they have yet to acknowledge. */
    public synchronized void answered() {
        sinceNanos = nanoTime.getAsLong();
    }

    /** The brokers have acknowledged something. */
    public synchronized void acknowledged() {
        waiting = false;
        answered();
    }

    /** Nothing is in flight, so nothing is waited for, unless the session is still being opened. */
    public synchronized void idle() {
        if (opened) {
            acknowledged();
        }
    }

    /** The brokers do not acknowledge what is in flight, or the session failed. */
    public synchronized void silent() {
        waiting = true;
    }

    /** Whether the brokers are what a sink waits for. */
    public synchronized boolean isWaiting() {
        return waiting;
    }

    /** How long the brokers may go on being silent; at least zero. */
    public synchronized Optional<Duration> left() {
        return limit.map(allowed -> allowed.minus(elapsed())).map(left -> left.isNegative() ? Duration.ZERO : left);
    }

    /** The limit, for the message that they are silent; empty if there is none. */
    public String note() {
        return limit.map(allowed -> ", gives up after %d s (--wait)".formatted(allowed.toSeconds()))
                .orElse("");
    }

    /**
     * Gives the error with which to give up, once the limit is over.
     *
     * @param what what did not come, such as "no broker has answered"
     */
    public synchronized Optional<DeliveryException> overdue(String what) {
        if (left().filter(Duration::isZero).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(DeliveryException.fatal(
                ("Kafka at %s: %s for %d s, and a run with --once does not wait longer (--wait); nothing is lost:"
                    + " check that Kafka runs there and run again, which continues from the last delivered record. For"
                    + " trials, 'run --once --dev' starts a broker beside the run, and 'pickaroon dev-broker' is one"
                    + " that stays")
                        .formatted(bootstrapServers, what, elapsed().toSeconds()),
                null));
    }

    private Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - sinceNanos);
    }
}
