package io.pickaroon.processor.fix;

import io.pickaroon.processor.audit.AuditedGroup;
import io.pickaroon.processor.audit.AuditedGroup.AuditedWindow;
import io.pickaroon.processor.audit.GroupCodec;
import io.pickaroon.processor.audit.GroupCodec.WindowClaims;
import io.pickaroon.processor.delivery.DeliveredWindow;
import io.pickaroon.processor.file.StreamPlaces;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an entry of a journal has beside its records, in sections of which a version may know more than another. Numbers are big endian;
 * sizes are in bytes.
 *
 * <pre>{@code
 * sections  { count 2 } { type 2 | contentBytes 4 | content } ..   one whose type is not known is passed over
 *
 *           1: stdout done 8 | stderr done 8 | cut 1               what the end says of streams, if it does
 *           2: what the audit trail says of the group              version 4, in the first entry, see GroupCodec
 *           3: what it says of the changes of this window          version 4, in each entry
 * }</pre>
 *
 * @param contents by type
 */
record JournalSections(SortedMap<Short, byte[]> contents) {
    private static final int COUNT_BYTES = 2;
    private static final int HEADER_BYTES = 6;
    private static final short STREAMS = 1;
    private static final int STREAMS_BYTES = 17;
    private static final short AUDITED_GROUP = 2;
    private static final short AUDITED_WINDOW = 3;

    /**
     * Those of a window.
     *
     * @param audited its group, if that goes into an audit trail
     * @param index of the window in its group
     */
    static JournalSections of(DeliveredWindow window, Optional<AuditedGroup> audited, int index) {
        SortedMap<Short, byte[]> contents = new TreeMap<>();
        StreamPlaces streams = window.end().streams();
        if (!streams.isNone()) {
            contents.put(
                    STREAMS,
                    ByteBuffer.allocate(STREAMS_BYTES)
                            .putLong(streams.stdoutDone())
                            .putLong(streams.stderrDone())
                            .put((byte) streams.cuts())
                            .array());
        }
        audited.ifPresent(group -> {
            if (index == 0) {
                contents.put(AUDITED_GROUP, GroupCodec.encode(group));
            }
            contents.put(AUDITED_WINDOW, GroupCodec.encode(group.windows().get(index)));
        });
        return new JournalSections(contents);
    }

    long usedBytes() {
        return COUNT_BYTES
                + contents.values().stream()
                        .mapToLong(content -> HEADER_BYTES + content.length)
                        .sum();
    }

    void put(ByteBuffer into) {
        into.putShort((short) contents.size());
        contents.forEach(
                (type, content) -> into.putShort(type).putInt(content.length).put(content));
    }

    /**
     * What sections say that were read.
     *
     * @param group the bytes of a group of an audit trail
     */
    record Read(StreamPlaces streams, Optional<ByteBuffer> group, Optional<WindowClaims> claims) {
        static final Read NONE = new Read(StreamPlaces.NONE, Optional.empty(), Optional.empty());
    }

    /** Reads those of an entry. */
    static Read read(ByteBuffer from, boolean isAudited) {
        Read read = Read.NONE;
        for (int left = Short.toUnsignedInt(from.getShort()); left > 0; left--) {
            short type = from.getShort();
            ByteBuffer content = ByteBuffer.wrap(JournalRecords.bytes(from, from.getInt()));
            if (type == STREAMS) {
                StreamPlaces streams = StreamPlaces.of(content.getLong(), content.getLong(), content.get());
                JournalRecords.require(!content.hasRemaining(), "bytes behind the streams:", content.remaining());
                read = new Read(streams, read.group(), read.claims());
            } else if (isAudited && type == AUDITED_GROUP) {
                read = new Read(read.streams(), Optional.of(content), read.claims());
            } else if (isAudited && type == AUDITED_WINDOW) {
                read = new Read(read.streams(), read.group(), Optional.of(GroupCodec.decodeClaims(content)));
            }
        }
        return read;
    }

    /** What an audit trail says of a group. */
    static AuditedGroup audited(List<RedoEntry> entries, List<Read> sections) {
        List<AuditedWindow> windows = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            RedoEntry entry = entries.get(i);
            JournalRecords.require(sections.get(i).claims().isPresent(), "no claims in entry", i);
            WindowClaims claims = sections.get(i).claims().get();
            JournalRecords.require(
                    claims.changes().size() == entry.changeCount(),
                    "claims of another number of changes:",
                    claims.changes().size());
            windows.add(new AuditedWindow(entry.identity(), entry.path(), claims.changes(), claims.skips()));
        }
        JournalRecords.require(
                !sections.isEmpty() && sections.getFirst().group().isPresent(), "no audited group in entry", 0);
        return GroupCodec.decodeGroup(sections.getFirst().group().get(), windows);
    }
}
