package io.pickaroon.connectors.kafka;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * The secrets among client settings, and whether a text holds a part of one: so many characters in a row that a message of
 * a library does not have by itself. Such a message is left out. Immutable.
 */
final class SecretTexts implements Predicate<String> {
    /** For clients without secrets. */
    static final SecretTexts NONE = new SecretTexts(Set.of());

    private static final int PART_LENGTH = 4;
    private static final String LEFT_OUT = "a message that is not shown, because it holds a part of a secret setting";
    private static final Pattern SECRET_NAME =
            Pattern.compile("pass|secret|token|credential|hmac|key$|key[.]|jaas", Pattern.CASE_INSENSITIVE);
    /** User and password, and what follows the path, of a URL. */
    private static final Pattern URL = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*://(?:([^/@]*)@)?[^?#]*(.*)$");
    /** Lines around what is secret in PEM. */
    private static final Pattern PEM_FRAME = Pattern.compile("-----[A-Z0-9 ]+-----");

    private static final Set<String> PUBLIC_PARTS = publicParts();

    private final Set<String> parts;

    private SecretTexts(Set<String> parts) {
        this.parts = Set.copyOf(parts);
    }

    static SecretTexts of(Map<String, ?> properties) {
        Set<String> parts = new HashSet<>();
        properties.forEach((name, value) -> {
            if (value instanceof String text) {
                addParts(secretIn(name, text), parts);
            }
        });
        parts.removeAll(PUBLIC_PARTS);
        return new SecretTexts(parts);
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

    /** The message of a library, unless it holds a part of a secret. */
    String shown(String text) {
        return test(text) ? LEFT_OUT : text;
    }

    /** The exception, or one in its place without its message and those of its causes, should one hold a part of a secret. */
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
        if (test(failure.getMessage()) || anyIn(failure.getCause(), seen)) {
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
            Optional<String> username = LoginText.of(value).username();
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
