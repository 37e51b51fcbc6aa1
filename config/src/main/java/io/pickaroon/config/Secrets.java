package io.pickaroon.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keeps the values of Kafka properties that may be secrets out of logs and messages. */
final class Secrets {
    private static final String MASK = "****";
    private static final List<String> SIGNS =
            List.of("password", "secret", "sasl.jaas.config", "key", "token", "credential");

    private Secrets() {}

    /** Whether the value of this property must not be shown. Errs on the side of hiding. */
    static boolean isSecret(String propertyKey) {
        String lowerCase = propertyKey.toLowerCase(Locale.ROOT);
        return SIGNS.stream().anyMatch(lowerCase::contains);
    }

    static Map<String, String> masked(Map<String, String> properties) {
        Map<String, String> shown = new LinkedHashMap<>();
        properties.forEach((key, value) -> shown.put(key, isSecret(key) ? MASK : value));
        return shown;
    }
}
