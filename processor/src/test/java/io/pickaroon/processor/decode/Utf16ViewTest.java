package io.pickaroon.processor.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.FixPermission;
import io.pickaroon.processor.file.ForwardingLogFile;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Utf16ViewTest {
    @TempDir
    Path directory;

    @Test
    void hasAfterEveryWriteWhatIsWholeOfTheText() throws IOException {
        for (Charset charset : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            byte[] stored = "\ufeffa\u00e9\u20ac\ud83d\ude00\ud83d\ude00x\n\u20ac".getBytes(charset);
            for (int first = 0; first <= stored.length; first++) {
                Path path = Files.write(directory.resolve("a.log"), Arrays.copyOf(stored, first));
                try (Utf16View file = open(path)) {
                    requireContent(file, whole(Arrays.copyOf(stored, first), charset));
                    append(path, stored, first, stored.length);
                    requireContent(file, whole(stored, charset));
                    assertThat(file.isDecoded()).isTrue();
                    assertThat(file.storedBytes()).isEqualTo(stored.length);
                }
            }
        }
    }

    @Test
    void isDecodedAsJavaDoesItsStringsHoweverItIsWrittenAndRead() throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Charset charset = random.nextBoolean() ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
            byte[] stored = stored("\ufeff" + text(random, random.nextInt(100_000)), charset);
            Path path = Files.write(directory.resolve("a.log"), new byte[0]);
            FollowedText known = FollowedText.unknown();
            int written = 0;
            while (written < stored.length) {
                int next = Math.min(stored.length, written + 1 + random.nextInt(random.nextInt(4) == 0 ? 5 : 100_000));
                append(path, stored, written, next);
                written = next;
                if (random.nextInt(4) == 0) {
                    try (Utf16View file = new Utf16View(LogFile.open(path), known)) {
                        file.sizeBytes();
                    }
                }
            }
            byte[] expected = whole(stored, charset);
            try (Utf16View known1 = new Utf16View(LogFile.open(path), known);
                    Utf16View unknown = open(path)) {
                for (Utf16View file : new Utf16View[] {known1, unknown}) {
                    requireContent(file, expected);
                    for (int i = 0; i < 20 && expected.length > 0; i++) {
                        int from = random.nextInt(expected.length);
                        int to = from + random.nextInt(Math.min(3000, expected.length - from) + 1);
                        assertThat(read(file, from, to))
                                .as("seed %d", seed)
                                .isEqualTo(Arrays.copyOfRange(expected, from, to));
                    }
                }
            }
        }
    }

    @Test
    void anythingElseIsAsItIs() throws IOException {
        for (byte[] stored : new byte[][] {
            {},
            {'a'},
            {'a', 0},
            "\ufeffline\n".getBytes(StandardCharsets.UTF_8),
            {(byte) 0xff, 'a'},
            {-1, -2, 0, 0, 'a'}
        }) {
            Path path = Files.write(directory.resolve("a.log"), stored);
            try (Utf16View file =
                    new Utf16View(LogFile.openForFixes(path, FixPermission.EVERY_FILE), FollowedText.unknown())) {
                requireContent(file, stored);
                assertThat(file.isDecoded()).isFalse();
                file.write(stored.length, new byte[] {'x'}, 0, 1);
                requireContent(file, Files.readAllBytes(path));
            }
        }
    }

    @Test
    void whatIsDecodedIsNeverChanged() throws IOException {
        Path path = Files.write(directory.resolve("a.log"), stored("\ufeffline\n", StandardCharsets.UTF_16LE));
        byte[] before = Files.readAllBytes(path);
        try (Utf16View file =
                new Utf16View(LogFile.openForFixes(path, FixPermission.EVERY_FILE), FollowedText.unknown())) {
            assertThat(file.sizeBytes()).isEqualTo(5);
            assertThatThrownBy(() -> file.write(0, new byte[1], 0, 1)).hasMessageContaining("never changed");
            assertThatThrownBy(file::sync).hasMessageContaining("never changed");
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
    }

    @Test
    void truncationIsSeenInDecodedBytesAndAnotherGenerationMayHoldSomethingElse() throws IOException {
        String text = "0123456789\n".repeat(40_000);
        Path path = Files.write(directory.resolve("a.log"), stored("\ufeff" + text, StandardCharsets.UTF_16LE));
        try (Utf16View file = open(path)) {
            requireContent(file, text.getBytes(StandardCharsets.UTF_8));
            try (var channel = Files.newByteChannel(path, StandardOpenOption.WRITE)) {
                channel.truncate(2 + 2 * 100_001 + 1);
            }
            assertThatThrownBy(() -> read(file, 100_000, 100_002))
                    .isInstanceOfSatisfying(
                            FileTruncatedException.class,
                            e -> assertThat(e.sizeBytes()).isEqualTo(100_001));
            assertThatThrownBy(() -> file.map(0, 100_002)).isInstanceOf(FileTruncatedException.class);
            requireContent(file, text.substring(0, 100_001).getBytes(StandardCharsets.UTF_8));

            Files.writeString(path, "plain\n");
            try (LogFile next = file.knownAs(path, 1)) {
                requireContent(next, "plain\n".getBytes(StandardCharsets.UTF_8));
                assertThat(next.isDecoded()).isFalse();
            }
        }
    }

    @Test
    void whatWasWrittenAnewIsDecodedAsItIsNow() throws IOException {
        Path path = directory.resolve("a.log");
        Charset charset = StandardCharsets.UTF_16LE;
        for (String before : List.of("short", "of letters ".repeat(10), "of letters ".repeat(10_000))) {
            for (String after : List.of("\u00f0".repeat(20_000), before + "\u00f0\n", "\u00f0\n")) {
                Files.write(path, stored("\ufeff" + before, charset));
                try (Utf16View file = open(path)) {
                    requireContent(file, before.getBytes(StandardCharsets.UTF_8));
                    Files.write(path, stored("\ufeff" + after, charset));
                    requireContent(file, after.getBytes(StandardCharsets.UTF_8));
                    Files.writeString(path, "plain text, " + before.repeat(3) + after.repeat(3));
                    requireContent(file, Files.readAllBytes(path));
                }
            }
        }
    }

    @Test
    void whatWasDecodedIsNotDecodedAgainWhenItGrowsOrIsOpenedAgain() throws IOException {
        Path path = Files.write(
                directory.resolve("a.log"), stored("\ufeff" + "line\n".repeat(1_000_000), StandardCharsets.UTF_16BE));
        FollowedText known = FollowedText.unknown();
        try (Utf16View file = new Utf16View(LogFile.open(path), known)) {
            assertThat(file.sizeBytes()).isEqualTo(5_000_000);
        }
        append(path, stored("more\n", StandardCharsets.UTF_16BE), 0, 10);
        CountingFile counting = new CountingFile(LogFile.open(path));
        try (Utf16View file = new Utf16View(counting, known)) {
            assertThat(file.sizeBytes()).isEqualTo(5_000_005);
            assertThat(counting.readBytes).as("with the last KiB before it").isEqualTo(1024 + 10);
            assertThat(new String(read(file, 4_999_995, 5_000_005), StandardCharsets.UTF_8))
                    .isEqualTo("line\nmore\n");
            assertThat(counting.readBytes).isLessThan(150_000);
        }
    }

    @Test
    void placesOfAHugeTextAreFewAndNearEverywhere() {
        Utf16Places places = new Utf16Places(2);
        long fileBytes = 8L << 30;
        for (long at = 32 * 1024; at <= fileBytes; at += 32 * 1024) {
            places.reach(new Utf16Places.Place(at / 2, at + 2));
        }
        for (long offset = 0; offset < fileBytes / 2; offset += 1_234_567) {
            Utf16Places.Place place = places.before(offset);
            assertThat(place.offset()).isBetween(offset - (2L << 20), offset);
            assertThat(place.fileOffset()).isEqualTo(2 * place.offset() + 2);
        }
        assertThat(places.before(Long.MAX_VALUE)).isEqualTo(places.end());
    }

    private static Utf16View open(Path path) throws IOException {
        return new Utf16View(LogFile.open(path), FollowedText.unknown());
    }

    private static void requireContent(LogFile file, byte[] expected) throws IOException {
        assertThat(file.sizeBytes()).isEqualTo(expected.length);
        assertThat(read(file, 0, expected.length)).isEqualTo(expected);
        byte[] mapped = new byte[expected.length];
        if (mapped.length > 0) {
            try (MappedRange range = file.map(0, mapped.length)) {
                range.copy(0, mapped, 0, mapped.length);
            }
        }
        assertThat(mapped).isEqualTo(expected);
        assertThatThrownBy(() -> read(file, 0, expected.length + 1)).isInstanceOf(FileTruncatedException.class);
    }

    private static byte[] read(LogFile file, int from, int to) throws IOException {
        byte[] bytes = new byte[to - from];
        file.read(from, bytes, 0, bytes.length);
        return bytes;
    }

    private static void append(Path path, byte[] bytes, int from, int to) throws IOException {
        Files.write(path, Arrays.copyOfRange(bytes, from, to), StandardOpenOption.APPEND);
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            char unit = (char) (0x20 + random.nextInt(random.nextBoolean() ? 0x60 : 0xffe0));
            text.append(random.nextInt(10) == 0 ? (char) (0xd800 + random.nextInt(0x800)) : unit);
        }
        return text.toString();
    }

    /** The code units as they are: an encoder would replace halves of pairs. */
    private static byte[] stored(String text, Charset charset) {
        byte[] bytes = new byte[2 * text.length()];
        int low = charset.equals(StandardCharsets.UTF_16LE) ? 0 : 1;
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i + low] = (byte) text.charAt(i);
            bytes[2 * i + 1 - low] = (byte) (text.charAt(i) >> 8);
        }
        return bytes;
    }

    /** What a following reader may have of that: without half a unit or half a pair at the end, and without the mark. */
    private static byte[] whole(byte[] stored, Charset charset) {
        int low = charset.equals(StandardCharsets.UTF_16LE) ? 0 : 1;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i + 1 < stored.length; i += 2) {
            text.append((char) ((stored[i + low] & 0xff) | (stored[i + 1 - low] & 0xff) << 8));
        }
        if (!text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1))) {
            text.setLength(text.length() - 1);
        }
        StringBuilder expected = new StringBuilder();
        for (int point :
                text.isEmpty() ? new int[0] : text.substring(1).codePoints().toArray()) {
            expected.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 0xfffd : point);
        }
        return expected.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Counts what is read of a file. */
    private static final class CountingFile extends ForwardingLogFile {
        private long readBytes;

        CountingFile(LogFile file) {
            super(file);
        }

        @Override
        public LogFile knownAs(Path path, int generation) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void read(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
            readBytes += lengthBytes;
            file.read(offset, target, targetIndex, lengthBytes);
        }
    }
}
