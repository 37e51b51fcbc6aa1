package io.pickaroon.connectors.lines;

import io.pickaroon.inputs.shown.FirstRecords;
import io.pickaroon.records.emit.RenderProblem;
import io.pickaroon.records.emit.RenderedRecord;
import io.pickaroon.records.emit.RenderedRecord.TimeSource;
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

    private final FirstRecords first = new FirstRecords(LOG);

    /**
     * Looks at a line.
     *
     * @param origin where its match comes from, for people
     */
    public void note(String ruleId, RenderedRecord line, Supplier<String> origin) {
        Optional<RenderProblem> problem = line.problem();
        if (problem.isPresent()) {
            first.count(ruleId, problem.get() + "; the line has what could be made", origin);
        }
        if (line.isTopicChanged()) {
            first.count(ruleId, "its topic has characters that Kafka does not allow, each becomes '_'", origin);
        }
        if (line.timeSource() == TimeSource.MISSING) {
            first.count(ruleId, "it has no timestamp; the line has the time when it was read", origin);
        }
        if (line.timeSource() == TimeSource.UNREADABLE) {
            first.count(ruleId, "its timestamp cannot be read; the line has the time when it was read", origin);
        }
    }

    /** Says how often what happened, and counts anew. */
    public void sayTotals() {
        first.sayTotals();
    }
}
