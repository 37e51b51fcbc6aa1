package io.pickaroon.app.configuration;

import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What the command line says about the name under which matches are delivered.
 *
 * @param adopt the name to take over
 * @param startAnew whether everything is sent again
 * @param configuration the option that names the configuration, as messages suggest it
 */
public record StartOrders(Optional<String> adopt, boolean startAnew, String configuration) {
    public StartOrders {
        Objects.requireNonNull(adopt, "adopt");
        Objects.requireNonNull(configuration, "configuration");
    }

    /** Nothing. */
    public static StartOrders none(Path configuration) {
        return new StartOrders(Optional.empty(), false, option(configuration));
    }

    /** The option that names a configuration, for a shell. */
    public static String option(Path configuration) {
        return "-c " + ByteText.shellWord(NativePath.printable(configuration));
    }

    /** Whether there is an order. */
    public boolean isGiven() {
        return adopt.isPresent() || startAnew;
    }

    Orders of(Optional<String> instance) {
        return new Orders(instance, adopt, startAnew, configuration);
    }
}
