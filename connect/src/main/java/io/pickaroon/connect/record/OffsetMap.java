package io.pickaroon.connect.record;

import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.processor.file.Position;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

/** The offset of a record as Connect keeps it. It is made when it is read: of most records it never is. Immutable. */
final class OffsetMap extends AbstractMap<String, Object> {
    private final SplitOffset reached;
    private final long offset;

    /**
     * An offset in front of a match: what is before it is sent.
     *
     * @param reached of the whole window
     * @param offset of the match's record
     */
    OffsetMap(SplitOffset reached, long offset) {
        this.reached = reached;
        this.offset = offset;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return reached.at(new Position(offset, true)).toMap().entrySet();
    }
}
