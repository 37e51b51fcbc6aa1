package io.pickaroon.config;

import java.util.Map;
import java.util.Optional;

/** Producer properties that would break what Pickaroon promises, or that it sets by itself. */
final class KafkaProperties {
    private static final Map<String, String> OWNED = Map.of(
            "bootstrap.servers", "it is given by 'bootstrapServers'",
            "transactional.id", "it is made from 'instance', so that a restart takes over its own transactions",
            "key.serializer", "records are sent as the bytes that stand in the file",
            "value.serializer", "records are sent as the bytes that stand in the file");
    private static final int MAX_IN_FLIGHT = 5;

    private KafkaProperties() {}

    static void check(Map<String, Located<String>> properties, Reading reading) {
        properties.forEach((key, value) -> reasonAgainst(key, value.value().strip())
                .ifPresent(
                        reason -> reading.report(value.place(), "the property '" + key + "' is refused: " + reason)));
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
