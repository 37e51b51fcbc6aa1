package io.pickaroon.app.figures;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a rule does in one file.
 *
 * @param id of the rule
 * @param figures by their names in a {@link RecordedRun}, in a fixed order
 */
public record RuleInFile(String id, Map<String, Long> figures) {
    public RuleInFile {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** A figure; 0 if it is not there. */
    public long figure(String name) {
        return figures.getOrDefault(name, 0L);
    }

    /** Changes that were wanted and are not made, for any reason. */
    public long leftAlone() {
        return figures.entrySet().stream()
                .filter(figure -> figure.getKey().startsWith(RunFigures.LEFT_ALONE))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
