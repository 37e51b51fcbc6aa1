package io.pickaroon.connectors.shown;

import io.pickaroon.records.emit.RenderProblem;
import io.pickaroon.records.emit.RenderedRecord;
import io.pickaroon.records.emit.RenderedRecord.TimeSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what lines lack of what is configured: each kind of it the first time, and how often at the end. All sessions of a sink
 * share one. Thread-safe.
 */
public final class LineNotices {
    private static final Logger LOG = LoggerFactory.getLogger(LineNotices.class);

    private final Map<Notice, Long> counts = new LinkedHashMap<>();

    private record Notice(String ruleId, String what) {}

    /**
     * Looks at a line.
     *
     * @param origin where its match comes from, for people
     */
    public void note(String ruleId, RenderedRecord line, Supplier<String> origin) {
        Optional<RenderProblem> problem = line.problem();
        if (problem.isPresent()) {
            count(ruleId, problem.get() + "; the line has what could be made", origin);
        }
        if (line.isTopicChanged()) {
            count(ruleId, "its topic has characters that Kafka does not allow, each becomes '_'", origin);
        }
        if (line.timeSource() == TimeSource.MISSING) {
            count(ruleId, "it has no timestamp; the line has the time when it was read", origin);
        }
        if (line.timeSource() == TimeSource.UNREADABLE) {
            count(ruleId, "its timestamp cannot be read; the line has the time when it was read", origin);
        }
    }

    private synchronized void count(String ruleId, String what, Supplier<String> origin) {
        long count = counts.merge(new Notice(ruleId, what), 1L, Long::sum);
        if (count == 1) {
            LOG.warn(
                    "rule '{}', the record in {}: {}. Later ones are counted and not logged",
                    ruleId,
                    origin.get(),
                    what);
        }
    }

    /** Says how often what happened, and counts anew. */
    public synchronized void sayTotals() {
        counts.forEach((notice, count) ->
                LOG.warn("rule '{}': {}: {}", notice.ruleId, count == 1 ? "once" : count + " times", notice.what));
        counts.clear();
    }
}
