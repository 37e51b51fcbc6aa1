package io.pickaroon.connectors.kafka.client;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** Logs once that the brokers do not answer, again at intervals, and once when they answer again. Thread-safe. */
public final class OutageLog {
    private final Logger log;
    private final String bootstrapServers;
    private final Duration interval;
    private final LongSupplier nanoTime;
    private boolean said;
    private long sinceNanos;
    private long lastSaidNanos;

    public OutageLog(Logger log, String bootstrapServers, Duration interval, LongSupplier nanoTime) {
        this.log = log;
        this.bootstrapServers = bootstrapServers;
        this.interval = interval;
        this.nanoTime = nanoTime;
    }

    /**
     * The brokers do not answer.
     *
     * @param sinceNanos when they last answered, on the clock of this object
     * @param what what is missing
     * @param detail more about it in parentheses, or nothing
     */
    public synchronized void silent(long sinceNanos, String what, String detail) {
        long now = nanoTime.getAsLong();
        if (said && now - lastSaidNanos < interval.toNanos()) {
            return;
        }
        if (!said) {
            this.sinceNanos = sinceNanos;
        }
        long seconds = Duration.ofNanos(now - this.sinceNanos).toSeconds();
        log.warn(
                "Kafka at {}: {} for {}; retrying, nothing is lost; check that it runs there",
                bootstrapServers,
                what,
                seconds + " s" + detail);
        said = true;
        lastSaidNanos = now;
    }

    /** The brokers answer. */
    public synchronized void heard() {
        if (said) {
            long seconds = Duration.ofNanos(nanoTime.getAsLong() - sinceNanos).toSeconds();
            log.info("Kafka at {} answers again after {} s", bootstrapServers, seconds);
            said = false;
        }
    }
}
