package io.pickaroon.inputs.shown;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Counts records that lack something of what their rules say, and logs the first one of each rule and kind with its place. All
 * sessions of a sink share one. Thread-safe.
 */
public final class FirstRecords {
    private final Logger log;
    private final Map<Kind, Long> counts = new LinkedHashMap<>();

    private record Kind(String ruleId, String word) {}

    /** @param log what is said goes there */
    public FirstRecords(Logger log) {
        this.log = log;
    }

    /**
     * Counts a record whose kind is what is said of it.
     *
     * @param place of the record, for people
     */
    public void count(String ruleId, String what, Supplier<String> place) {
        count(ruleId, what, () -> what, place);
    }

    /**
     * Counts a record.
     *
     * @param kind by which it is counted: there are few
     * @param what is said of the first one
     * @param place of the record, for people
     */
    public synchronized void count(String ruleId, String kind, Supplier<String> what, Supplier<String> place) {
        if (counts.merge(new Kind(ruleId, kind), 1L, Long::sum) == 1) {
            log.warn(
                    "rule '{}', the record in {}: {}. Later ones are counted and not logged",
                    ruleId,
                    place.get(),
                    what.get());
        }
    }

    /** Says how often what happened, and counts anew. */
    public synchronized void sayTotals() {
        counts.forEach((kind, count) ->
                log.warn("rule '{}': {}: {}", kind.ruleId, count == 1 ? "once" : count + " times", kind.word));
        counts.clear();
    }
}
