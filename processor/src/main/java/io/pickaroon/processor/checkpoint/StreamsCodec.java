package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.checkpoint.CheckpointEntry.Waiting;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.file.StreamPlaces;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * The bytes of what positions say of the streams of container logs. Pure functions. Numbers are big endian.
 *
 * <pre>{@code
 * streams  { device 8 | inode 8 | birth time 8 | generation 4 | which 1 | offset 8 | stdout done 8 | stderr done 8 | cut 1 } ..
 *
 *          which  0: the position, 1: the fixed offset
 *          cut    bit 0: stdout, bit 1: stderr
 * }</pre>
 *
 * <p>It has an offset of its own: a version that does not know this section keeps it while the position moves on, and then it
 * says nothing any more.
 */
final class StreamsCodec {
    private static final int BYTES = 54;
    private static final byte OF_POSITION = 0;
    private static final byte OF_FIXED = 1;

    private StreamsCodec() {}

    /** Empty if no position has anything to say. */
    static byte[] encode(Map<FileIdentity, CheckpointEntry> entries) {
        int count = 0;
        for (CheckpointEntry entry : entries.values()) {
            count += entry.position().streams().isNone() ? 0 : 1;
            count += entry.waiting().from().streams().isNone() ? 0 : 1;
        }
        ByteBuffer into = ByteBuffer.allocate(count * BYTES);
        entries.forEach((identity, entry) -> {
            put(identity, OF_POSITION, entry.position(), into);
            put(identity, OF_FIXED, entry.waiting().from(), into);
        });
        return into.array();
    }

    private static void put(FileIdentity identity, byte which, Position position, ByteBuffer into) {
        StreamPlaces streams = position.streams();
        if (!streams.isNone()) {
            into.putLong(identity.device()).putLong(identity.inode()).putLong(identity.birthTimeNanos());
            into.putInt(identity.generation()).put(which).putLong(position.offset());
            into.putLong(streams.stdoutDone()).putLong(streams.stderrDone()).put((byte) streams.cuts());
        }
    }

    /** Adds it to the entries that it belongs to. Throws as other decoders do. */
    static void decode(ByteBuffer from, Map<FileIdentity, CheckpointEntry> entries) {
        while (from.hasRemaining()) {
            FileIdentity firstSeen = new FileIdentity(from.getLong(), from.getLong(), from.getLong());
            FileIdentity identity = firstSeen.ofGeneration(from.getInt());
            byte which = from.get();
            long offset = from.getLong();
            StreamPlaces streams = StreamPlaces.of(from.getLong(), from.getLong(), from.get());
            if (which != OF_POSITION && which != OF_FIXED) {
                throw new IllegalArgumentException("streams of something else: " + which);
            }
            entries.computeIfPresent(identity, (_, entry) -> with(entry, which, offset, streams));
        }
    }

    private static CheckpointEntry with(CheckpointEntry entry, byte which, long offset, StreamPlaces streams) {
        Position position = which == OF_POSITION ? with(entry.position(), offset, streams) : entry.position();
        Waiting waiting = entry.waiting();
        Position fixed = which == OF_FIXED ? with(waiting.from(), offset, streams) : waiting.from();
        return new CheckpointEntry(
                entry.path(),
                position,
                new Waiting(fixed, waiting.rules()),
                entry.content(),
                entry.goneSince(),
                entry.reset());
    }

    private static Position with(Position position, long offset, StreamPlaces streams) {
        return position.offset() == offset ? new Position(offset, position.startsRecord(), streams) : position;
    }
}
