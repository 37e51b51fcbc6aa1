package io.pickaroon.connectors.kafka.send;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what is in flight and what the brokers acknowledge. Thread-safe.
 *
 * @param answers grows with every acknowledged record and transaction
 * @param windows that are being sent
 */
public record InFlightCounters(LongAdder answers, AtomicLong windows) {
    public InFlightCounters() {
        this(new LongAdder(), new AtomicLong());
    }
}
