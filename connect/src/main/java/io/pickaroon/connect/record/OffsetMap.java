package io.pickaroon.connect.record;

import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.processor.file.Position;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

/** The offset of a record as Connect keeps it. It is made when it is read: of most records it never is. Immutable. */
final class OffsetMap extends AbstractMap<String, Object> {
    private final SplitOffset reached;
    private final Position position;

    /**
     * An offset in front of a match: what is before it is sent.
     *
     * @param reached of the whole window
     * @param position of the match's record
     */
    OffsetMap(SplitOffset reached, Position position) {
        this.reached = reached;
        this.position = position;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return reached.at(position).toMap().entrySet();
    }
}
