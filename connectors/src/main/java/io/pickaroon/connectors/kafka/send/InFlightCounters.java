package io.pickaroon.connectors.kafka.send;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Whether anything waits for the brokers, and whether they answer.
 *
 * @param answers grows with everything that they acknowledge
 * @param windows that are being sent
 */
public record InFlightCounters(LongAdder answers, AtomicLong windows) {
    public InFlightCounters() {
        this(new LongAdder(), new AtomicLong());
    }
}
