package io.pickaroon.inputs.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.pickaroon.processor.decode.ContentFormat;
import io.pickaroon.processor.decode.Gzip;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What is done to an archive is either said, or changes nothing of what it decodes to. */
class DamagedArchivesTest {
    private static final int ROUNDS = 300;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    /** An archive that is made of parts: members or frames. */
    private record Archive(ContentFormat format, List<byte[]> parts, List<byte[]> contents) {
        byte[] bytes() throws IOException {
            return join(parts);
        }

        /** Where a part ends, and what is decoded up to there; empty anywhere else. */
        Optional<byte[]> contentUpTo(int lengthBytes) throws IOException {
            int end = 0;
            for (int part = 0; part < parts.size(); part++) {
                end += parts.get(part).length;
                if (end == lengthBytes) {
                    return Optional.of(join(contents.subList(0, part + 1)));
                }
            }
            return Optional.empty();
        }

        /** What a decoder makes of bytes; empty if it says that they are damaged. */
        Optional<byte[]> decode(byte[] bytes) {
            try (InputStream decoded = format.decode(new ByteArrayInputStream(bytes))) {
                return Optional.of(decoded.readAllBytes());
            } catch (IOException damaged) {
                assertThat(damaged.getMessage()).containsPattern("at byte \\d+").doesNotContain("No error");
                return Optional.empty();
            }
        }
    }

    @Test
    void whatEndsAnywhereButAfterAMemberOrFrameIsCut() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            Archive archive = archive(round);
            byte[] bytes = archive.bytes();
            int length = 1 + random.nextInt(bytes.length);

            assertSame(archive, Arrays.copyOf(bytes, length), archive.contentUpTo(length));
        }
    }

    @Test
    void whatStandsBetweenOrBehindMembersAndFramesIsSaid() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            Archive archive = archive(round);
            byte[] garbage = new byte[1 + random.nextInt(5)];
            random.nextBytes(garbage);
            garbage[0] = (byte) (0x60 | garbage[0] & 0x0f); // begins neither of both
            List<byte[]> parts = new ArrayList<>(archive.parts());
            parts.add(1 + random.nextInt(parts.size()), garbage);

            assertSame(archive, join(parts), Optional.empty());
        }
    }

    @Test
    void aChangedByteIsSaidOrChangesNothing() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            Archive archive = archive(round);
            byte[] bytes = archive.bytes();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));

            Optional<byte[]> decoded = archive.decode(bytes);

            assertThat(decoded.isEmpty() || Arrays.equals(decoded.get(), join(archive.contents())))
                    .as("seed %d, round %d", seed, round)
                    .isTrue();
        }
    }

    @Test
    void aWrongChecksumIsCalledSo() throws IOException {
        for (int round = 0; round < 20; round++) {
            byte[] content = new byte[1 + random.nextInt(300_000)];
            boolean isGzip = round % 2 == 0;
            byte[] part = isGzip ? member(content) : frame(content);
            part[part.length - (isGzip ? 8 : 4) + random.nextInt(4)] ^= (byte) (1 << random.nextInt(8));
            ContentFormat format = isGzip ? new Gzip() : new Zstd();

            try (InputStream decoded = format.decode(new ByteArrayInputStream(join(List.of(part, part))))) {
                assertThatThrownBy(decoded::readAllBytes)
                        .hasMessageMatching("the (member|frame) that begins at byte 0: its checksum is wrong");
            }
        }
    }

    @Test
    void zerosBehindTheLastMemberArePaddingOfGzipAlone() throws IOException {
        for (int round = 0; round < 20; round++) {
            Archive archive = archive(round);
            byte[] padded = Arrays.copyOf(archive.bytes(), archive.bytes().length + 1 + random.nextInt(200_000));
            boolean isGzip = archive.format() instanceof Gzip;

            assertSame(archive, padded, isGzip ? Optional.of(join(archive.contents())) : Optional.empty());
            padded[padded.length - 1] = 1;
            assertSame(archive, padded, Optional.empty());
        }
    }

    @Test
    void optionalPartsOfAHeaderAreReadAndItsChecksumIsHeld() throws IOException {
        byte[] content = "text".getBytes(StandardCharsets.US_ASCII);
        byte[] plain = member(content);
        byte[] name = {'n', 0};
        byte[] extra = {2, 0, 'x', 'y'};
        byte[] head = join(List.of(new byte[] {0x1f, (byte) 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3}, extra, name, name));
        CRC32 checksum = new CRC32();
        checksum.update(head);
        byte[] sum = {(byte) checksum.getValue(), (byte) (checksum.getValue() >> 8)};
        byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);
        Archive archive =
                new Archive(new Gzip(), List.of(join(List.of(head, sum, rest)), plain), List.of(content, content));

        assertSame(archive, archive.bytes(), Optional.of("texttext".getBytes(StandardCharsets.US_ASCII)));
        byte[] wrong = archive.bytes();
        wrong[head.length] ^= 1;
        assertSame(archive, wrong, Optional.empty());
    }

    private void assertSame(Archive archive, byte[] bytes, Optional<byte[]> expected) {
        Optional<byte[]> decoded = archive.decode(bytes);
        assertThat(decoded.isPresent())
                .as("%s, seed %d", archive.format().name(), seed)
                .isEqualTo(expected.isPresent());
        expected.ifPresent(
                content -> assertThat(decoded.get()).as("seed %d", seed).isEqualTo(content));
    }

    /** Parts of all sizes, empty ones and such that are larger than any buffer. */
    private Archive archive(int round) throws IOException {
        boolean isGzip = round % 2 == 0;
        List<byte[]> parts = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        for (int part = 1 + random.nextInt(4); part > 0; part--) {
            byte[] content = new byte[random.nextInt(4) == 0 ? random.nextInt(300_000) : random.nextInt(100)];
            random.nextBytes(content);
            Arrays.fill(content, content.length / 2, content.length, (byte) 'a');
            boolean isSkipped = !isGzip && random.nextInt(4) == 0;
            contents.add(isSkipped ? new byte[0] : content);
            parts.add(isSkipped ? skippable(content) : isGzip ? member(content) : frame(content));
        }
        return new Archive(isGzip ? new Gzip() : new Zstd(), parts, contents);
    }

    private static byte[] skippable(byte[] content) throws IOException {
        int length = content.length;
        byte[] head = {
            (byte) (0x50 | length & 0xf),
            0x2a,
            0x4d,
            0x18,
            (byte) length,
            (byte) (length >> 8),
            (byte) (length >> 16),
            0
        };
        return join(List.of(head, content));
    }

    private static byte[] member(byte[] content) throws IOException {
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(member)) {
            out.write(content);
        }
        return member.toByteArray();
    }

    private static byte[] frame(byte[] content) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(frame).setChecksum(true)) {
            out.write(content);
        }
        return frame.toByteArray();
    }

    private static byte[] join(List<byte[]> parts) throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.write(part);
        }
        return joined.toByteArray();
    }
}
