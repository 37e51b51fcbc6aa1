package io.pickaroon.connectors.kafka.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where and how matches go to Kafka.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param topics where the matches of each rule go
 * @param properties settings of Kafka's producer, passed through, TLS and SASL included
 * @param guarantee what consumers may rely on
 * @param refusedRecords what happens to records that the brokers refuse for good
 * @param limits bounds in windows, bytes and time
 */
public record KafkaSinkSettings(
        String bootstrapServers,
        RuleTopics topics,
        GivenProperties properties,
        Guarantee guarantee,
        RefusedRecords refusedRecords,
        Limits limits) {

    /** The form of a record's value. */
    public enum Format {
        /** The record's bytes without its delimiter. */
        RAW,
        /** An object as {@link io.pickaroon.connectors.ndjson.MatchJson} writes it. */
        JSON
    }

    /** The headers of a record. */
    public enum Headers {
        /** Where the match comes from: all of {@code MatchHeaders} that apply. */
        ALL,
        /** None, except the mark of a value that is cut. The others cost a third of the throughput of short records. */
        NONE
    }

    /** Where the matches of a rule go. */
    public record Route(String topic, Format format, Headers headers) {
        /** With all headers. */
        public Route(String topic, Format format) {
            this(topic, format, Headers.ALL);
        }

        public Route {
            Objects.requireNonNull(topic, "topic");
            Objects.requireNonNull(format, "format");
            Objects.requireNonNull(headers, "headers");
        }
    }

    /**
     * The topics of the rules.
     *
     * @param routes topic and format by rule id; matches of other rules are not sent
     * @param created what a topic is created like that does not exist when the sink starts; empty: it is not created
     */
    public record RuleTopics(Map<String, Route> routes, Optional<NewTopics> created) {
        public RuleTopics {
            routes = Map.copyOf(routes);
            Objects.requireNonNull(created, "created");
        }
    }

    /**
     * How topics are created.
     *
     * @param partitions of each topic, at least 1
     * @param replicationFactor on how many brokers each partition is kept, at least 1
     */
    public record NewTopics(int partitions, short replicationFactor) {}

    /**
     * What a user sets for Kafka's producer.
     *
     * @param values by the producer's own names; some are fixed by Pickaroon and may not be given
     * @param written for settings that a variable or a file brings, how they are written: messages show that instead of
     *     the value
     */
    public record GivenProperties(Map<String, String> values, Map<String, String> written) {
        public GivenProperties {
            values = Map.copyOf(values);
            written = Map.copyOf(written);
        }

        /** Shows no value: it may be a secret. */
        @Override
        public String toString() {
            return "GivenProperties" + values.keySet();
        }
    }

    /**
     * Bounds in windows, bytes and time.
     *
     * @param maxInFlightWindows with at-least-once delivery, windows that are sent at the same time, at least 1
     * @param maxInFlightBytes with at-least-once delivery, another window is requested while those that are sent are
     *     smaller than this, at least 1. It bounds the memory beside the producer's own {@code buffer.memory}
     * @param closeTimeout how long the end of a session waits for the network thread, at most
     * @param silenceBeforeNotice how long no broker acknowledges anything, while windows wait, until the user is told
     * @param noticeInterval how often the user is told again
     * @param longestWait how long brokers may be silent while something waits for them, before the sink gives up; empty:
     *     without limit
     */
    public record Limits(
            int maxInFlightWindows,
            long maxInFlightBytes,
            Duration closeTimeout,
            Duration silenceBeforeNotice,
            Duration noticeInterval,
            Optional<Duration> longestWait) {
        /** 256 windows or 8 MiB in flight, 5 s to close, told after 5 s and then every 30 s; never gives up. */
        public static final Limits DEFAULT = new Limits(
                256,
                8L * 1024 * 1024,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Optional.empty());

        public Limits {
            if (maxInFlightWindows < 1 || maxInFlightBytes < 1) {
                throw new IllegalArgumentException("maxInFlightWindows %d and maxInFlightBytes %d must be at least 1"
                        .formatted(maxInFlightWindows, maxInFlightBytes));
            }
            Objects.requireNonNull(closeTimeout, "closeTimeout");
            Objects.requireNonNull(silenceBeforeNotice, "silenceBeforeNotice");
            Objects.requireNonNull(noticeInterval, "noticeInterval");
            Objects.requireNonNull(longestWait, "longestWait");
        }

        /** With another longest wait. */
        public Limits withLongestWait(Optional<Duration> longest) {
            return new Limits(
                    maxInFlightWindows, maxInFlightBytes, closeTimeout, silenceBeforeNotice, noticeInterval, longest);
        }
    }

    public KafkaSinkSettings {
        Objects.requireNonNull(bootstrapServers, "bootstrapServers");
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(properties, "properties");
        Objects.requireNonNull(guarantee, "guarantee");
        Objects.requireNonNull(refusedRecords, "refusedRecords");
        Objects.requireNonNull(limits, "limits");
    }

    /** For topics that exist. */
    public KafkaSinkSettings(
            String bootstrapServers,
            Map<String, Route> routes,
            GivenProperties properties,
            Guarantee guarantee,
            RefusedRecords refusedRecords,
            Limits limits) {
        this(bootstrapServers, new RuleTopics(routes, Optional.empty()), properties, guarantee, refusedRecords, limits);
    }

    /** For topics that exist, with {@link Limits#DEFAULT}. */
    public KafkaSinkSettings(
            String bootstrapServers,
            Map<String, Route> routes,
            Map<String, String> properties,
            Map<String, String> written,
            Guarantee guarantee,
            RefusedRecords refusedRecords) {
        this(
                bootstrapServers,
                routes,
                new GivenProperties(properties, written),
                guarantee,
                refusedRecords,
                Limits.DEFAULT);
    }

    /** With another {@link Limits#longestWait}. */
    public KafkaSinkSettings withLongestWait(Optional<Duration> longest) {
        return new KafkaSinkSettings(
                bootstrapServers, topics, properties, guarantee, refusedRecords, limits.withLongestWait(longest));
    }

    /** Topic and format by rule id. */
    public Map<String, Route> routes() {
        return topics.routes();
    }

    /** Shows no property's value: it may be a secret. */
    @Override
    public String toString() {
        return "KafkaSinkSettings[bootstrapServers=%s, topics=%s, properties=%s, guarantee=%s, refusedRecords=%s]"
                .formatted(bootstrapServers, topics, properties.values().keySet(), guarantee, refusedRecords);
    }
}
