package io.pickaroon.connectors.kafka.client;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * The secrets among client settings, and whether a text holds a part of one: four characters in a row that messages of
 * Kafka's libraries do not contain by themselves. Messages that hold such a part are left out. Immutable.
 */
final class SecretTexts implements Predicate<String> {
    /** For clients without secrets. */
    static final SecretTexts NONE = new SecretTexts(Set.of(), Map.of());

    private static final int PART_LENGTH = 4;
    private static final String LEFT_OUT = "a message that is not shown, because it holds a part of a secret setting";
    private static final Pattern SECRET_NAME =
            Pattern.compile("pass|secret|token|credential|hmac|key$|key[.]|jaas", Pattern.CASE_INSENSITIVE);
    /** User and password, and what follows the path, of a URL. */
    private static final Pattern URL = Pattern.compile("(?s)^[a-zA-Z][a-zA-Z0-9+.-]*://(?:([^/@]*)@)?[^?#]*(.*)$");
    /** Lines around what is secret in PEM. */
    private static final Pattern PEM_FRAME = Pattern.compile("-----[A-Z0-9 ]+-----");

    private final Set<String> parts;
    /** How the values are written that variables or files bring; the longest values come first. */
    private final Map<String, String> writtenValues;

    private SecretTexts(Set<String> parts, Map<String, String> writtenValues) {
        this.parts = Set.copyOf(parts);
        this.writtenValues = writtenValues;
    }

    /** The secrets of settings without variables and files. */
    static SecretTexts of(Map<String, ?> properties) {
        return of(properties, Map.of());
    }

    /**
     * @param written how the settings are written that variables or files bring: shown texts have that in place of the
     *     values
     */
    static SecretTexts of(Map<String, ?> properties, Map<String, String> written) {
        Set<String> parts = new HashSet<>();
        properties.forEach((name, value) -> {
            if (value instanceof String text) {
                addParts(secretIn(name, text), parts);
            }
        });
        if (!parts.isEmpty()) {
            parts.removeAll(publicParts());
        }
        return new SecretTexts(parts, writtenValues(properties, written));
    }

    /** A login is left out of messages anyway, and libraries use most of its words by themselves. */
    private static Map<String, String> writtenValues(Map<String, ?> properties, Map<String, String> written) {
        if (written.isEmpty()) {
            return Map.of();
        }
        Map<String, String> values =
                new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Function.identity()));
        written.forEach((name, raw) -> {
            if (properties.get(name) instanceof String value && !name.endsWith(SaslConfigs.SASL_JAAS_CONFIG)) {
                Stream.concat(Stream.of(value, value.strip()), Arrays.stream(value.split("[,\\s]+", -1)))
                        .filter(part -> part.length() >= PART_LENGTH && !raw.contains(part))
                        .forEach(part -> values.putIfAbsent(part, raw));
            }
        });
        return values;
    }

    /** True if the text, which may be null, holds a part of a secret. */
    @Override
    public boolean test(String text) {
        if (text == null || parts.isEmpty()) {
            return false;
        }
        for (int i = 0; i + PART_LENGTH <= text.length(); i++) {
            if (parts.contains(text.substring(i, i + PART_LENGTH))) {
                return true;
            }
        }
        return false;
    }

    /** The message of a library, unless it holds a part of a secret; with values as they are written. */
    String shown(String text) {
        String shown = asWritten(text);
        return test(shown) ? LEFT_OUT : shown;
    }

    /** True if the text, which may be null, holds a value that a variable or a file brings. */
    boolean holdsWrittenValue(String text) {
        return text != null && writtenValues.keySet().stream().anyMatch(text::contains);
    }

    private String asWritten(String text) {
        String shown = text;
        if (text != null) {
            for (Map.Entry<String, String> value : writtenValues.entrySet()) {
                shown = shown.replace(value.getKey(), value.getValue());
            }
        }
        return shown;
    }

    /**
     * The exception; or, if a message of it or of its causes holds a part of a secret, one in its place without those
     * messages.
     */
    Throwable shown(Throwable failure) {
        Set<Throwable> seen = new HashSet<>();
        if (!anyIn(failure, seen)) {
            return failure;
        }
        KafkaException standIn = new KafkaException(failure.getClass().getName() + ": " + LEFT_OUT);
        standIn.setStackTrace(failure.getStackTrace());
        return standIn;
    }

    private boolean anyIn(Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return false;
        }
        String message = failure.getMessage();
        if (test(message) || holdsWrittenValue(message) || anyIn(failure.getCause(), seen)) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (anyIn(suppressed, seen)) {
                return true;
            }
        }
        return false;
    }

    private static String secretIn(String name, String value) {
        if (name.endsWith(SaslConfigs.SASL_JAAS_CONFIG)) {
            LoginText login = LoginText.of(value);
            Optional<String> username = login.username();
            if (login.module().isPresent() && value.indexOf('=') < 0) {
                return "";
            }
            String options = value.substring(value.indexOf('=') + 1);
            return username.isPresent() ? options.replace(username.get(), "\n") : options;
        }
        ConfigDef.ConfigKey known = ProducerConfig.configDef().configKeys().get(name);
        boolean isSecret = known == null
                ? SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).find()
                : known.type == ConfigDef.Type.PASSWORD;
        if (isSecret) {
            return PEM_FRAME.matcher(value).replaceAll("\n");
        }
        var url = URL.matcher(value);
        return url.matches() ? (url.group(1) == null ? "" : url.group(1)) + "\n" + url.group(2) : "";
    }

    private static void addParts(String text, Set<String> parts) {
        for (int i = 0; i + PART_LENGTH <= text.length(); i++) {
            String part = text.substring(i, i + PART_LENGTH);
            if (part.indexOf('\n') < 0 && !part.isBlank()) {
                parts.add(part);
            }
        }
    }

    private static Set<String> publicParts() {
        Set<String> parts = new HashSet<>();
        ProducerConfig.configNames().forEach(name -> addParts(name, parts));
        AdminClientConfig.configNames().forEach(name -> addParts(name, parts));
        ConsumerConfig.configNames().forEach(name -> addParts(name, parts));
        addParts("org.apache.kafka.common.security.KafkaException: Authentication failed: Invalid username or", parts);
        addParts(
                "PlainLoginModule ScramLoginModule OAuthBearerLoginModule Kerberos clientId clientSecret tokenauth",
                parts);
        addParts("=\"true\" =\"false\" password=\" username=\" clientId=\" clientSecret=\" scope=\"", parts);
        return parts;
    }
}
