package io.pickaroon.records.emit;

import java.util.Arrays;
import java.util.Optional;

/**
 * What is sent of one record. It is made once and filled again for each record by a {@link RecordRenderer}. Key, header values
 * and value are arrays of exactly their length that nothing changes any more; those that are the same for all records of a
 * file are the same array each time, and so are names of headers and topics: a caller may compare by identity to keep what
 * it made of them. For one thread.
 */
public final class RenderedRecord {
    /** Where the timestamp comes from. */
    public enum TimeSource {
        /** No timestamp is configured: it is when the record was read. */
        READ,
        /** The record tells it. */
        EVENT,
        /** The record lacks it: it is when the record was read. */
        MISSING,
        /** The record's text is no time of the format: it is when the record was read. */
        UNREADABLE
    }

    static final byte[] NONE = {};
    private static final int INITIAL_HEADERS = 8;

    private String topic = "";
    private boolean topicChanged;
    private byte[] key = NONE;
    private boolean keyCut;
    private String[] headerNames = new String[INITIAL_HEADERS];
    private byte[][] headerValues = new byte[INITIAL_HEADERS][];
    private int headerCount;
    private long timestampMillis;
    private TimeSource timeSource = TimeSource.READ;
    private byte[] value = NONE;
    private Optional<RenderProblem> problem = Optional.empty();

    /** Empty if it could not be made. */
    public String topic() {
        return topic;
    }

    /** Whether characters that Kafka does not allow in a topic were replaced by {@code _}. */
    public boolean isTopicChanged() {
        return topicChanged;
    }

    /** Whether it has a key: one is configured, could be made and is not an empty text. */
    public boolean hasKey() {
        return key.length > 0;
    }

    /** The key; of one that is too long its beginning. Without bytes if there is none. */
    public byte[] key() {
        return key;
    }

    /** Whether {@link #key} is only the beginning of one that is too long. */
    public boolean isKeyCut() {
        return keyCut;
    }

    /** How many headers it has; one whose text is empty or could not be made is none of them. */
    public int headerCount() {
        return headerCount;
    }

    public String headerName(int header) {
        return headerNames[header];
    }

    public byte[] headerValue(int header) {
        return headerValues[header];
    }

    /** In milliseconds since 1970. */
    public long timestampMillis() {
        return timestampMillis;
    }

    public TimeSource timeSource() {
        return timeSource;
    }

    public byte[] value() {
        return value;
    }

    /** The first thing that could not be made as it is configured, if there is one; all others are there nevertheless. */
    public Optional<RenderProblem> problem() {
        return problem;
    }

    void clear() {
        topic = "";
        topicChanged = false;
        key = NONE;
        keyCut = false;
        headerCount = 0;
        value = NONE;
        problem = Optional.empty();
    }

    void topic(String name, boolean changed) {
        topic = name;
        topicChanged = changed;
    }

    void key(byte[] bytes) {
        key = bytes;
    }

    void keyCut() {
        keyCut = true;
    }

    void addHeader(String name, byte[] bytes) {
        if (headerCount == headerNames.length) {
            headerNames = Arrays.copyOf(headerNames, 2 * headerCount);
            headerValues = Arrays.copyOf(headerValues, 2 * headerCount);
        }
        headerNames[headerCount] = name;
        headerValues[headerCount++] = bytes;
    }

    void time(long millis, TimeSource source) {
        timestampMillis = millis;
        timeSource = source;
    }

    void value(byte[] bytes) {
        value = bytes;
    }

    void problem(RenderProblem found) {
        if (problem.isEmpty()) {
            problem = Optional.of(found);
        }
    }
}
