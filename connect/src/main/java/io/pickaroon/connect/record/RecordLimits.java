package io.pickaroon.connect.record;

/**
 * What the topics of a connector take. A task cannot ask the brokers. Immutable.
 *
 * @param maxRecordBytes size of the largest record, uncompressed, with its key and headers, as the producer counts it
 * @param maxAheadMillis how far ahead of now the time of a record may be: the least {@code message.timestamp.after.max.ms}
 * @param maxBehindMillis how long ago it may be: the least {@code message.timestamp.before.max.ms}
 */
public record RecordLimits(int maxRecordBytes, long maxAheadMillis, long maxBehindMillis) {
    /** What brokers and producers take that nobody has configured. */
    public static final RecordLimits STANDARD = new RecordLimits(1 << 20, 3_600_000, Long.MAX_VALUE);

    /** No dead letter fits in less. */
    public static final int LEAST_BYTES = 4_096;

    public RecordLimits {
        if (maxRecordBytes < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "maxRecordBytes %d is less than %d".formatted(maxRecordBytes, LEAST_BYTES));
        }
        if (maxAheadMillis < 0 || maxBehindMillis < 0) {
            throw new IllegalArgumentException("limits of times are not negative");
        }
    }

    boolean isAhead(long timeMillis, long nowMillis) {
        return timeMillis > nowMillis && timeMillis - nowMillis > maxAheadMillis;
    }

    /** True also before 1970: Kafka has no such times. */
    boolean isBehind(long timeMillis, long nowMillis) {
        return timeMillis < 0 || timeMillis < nowMillis && nowMillis - timeMillis > maxBehindMillis;
    }
}
