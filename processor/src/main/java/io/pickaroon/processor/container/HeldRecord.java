package io.pickaroon.processor.container;

import io.pickaroon.processor.file.Position;

/**
 * A record of which more lines may come, and how far they were looked for: the next look begins there.
 *
 * @param at where it starts
 * @param stream the {@link io.pickaroon.processor.file.StreamPlaces} number of its stream
 * @param length of its text, so far
 * @param isEnded whether its last message is complete
 * @param lastEnd where its last line ends
 * @param lookedTo lines that start before this offset were looked at
 */
public record HeldRecord(Position at, int stream, int length, boolean isEnded, long lastEnd, long lookedTo) {
    /** True if it is the record that starts at an offset. */
    public boolean isAt(long offset) {
        return at.offset() == offset;
    }

    /** True if it is the same record as the other one, and no line was added to it since. */
    public boolean isStill(HeldRecord before) {
        return isAt(before.at.offset()) && lastEnd == before.lastEnd;
    }
}
