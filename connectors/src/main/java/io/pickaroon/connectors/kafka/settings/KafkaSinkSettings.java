package io.pickaroon.connectors.kafka.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Where and how matches go to Kafka.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param routes topic and format by rule id; matches of other rules are not sent
 * @param properties settings of Kafka's producer, passed through, TLS and SASL included; see {@code ClientProperties}
 *     for those that are fixed
 * @param written how settings are written of which variables or files bring a part: messages show that, and not the value
 * @param guarantee what a consumer may rely on
 * @param refusedRecords what becomes of records that the brokers will never take
 * @param maxInFlightWindows at least once: windows that are being sent at the same time, at least 1
 * @param maxInFlightBytes at least once: another window is asked for while those that are being sent are smaller, as
 *     {@code WindowWeight} counts; this bounds the memory beside the producer's own {@code buffer.memory}
 * @param closeTimeout how long the end of a session waits for the network thread, at most
 * @param silenceBeforeNotice how long no broker acknowledges anything, while something waits, until the user is told
 * @param noticeInterval how often the user is told again
 */
public record KafkaSinkSettings(
        String bootstrapServers,
        Map<String, Route> routes,
        Map<String, String> properties,
        Map<String, String> written,
        Guarantee guarantee,
        RefusedRecords refusedRecords,
        int maxInFlightWindows,
        long maxInFlightBytes,
        Duration closeTimeout,
        Duration silenceBeforeNotice,
        Duration noticeInterval) {

    /** What a Kafka value is made of. */
    public enum Format {
        /** The record's bytes without its delimiter. */
        RAW,
        /** An object as {@link io.pickaroon.connectors.ndjson.MatchJson} writes it. */
        JSON
    }

    /** What a Kafka record says of its match beside the value. */
    public enum Headers {
        /** Where it comes from: all of {@code MatchHeaders} that apply. */
        ALL,
        /** Nothing, but that a value is the head of something longer. They cost a third of the rate of short records. */
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

    public KafkaSinkSettings {
        Objects.requireNonNull(bootstrapServers, "bootstrapServers");
        routes = Map.copyOf(routes);
        properties = Map.copyOf(properties);
        written = Map.copyOf(written);
        Objects.requireNonNull(guarantee, "guarantee");
        Objects.requireNonNull(refusedRecords, "refusedRecords");
        if (maxInFlightWindows < 1 || maxInFlightBytes < 1) {
            throw new IllegalArgumentException("maxInFlightWindows %d and maxInFlightBytes %d must be at least 1"
                    .formatted(maxInFlightWindows, maxInFlightBytes));
        }
        Objects.requireNonNull(closeTimeout, "closeTimeout");
        Objects.requireNonNull(silenceBeforeNotice, "silenceBeforeNotice");
        Objects.requireNonNull(noticeInterval, "noticeInterval");
    }

    /** With settings that are written as they are. */
    public KafkaSinkSettings(
            String bootstrapServers,
            Map<String, Route> routes,
            Map<String, String> properties,
            Guarantee guarantee,
            RefusedRecords refusedRecords,
            int maxInFlightWindows,
            long maxInFlightBytes,
            Duration closeTimeout,
            Duration silenceBeforeNotice,
            Duration noticeInterval) {
        this(
                bootstrapServers,
                routes,
                properties,
                Map.of(),
                guarantee,
                refusedRecords,
                maxInFlightWindows,
                maxInFlightBytes,
                closeTimeout,
                silenceBeforeNotice,
                noticeInterval);
    }

    /** With settings that are written as they are, and the defaults. */
    public KafkaSinkSettings(
            String bootstrapServers,
            Map<String, Route> routes,
            Map<String, String> properties,
            Guarantee guarantee,
            RefusedRecords refusedRecords) {
        this(bootstrapServers, routes, properties, Map.of(), guarantee, refusedRecords);
    }

    /** With the defaults: 256 windows or 8 MiB, 5 s to close, told after 5 s and then every 30 s. */
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
                properties,
                written,
                guarantee,
                refusedRecords,
                256,
                8L * 1024 * 1024,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30));
    }

    /** Shows no property's value: it may be a secret. */
    @Override
    public String toString() {
        return "KafkaSinkSettings[bootstrapServers=%s, routes=%s, properties=%s, guarantee=%s, refusedRecords=%s]"
                .formatted(bootstrapServers, routes, properties.keySet(), guarantee, refusedRecords);
    }
}
