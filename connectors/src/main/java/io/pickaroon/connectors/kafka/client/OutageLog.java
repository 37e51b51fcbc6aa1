package io.pickaroon.connectors.kafka.client;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** Says once that the brokers are silent, again at intervals while that lasts, and once when they are back. */
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
     * Nothing has been heard.
     *
     * @param sinceNanos when it fell silent, on the clock of this object
     * @param what what does not come
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
                "Kafka at {}: {} for {}; trying on, nothing is lost; see whether it runs there",
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
