package io.pickaroon.app.forecast;

import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Matches that become dead letters, by file and rule. Thread-safe. */
public final class RefusedMatches {
    private record Key(String identity, String rule) {}

    private final Map<Key, Long> counts = new HashMap<>();

    /** @param byRule how many matches of the window, by the index of their rule */
    synchronized void add(ScannedWindow window, int[] byRule) {
        List<Rule> rules = window.matches().rules();
        for (int index = 0; index < byRule.length; index++) {
            if (byRule[index] > 0) {
                String identity = window.file().identity().toString();
                counts.merge(new Key(identity, rules.get(index).id()), (long) byRule[index], Long::sum);
            }
        }
    }

    /** Of a rule in a file, by its identity as messages have it. */
    public synchronized long in(String identity, String rule) {
        return counts.getOrDefault(new Key(identity, rule), 0L);
    }
}
