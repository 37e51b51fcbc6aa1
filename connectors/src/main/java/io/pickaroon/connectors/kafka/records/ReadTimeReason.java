package io.pickaroon.connectors.kafka.records;

/** Why a record is sent with the time at which it was read. Each has a short word, by which it is counted. */
public enum ReadTimeReason {
    /** It has no time. */
    MISSING("missing"),
    /** Its time cannot be read. */
    UNREADABLE("unreadable"),
    /** Its time is further ahead than its topic allows. */
    AHEAD("ahead"),
    /** Its time is longer ago than its topic allows. */
    BEHIND("behind"),
    /** The brokers refused its time, or that of another record which was sent with it. */
    REFUSED("refused");

    private final String word;

    ReadTimeReason(String word) {
        this.word = word;
    }

    /** The word for it in counters and metrics. */
    public String word() {
        return word;
    }
}
