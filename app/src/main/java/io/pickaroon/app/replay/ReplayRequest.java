package io.pickaroon.app.replay;

import io.pickaroon.processor.input.FilePart;
import io.pickaroon.processor.time.TimeRange;
import io.pickaroon.processor.time.TimedRecords;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is to be sent again.
 *
 * @param globs which files
 * @param part where the records start, in each of the files
 * @param rules ids of the rules whose records are meant; empty: all that send
 * @param to another topic, or another output file
 */
record ReplayRequest(
        Path configuration, List<String> globs, FilePart part, Times times, List<String> rules, Optional<String> to) {
    /**
     * The time of the records; both empty: any.
     *
     * @param range of records whose inputs say how they tell their time
     * @param records the same, where the command line says it
     */
    record Times(Optional<TimeRange> range, Optional<TimedRecords> records) {
        /** The range, however times are told. */
        Optional<TimeRange> any() {
            return records.map(TimedRecords::range).or(() -> range);
        }
    }

    /** Whether the command line says where the records are. */
    boolean saysWhere() {
        return part.startOffset() > 0 || times.any().isPresent();
    }
}
