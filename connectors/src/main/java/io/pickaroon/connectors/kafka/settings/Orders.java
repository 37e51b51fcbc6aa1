package io.pickaroon.connectors.kafka.settings;

import java.util.Objects;
import java.util.Optional;

/**
 * What the configuration and the command line say about the name.
 *
 * @param instance the name that the configuration gives, in letters of {@code [A-Za-z0-9._-]}
 * @param adopt the name to take over from the checkpoint that holds it
 * @param startAnew whether everything is sent again
 * @param configuration the option that names the configuration, such as {@code -c shop.yaml}: messages suggest commands
 */
public record Orders(Optional<String> instance, Optional<String> adopt, boolean startAnew, String configuration) {
    public Orders {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(adopt, "adopt");
        Objects.requireNonNull(configuration, "configuration");
    }

    /** The name alone. */
    public static Orders named(Optional<String> instance) {
        return new Orders(instance, Optional.empty(), false, "-c FILE");
    }
}
