package io.pickaroon.config.section;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Suggestion;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.yaml.Located;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Producer properties that would break what Pickaroon promises, or that it sets by itself. */
final class KafkaProperties {
    private static final Map<String, String> OWNED = Map.of(
            "bootstrap.servers", "it is given by 'bootstrapServers'",
            "transactional.id", "it is made from 'instance', so that a restart takes over its own transactions",
            "key.serializer", "records are sent as the bytes that stand in the file",
            "value.serializer", "records are sent as the bytes that stand in the file");
    /** What librdkafka calls a setting that Java's clients have by another name. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "sasl.username", "sasl.jaas.config",
            "sasl.password", "sasl.jaas.config",
            "ssl.ca.location", "ssl.truststore.location",
            "ssl.certificate.location", "ssl.keystore.location",
            "ssl.key.location", "ssl.keystore.key",
            "compression.codec", "compression.type",
            "message.max.bytes", "max.request.size",
            "message.timeout.ms", "delivery.timeout.ms",
            "queue.buffering.max.ms", "linger.ms",
            "socket.timeout.ms", "request.timeout.ms");

    private static final int MAX_IN_FLIGHT = 5;

    private KafkaProperties() {}

    static void check(Map<String, Located<String>> properties, OutputSettings.Delivery delivery, Reading reading) {
        Map<String, String> allowed = new LinkedHashMap<>();
        properties.forEach((key, value) -> {
            Optional<String> reason = reasonAgainst(key, value.value().strip());
            if (reason.isPresent()) {
                reading.report(value.place(), "the property '" + key + "' is refused: " + reason.get());
                return;
            }
            allowed.put(key, value.value());
            if (!reading.propertiesCheck().isKnown(key)) {
                reportUnknown(key, value.place(), reading);
            }
        });
        reading.propertiesCheck()
                .problemsWith(allowed, Located.written(properties), delivery)
                .forEach((key, problem) ->
                        reading.report(properties.get(key).place(), "the property '" + key + "': " + problem));
    }

    private static void reportUnknown(String key, Place place, Reading reading) {
        Optional<String> meant = meant(key, reading.propertiesCheck().names());
        String unknown = "Kafka's producer has no setting " + Mismatch.quoted(key);
        if (meant.isPresent()) {
            reading.report(place, unknown, Optional.of("did you mean '" + meant.get() + "'?"));
        } else {
            reading.warn(place, unknown + "; it changes nothing, unless a plug-in reads it", Optional.empty());
        }
    }

    /** Stricter than for our own keys: plug-ins have settings of their own, whose names may be similar. */
    private static Optional<String> meant(String key, Set<String> names) {
        String word = key.replaceFirst("^(?:kafka|producer)\\.", "");
        if (names.contains(word)) {
            return Optional.of(word);
        }
        return Optional.ofNullable(ELSEWHERE.get(word))
                .or(() -> Suggestion.nearest(word, names)
                        .filter(name -> Suggestion.plainDistance(word, name) <= (word.length() < 8 ? 1 : 2)))
                .or(() -> names.stream()
                        .filter(name -> name.startsWith(word + "."))
                        .min(Comparator.comparingInt(String::length)));
    }

    private static Optional<String> reasonAgainst(String key, String value) {
        return switch (key) {
            case "acks" ->
                refuse(
                        !value.equals("all") && !value.equals("-1"),
                        "progress counts as safe only when all replicas have the record; expected 'all'");
            case "enable.idempotence" ->
                refuse(
                        !value.equalsIgnoreCase("true"),
                        "without it a retry may repeat or reorder records; expected 'true'");
            case "max.in.flight.requests.per.connection" ->
                refuse(
                        !isInFlight(value),
                        "the brokers keep order only up to " + MAX_IN_FLIGHT + "; expected a number from 1 to "
                                + MAX_IN_FLIGHT);
            default -> Optional.ofNullable(OWNED.get(key));
        };
    }

    private static boolean isInFlight(String value) {
        return value.length() == 1 && value.charAt(0) >= '1' && value.charAt(0) <= '0' + MAX_IN_FLIGHT;
    }

    private static Optional<String> refuse(boolean wrong, String reason) {
        return wrong ? Optional.of(reason) : Optional.empty();
    }
}
