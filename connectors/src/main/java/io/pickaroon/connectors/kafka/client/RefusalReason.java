package io.pickaroon.connectors.kafka.client;

/** Why a record cannot go where it is meant to go. Each has a short word, by which it is counted. */
public enum RefusalReason {
    /** A name of its topic, key or headers has no value, and no default is given. */
    MISSING_NAME("missing-name"),
    /** Its key is longer than keys may be. */
    KEY_TOO_LONG("key-too-long"),
    /** Its topic does not exist, and is not created. */
    UNKNOWN_TOPIC("unknown-topic"),
    /** As many other topics exist already as rules may write to. */
    TOO_MANY_TOPICS("too-many-topics"),
    /** Its topic has a name that Kafka does not allow, or is not for records. */
    INVALID_TOPIC("invalid-topic"),
    /** It is larger than the topic or the producer allow. */
    TOO_LARGE("too-large"),
    /** Its topic may not be written to. */
    NOT_AUTHORIZED("not-authorized"),
    /** The brokers refuse it for another reason. */
    REFUSED_BY_BROKER("refused-by-broker");

    private final String word;

    RefusalReason(String word) {
        this.word = word;
    }

    /** The word for it in counters and metrics. */
    public String word() {
        return word;
    }
}
