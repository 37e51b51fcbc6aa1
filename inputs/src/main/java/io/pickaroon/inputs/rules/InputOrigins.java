package io.pickaroon.inputs.rules;

import io.pickaroon.config.glob.PathPattern;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.OriginSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.processor.delivery.HostName;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.RecordOrigins;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the records of a configuration's files come from. Immutable. */
public final class InputOrigins implements RecordOrigins {
    private final Map<String, OriginSettings> originByInput;
    private final String instance;
    private final String localHost;

    /** An instance without a name in the configuration is called like the host. */
    public InputOrigins(Settings settings) {
        this.originByInput =
                settings.inputs().stream().collect(Collectors.toMap(InputSettings::id, InputSettings::origin));
        this.localHost = HostName.local();
        this.instance = settings.instance().orElse(localHost);
    }

    @Override
    public RecordOrigin of(String input, String file) {
        OriginSettings origin = originByInput.getOrDefault(input, OriginSettings.NONE);
        return new RecordOrigin(
                origin.host().orElse(localHost),
                instance,
                input,
                file,
                origin.path().map(pattern -> values(pattern, file)).orElse(Map.of()),
                origin.fields());
    }

    private static Map<String, String> values(PathPattern pattern, String file) {
        Map<String, String> values = new HashMap<>();
        Iterator<String> found = pattern.values(file).orElse(List.of()).iterator();
        for (String name : pattern.names()) {
            if (found.hasNext()) {
                values.put(name, found.next());
            }
        }
        return values;
    }
}
