package io.pickaroon.connectors.kafka.client;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SecurityConfig;
import org.apache.kafka.common.utils.Utils;

/**
 * The classes that a client's setting names: its own value, each of a list, or the login module of
 * {@code sasl.jaas.config}. They are loaded and initialized as the client does it, and no object of them is made. Immutable.
 */
final class NamedClasses {
    private static final Set<String> LISTS = Set.of(
            ProducerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG,
            SecurityConfig.SECURITY_PROVIDERS_CONFIG);
    private static final String UNNAMED = "of this name";
    private static final Pattern CLASS_NAME = Pattern.compile("(?:[\\p{Alnum}_$]+[.])+[\\p{Alnum}_$]+");

    private final List<ConfigDef> definitions;
    private final SecretTexts secrets;

    /** @param secrets appear in no problem */
    NamedClasses(List<ConfigDef> definitions, SecretTexts secrets) {
        this.definitions = definitions;
        this.secrets = secrets;
    }

    /**
     * Why one of the classes cannot be used; empty if all can.
     *
     * @param written how the value is written if variables or files bring it, which is shown in its place
     */
    Optional<String> problem(String name, String value, Optional<String> written) {
        for (String className : in(name, value)) {
            String shown = shown(name, className, written);
            try {
                Utils.loadClass(className, Object.class);
            } catch (ClassNotFoundException _) {
                return Optional.of("there is no class " + shown + " on the class path");
            } catch (LinkageError e) {
                return Optional.of("the class " + shown + " cannot be loaded: " + reason(e, written.isEmpty()));
            }
        }
        return Optional.empty();
    }

    private List<String> in(String name, String value) {
        Stream<String> names = Stream.empty();
        if (name.equals(SaslConfigs.SASL_JAAS_CONFIG)) {
            names = LoginText.of(value).module().stream();
        } else if (LISTS.contains(name)) {
            names = Stream.of(value.strip().split("\\s*,\\s*"));
        } else if (definitions.stream()
                .anyMatch(definition -> isClass(definition.configKeys().get(name)))) {
            names = Stream.of(value.strip());
        }
        return names.filter(className -> !className.isEmpty()).toList();
    }

    private static boolean isClass(ConfigDef.ConfigKey key) {
        return key != null && key.type == ConfigDef.Type.CLASS;
    }

    /** A login as it is written can hold a password: of it, only the class is shown, if it stands there. */
    private String shown(String name, String className, Optional<String> written) {
        String shown = written.orElse(className);
        if (name.equals(SaslConfigs.SASL_JAAS_CONFIG)) {
            shown = CLASS_NAME.matcher(className).matches() && shown.contains(className) ? className : UNNAMED;
        }
        return secrets.test(shown) ? UNNAMED : shown;
    }

    /** The message of an initializer that failed can say anything, and is left out. */
    private String reason(LinkageError error, boolean namesAreShown) {
        if (error instanceof ExceptionInInitializerError) {
            return "its initializer fails with " + error.getCause().getClass().getName();
        }
        boolean isShown = namesAreShown && !secrets.test(error.getMessage());
        return error.getClass().getSimpleName() + (isShown ? ": " + error.getMessage() : "");
    }
}
