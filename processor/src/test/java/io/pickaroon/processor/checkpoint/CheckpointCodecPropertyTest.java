package io.pickaroon.processor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.checkpoint.CheckpointEntry.Content;
import io.pickaroon.processor.checkpoint.CheckpointEntry.Waiting;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class CheckpointCodecPropertyTest {
    @Property(tries = 500)
    void anyCheckpointReadsBackTheSame(
            @ForAll("checkpoints") Checkpoint checkpoint, @ForAll("blockSizes") int blockBytes) {
        int usedBytes = (int) CheckpointCodec.usedBytes(checkpoint, blockBytes);
        int slotBytes = usedBytes + blockBytes;
        ByteBuffer slot = ByteBuffer.allocate(usedBytes);

        CheckpointCodec.encode(checkpoint, blockBytes, slotBytes, slot);

        assertThat(slot.remaining()).isEqualTo(usedBytes);
        assertThat(CheckpointCodec.decode(CheckpointCodec.slotIndex(checkpoint.sequence()), slot, 2L * slotBytes))
                .isEqualTo(new Slot.Valid(checkpoint, slotBytes, usedBytes));
    }

    @Property(tries = 500)
    void arbitraryBytesAreNeverACheckpoint(@ForAll byte[] bytes) {
        assertThat(CheckpointCodec.decodeFile(ByteBuffer.wrap(bytes)).newestValid())
                .isEmpty();
    }

    @Provide
    Arbitrary<Integer> blockSizes() {
        return Arbitraries.of(512, 4096, 65536);
    }

    @Provide
    Arbitrary<Checkpoint> checkpoints() {
        Arbitrary<Instant> instants = Combinators.combine(
                        Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                        Arbitraries.longs().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
        Arbitrary<FileIdentity> identities = Combinators.combine(
                        Arbitraries.longs(), Arbitraries.longs(), Arbitraries.longs(), Arbitraries.integers())
                .as(FileIdentity::new);
        Arbitrary<Map<FileIdentity, CheckpointEntry>> entries =
                Arbitraries.maps(identities, entries()).ofMaxSize(40);
        return Combinators.combine(Arbitraries.longs().greaterOrEqual(0), instants, entries, sections(instants))
                .as(Checkpoint::new);
    }

    private static Arbitrary<CheckpointSections> sections(Arbitrary<Instant> instants) {
        Arbitrary<String> texts = Arbitraries.strings().excludeChars('\0').ofMaxLength(40);
        Arbitrary<String> sound =
                texts.filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
        Arbitrary<Instance.Start> starts = Combinators.combine(
                        Arbitraries.longs().greaterOrEqual(0),
                        Arbitraries.longs(),
                        Arbitraries.longs().greaterOrEqual(0))
                .as(Instance.Start::new);
        Arbitrary<Instance> instances = Combinators.combine(
                        Arbitraries.longs().filter(id -> id != 0),
                        sound,
                        Arbitraries.of(Standing.NEW, Standing.INDEPENDENT, Standing.HELD, Standing.UNNAMED),
                        starts,
                        Arbitraries.integers().greaterOrEqual(0),
                        sound.filter(name -> !name.isEmpty()).optional())
                .as(Instance::new);
        Arbitrary<Set<KnownRule>> rules = Combinators.combine(sound, sound, sound)
                .as(KnownRule::new)
                .set()
                .ofMaxSize(10);
        Arbitrary<SortedMap<String, ByteBuffer>> unknown = Arbitraries.maps(
                        Arbitraries.strings()
                                .withCharRange('a', 'z')
                                .ofMinLength(9)
                                .ofMaxLength(64),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(ByteBuffer::wrap))
                .ofMaxSize(4)
                .map(TreeMap::new);
        return Combinators.combine(
                        instances.optional(),
                        Arbitraries.maps(sound, instants).ofMaxSize(5),
                        rules.optional(),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        unknown)
                .as(CheckpointSections::new);
    }

    private static Arbitrary<CheckpointEntry> entries() {
        Arbitrary<byte[]> names = Arbitraries.bytes()
                .filter(b -> b != 0 && b != '/')
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(255)
                .map(name -> ByteBuffer.allocate(name.length + 1)
                        .put((byte) '/')
                        .put(name)
                        .array());
        Arbitrary<Position> positions = Combinators.combine(
                        Arbitraries.longs().greaterOrEqual(0), Arbitraries.of(true, false))
                .as(Position::new);
        Arbitrary<LineEnds> lineEnds = Combinators.combine(
                        Arbitraries.integers().between(0, 4096), Arbitraries.integers())
                .as(LineEnds::new);
        Arbitrary<Optional<Instant>> goneSince = Arbitraries.longs()
                .between(1, 1L << 33)
                .map(Instant::ofEpochSecond)
                .optional();
        return Combinators.combine(
                        names.map(NativePath::of),
                        positions,
                        positions,
                        Arbitraries.longs(),
                        Arbitraries.longs().greaterOrEqual(0),
                        lineEnds,
                        Combinators.combine(
                                        goneSince,
                                        Arbitraries.integers().greaterOrEqual(0),
                                        Arbitraries.of(true, false))
                                .as(Tuple::of))
                .as((path, one, other, rules, sizeBytes, ends, state) -> new CheckpointEntry(
                        path,
                        one.offset() >= other.offset() ? one : other,
                        new Waiting(one.offset() >= other.offset() ? other : one, rules),
                        new Content(sizeBytes, ends),
                        state.get1(),
                        new Reset(state.get2(), state.get3())));
    }
}
