package io.pickaroon.processor.follow;

import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.read.StartPosition;
import java.io.IOException;
import java.util.Optional;

/**
 * What this process remembers of a followed file from earlier sessions of the sink, until the next one has begun to read it.
 * Changes under the lock of {@link FollowReader}; any thread may ask whether it is empty.
 */
final class EarlierSessions {
    private final LogInput input;
    private final RunResources resources;
    private volatile Optional<StartPosition.Remembered> remembered = Optional.empty();

    EarlierSessions(LogInput input, RunResources resources) {
        this.input = input;
        this.resources = resources;
    }

    boolean isEmpty() {
        return remembered.isEmpty();
    }

    void keep(StartPosition.Remembered last) {
        remembered = Optional.of(last);
    }

    void forget() {
        remembered = Optional.empty();
    }

    /**
     * Finds out where reading begins.
     *
     * @param known the generation that is known of the file
     * @param seen what was seen of its size since then
     */
    StartPosition findStart(LogFile opened, FileIdentity known, ObservedSize.Seen seen, SinkPositions destination)
            throws IOException {
        Optional<StartPosition.Remembered> memory = remembered
                .map(earlier -> earlier.withSizeBytes(Math.max(earlier.sizeBytes(), seen.peakBytes())))
                // Also of a file that was only seen from outside, if it has shrunk since.
                .or(() -> seen.hasShrunk()
                        ? Optional.of(new StartPosition.Remembered(known, seen.peakBytes(), 0, LineEnds.UNKNOWN))
                        : Optional.empty());
        return StartPosition.of(opened, input, resources.positions(), destination, memory);
    }

    /** Bytes that were seen before that start, and can never be read. */
    static long lostBytes(StartPosition start, ObservedSize.Seen seen) {
        StartPosition.Past past = start.past();
        return past.wasTruncated() ? past.lostBytes() + seen.laterBytes() : seen.lostBytes(past.furthestOffset(), true);
    }
}
