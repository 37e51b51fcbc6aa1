package io.pickaroon.config.properties;

import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.settings.EmitSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.Settings;
import java.util.Map;
import java.util.Optional;

/** What holds where properties do not say: the settings of the fewest that can be read. */
final class SmallestProperties {
    static final Settings SETTINGS = read();
    static final InputSettings INPUT = SETTINGS.inputs().getFirst();
    static final EmitSettings EMIT = SETTINGS.rules().getFirst().emit().orElseThrow();

    private SmallestProperties() {}

    private static Settings read() {
        Map<String, String> properties = Map.of(
                "inputs", "input",
                "inputs.input.include", "/input",
                "rules", "rule",
                "rules.rule.match.literal", "text",
                "rules.rule.emit.topic", "topic");
        try {
            return ConnectorReader.read(properties, Optional.empty(), RegexCheck.NONE, _ -> {})
                    .settings();
        } catch (PropertiesException e) {
            throw new IllegalStateException(e);
        }
    }
}
