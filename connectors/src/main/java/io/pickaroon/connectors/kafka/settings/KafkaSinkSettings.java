package io.pickaroon.connectors.kafka.settings;

import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.RecordOrigins;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

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

    /** Which partition of its topic a record goes to. */
    public enum Partition {
        /** The one that its file goes to: within it Kafka keeps the order of the file. */
        FILE,
        /** The one that Kafka's own partitioner takes for its key; that of its file if it has none. */
        KEY
    }

    /** What is sent of the matches of a rule, and where to. */
    public record Route(RecordForm form, Partition partition) {
        public Route {
            Objects.requireNonNull(form, "form");
            Objects.requireNonNull(partition, "partition");
        }

        /** Whose records go to the partition of their file. */
        public Route(RecordForm form) {
            this(form, Partition.FILE);
        }

        /** The topic of all its records; empty if each record names its own. */
        public Optional<String> topic() {
            return form.hasOneTopic() ? Optional.of(form.emit().topic().literalPrefix()) : Optional.empty();
        }
    }

    /**
     * The topics of the rules.
     *
     * @param routes by rule id; matches of other rules are not sent
     * @param created what a topic is created like that does not exist; empty: it is not created
     * @param maxTopics how many topics that exist records may name, at least 1; those that rules name do not count
     * @param origins where the records of files come from
     */
    public record RuleTopics(
            Map<String, Route> routes, Optional<NewTopics> created, int maxTopics, RecordOrigins origins) {
        /** Unless another number is given. */
        public static final int DEFAULT_MAX_TOPICS = 100;

        public RuleTopics {
            routes = Map.copyOf(routes);
            Objects.requireNonNull(created, "created");
            if (maxTopics < 1) {
                throw new IllegalArgumentException("maxTopics " + maxTopics + " must be at least 1");
            }
            Objects.requireNonNull(origins, "origins");
        }

        /** With {@link #DEFAULT_MAX_TOPICS}, of files on a host without a name. */
        public RuleTopics(Map<String, Route> routes, Optional<NewTopics> created) {
            this(routes, created, DEFAULT_MAX_TOPICS, (input, file) -> new RecordOrigin("", "", input, file));
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

    /** With other forms of records. */
    public KafkaSinkSettings withForms(UnaryOperator<RecordForm> other) {
        Map<String, Route> changed = new HashMap<>();
        routes().forEach((rule, route) -> changed.put(rule, new Route(other.apply(route.form()), route.partition())));
        return new KafkaSinkSettings(
                bootstrapServers,
                new RuleTopics(changed, topics.created(), topics.maxTopics(), topics.origins()),
                properties,
                guarantee,
                refusedRecords,
                limits);
    }

    /** Routes by rule id. */
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
