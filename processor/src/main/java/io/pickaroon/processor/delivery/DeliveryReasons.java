package io.pickaroon.processor.delivery;

import java.util.Map;
import java.util.TreeMap;

/**
 * Why matches were not delivered as they are configured, as numbers of matches by a short word for each reason. Immutable.
 *
 * @param deadLetters matches that went to the dead-letter destination
 * @param readTimes matches that were sent with the time at which they were read, where their rule takes it from the record
 */
public record DeliveryReasons(Map<String, Long> deadLetters, Map<String, Long> readTimes) {
    /** All matches were delivered as they are configured. */
    public static final DeliveryReasons NONE = new DeliveryReasons(Map.of(), Map.of());

    public DeliveryReasons {
        deadLetters = Map.copyOf(deadLetters);
        readTimes = Map.copyOf(readTimes);
    }

    public boolean isEmpty() {
        return deadLetters.isEmpty() && readTimes.isEmpty();
    }

    /** Both together. */
    public DeliveryReasons plus(DeliveryReasons other) {
        return other.isEmpty()
                ? this
                : new DeliveryReasons(sum(deadLetters, other.deadLetters), sum(readTimes, other.readTimes));
    }

    private static Map<String, Long> sum(Map<String, Long> some, Map<String, Long> others) {
        Map<String, Long> sum = new TreeMap<>(some);
        others.forEach((word, count) -> sum.merge(word, count, Long::sum));
        return sum;
    }
}
