package io.pickaroon.app.scan;

import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.time.TimedRecords;
import java.util.List;
import java.util.Optional;

/**
 * What is searched for.
 *
 * @param patterns the patterns
 * @param texts each of them as it was written
 * @param times the records that are meant, if only those of a range of time are
 */
record Searched(List<Pattern> patterns, List<String> texts, Optional<TimedRecords> times) {
    Searched(List<Pattern> patterns, List<String> texts) {
        this(patterns, texts, Optional.empty());
    }

    /** The same, in records of a range of time. */
    Searched within(TimedRecords range) {
        return new Searched(patterns, texts, Optional.of(range));
    }

    /** Records in which none of them is. */
    Searched inverted() {
        return new Searched(List.of(new Pattern.Not(new Pattern.Any(patterns))), List.of(""), times);
    }
}
