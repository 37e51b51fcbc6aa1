package io.pickaroon.processor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.checkpoint.CheckpointEntry.Content;
import io.pickaroon.processor.checkpoint.CheckpointEntry.Waiting;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.file.StreamPlaces;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamsSectionTest {
    private static final FileIdentity POD = new FileIdentity(1, 2, 3);
    private static final FileIdentity SHOP = new FileIdentity(1, 4, 3, 7);
    private static final StreamPlaces HERE = new StreamPlaces(0, 2000, true, false);
    private static final StreamPlaces BEFORE = new StreamPlaces(900, 800, false, true);

    @Test
    void whatPositionsSayOfStreamsComesBack() {
        Map<FileIdentity, CheckpointEntry> entries = new LinkedHashMap<>();
        entries.put(POD, entry(new Position(1000, true, HERE), new Position(500, true, BEFORE)));
        entries.put(SHOP, entry(new Position(1000, true), new Position(1000, true)));
        assertThat(decoded(encoded(entries)).entries()).isEqualTo(entries);
    }

    @Test
    void whereThereIsNothingToSayNothingIsStored() {
        ByteBuffer bytes = encoded(Map.of(SHOP, entry(new Position(1000, true), new Position(1000, true))));
        assertThat(StandardCharsets.ISO_8859_1.decode(bytes).toString()).doesNotContain("streams");
    }

    @Test
    void whatWasSaidOfAnotherOffsetCountsNoMore() {
        Map<FileIdentity, CheckpointEntry> entries = new LinkedHashMap<>();
        entries.put(POD, entry(new Position(1001, true), new Position(500, true)));
        byte[] old = StreamsCodec.encode(
                Map.of(POD, entry(new Position(1000, true, HERE), new Position(500, true, BEFORE))));
        StreamsCodec.decode(ByteBuffer.wrap(old), entries);
        assertThat(entries).containsEntry(POD, entry(new Position(1001, true), new Position(500, true, BEFORE)));
    }

    private static CheckpointEntry entry(Position position, Position fixed) {
        return new CheckpointEntry(
                Path.of("/log"),
                position,
                new Waiting(fixed, 0),
                new Content(5000, LineEnds.UNKNOWN),
                Optional.empty(),
                Reset.NEVER);
    }

    private static ByteBuffer encoded(Map<FileIdentity, CheckpointEntry> entries) {
        ByteBuffer bytes = ByteBuffer.allocate(4096);
        CheckpointCodec.encode(new Checkpoint(2, Instant.EPOCH, entries, CheckpointSections.NONE), 512, 4096, bytes);
        return bytes;
    }

    private static Checkpoint decoded(ByteBuffer bytes) {
        return ((Slot.Valid) CheckpointCodec.decode(0, bytes, 2 * 4096)).checkpoint();
    }
}
