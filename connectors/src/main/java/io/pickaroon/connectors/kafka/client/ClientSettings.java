package io.pickaroon.connectors.kafka.client;

import io.pickaroon.connectors.kafka.settings.Guarantee;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * Checks of the settings that a user gives for Kafka's clients. Pure functions, but that classes are loaded which settings
 * name: no broker is asked, no file of a setting opened, no client made.
 */
public final class ClientSettings {
    private static final List<ConfigDef> DEFINITIONS =
            List.of(ProducerConfig.configDef(), AdminClientConfig.configDef(), ConsumerConfig.configDef());
    private static final Set<ConfigDef.Type> TEXTS =
            Set.of(ConfigDef.Type.STRING, ConfigDef.Type.LIST, ConfigDef.Type.CLASS, ConfigDef.Type.PASSWORD);
    private static final Pattern REPEATED = Pattern.compile("(?s)^Invalid value (.*?) for configuration \\S+?(?:: |$)");

    private ClientSettings() {}

    /** The names of the producer's settings. */
    public static Set<String> producerNames() {
        return ProducerConfig.configNames();
    }

    /** Recognizes texts that hold a part of a secret among the settings. */
    public static Predicate<String> secretsIn(Map<String, String> properties) {
        return SecretTexts.of(properties);
    }

    /**
     * Recognizes texts that hold a part of a secret among the settings, or a value that a variable or a file brings.
     * The client's id is shown, because every line of a client has it, and so are numbers and names of protocols, which
     * are already checked.
     *
     * @param written how settings are written that variables or files bring
     */
    public static Predicate<String> secretsIn(Map<String, String> properties, Map<String, String> written) {
        Map<String, String> hidden = new HashMap<>(written);
        hidden.keySet().removeIf(ClientSettings::isSaidOften);
        SecretTexts secrets = SecretTexts.of(properties, hidden);
        return secrets.or(secrets::holdsWrittenValue);
    }

    private static boolean isSaidOften(String name) {
        ConfigDef.ConfigKey known = ProducerConfig.configDef().configKeys().get(name);
        return name.equals(ProducerConfig.CLIENT_ID_CONFIG)
                || name.equals(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)
                || known != null && !TEXTS.contains(known.type);
    }

    /** Like the other method, for settings without variables and files. */
    public static Map<String, String> problemsWith(Map<String, String> properties, Guarantee guarantee) {
        return problemsWith(properties, Map.of(), guarantee);
    }

    /**
     * What is wrong with the values, by the name of the setting. The text holds no secret.
     *
     * @param written how settings are written that variables or files bring, which is shown in place of their values
     */
    public static Map<String, String> problemsWith(
            Map<String, String> properties, Map<String, String> written, Guarantee guarantee) {
        SecretTexts secrets = SecretTexts.of(properties, written);
        NamedClasses classes = new NamedClasses(DEFINITIONS, secrets);
        Map<String, String> problems = new LinkedHashMap<>();
        properties.forEach((name, value) -> {
            Optional<String> shown = Optional.ofNullable(written.get(name));
            classes.problem(name, value, shown)
                    .or(() -> problemWith(name, value, shown).map(secrets::shown))
                    .ifPresent(problem -> problems.put(name, problem));
        });
        if (problems.isEmpty()) {
            disagreement(properties, written, guarantee)
                    .ifPresent(problem -> problems.put(nameIn(problem, properties), secrets.shown(problem)));
        }
        return problems;
    }

    /** Whether the value names a class that is not there, or that cannot be loaded. */
    public static boolean lacksAClass(String name, String value) {
        return new NamedClasses(DEFINITIONS, SecretTexts.NONE)
                .problem(name, value, Optional.empty())
                .isPresent();
    }

    private static Optional<String> problemWith(String name, String value, Optional<String> written) {
        if (name.equals(SaslConfigs.SASL_JAAS_CONFIG)) {
            return LoginText.of(value).problem();
        }
        for (ConfigDef definition : DEFINITIONS) {
            if (definition.configKeys().containsKey(name)) {
                List<String> messages = definition.validate(Map.of(name, value)).stream()
                        .filter(checked -> checked.name().equals(name))
                        .flatMap(checked -> checked.errorMessages().stream())
                        .toList();
                return messages.stream().findFirst().map(message -> plain(message, value, written));
            }
        }
        return Optional.empty();
    }

    private static String plain(String message, String value, Optional<String> written) {
        var repeated = REPEATED.matcher(message);
        boolean isRepeated = repeated.find();
        String reason = isRepeated ? message.substring(repeated.end()) : message;
        if (written.isPresent() && holdsPart(reason, value)) {
            reason = "";
            isRepeated = true;
        }
        return isRepeated
                ? "Kafka does not take the value '" + written.orElseGet(() -> repeated.group(1)) + "'"
                        + (reason.isEmpty() ? "" : ": " + reason)
                : reason;
    }

    /** Whether a text holds a value, or one of the values that it lists. */
    private static boolean holdsPart(String text, String value) {
        return Arrays.stream(value.split("[,\\s]+", -1)).anyMatch(part -> !part.isEmpty() && text.contains(part));
    }

    /** Values that are valid alone, but not together or not with the fixed ones. */
    private static Optional<String> disagreement(
            Map<String, String> properties, Map<String, String> written, Guarantee guarantee) {
        Map<String, Object> all = new HashMap<>(ClientProperties.withDefaults(properties, guarantee));
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        try {
            ProducerConfig producer = new ProducerConfig(all);
            long deliveryMillis = producer.getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
            long needed = producer.getLong(ProducerConfig.LINGER_MS_CONFIG)
                    + producer.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
            boolean isNeededShown = !written.containsKey(ProducerConfig.LINGER_MS_CONFIG)
                    && !written.containsKey(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
            return deliveryMillis < needed
                    ? Optional.of("delivery.timeout.ms is %s, and must be at least linger.ms + request.timeout.ms%s"
                            .formatted(
                                    written.getOrDefault(
                                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(deliveryMillis)),
                                    isNeededShown ? ", " + needed : ""))
                    : Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static String nameIn(String problem, Map<String, String> properties) {
        return properties.keySet().stream()
                .filter(problem::contains)
                .findFirst()
                .orElseGet(() -> properties.keySet().iterator().next());
    }
}
