package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an archive holds is decoded further: text in UTF-16, and archives. */
class NestedContentTest {
    @TempDir
    private Path directory;

    @Test
    void textInUtf16AndArchivesAreFoundInArchivesByScanAndRun() throws IOException {
        byte[] little =
                "\ufeffWARN gr\u00fc\u00dfe 1\r\nINFO\r\nWARN \ud83d\ude00 2".getBytes(StandardCharsets.UTF_16LE);
        byte[] big = "\ufeffWARN 3\nx\n".getBytes(StandardCharsets.UTF_16BE);
        write("a.log.gz", gzip(Arrays.copyOf(little, 9)), gzip(Arrays.copyOfRange(little, 9, little.length)));
        write("b.log.zst", zstd(Arrays.copyOf(big, 1)), zstd(Arrays.copyOfRange(big, 1, big.length)));
        write("c.log.gz.zst", zstd(gzip(big)));
        write("d.log.zst.gz", gzip(zstd("WARN 4\r\n".getBytes(StandardCharsets.UTF_8))));
        write("e.log.gz", gzip(gzip(zstd(little))));
        write("f.log.gz", gzip(new byte[] {(byte) 0xff, (byte) 0xfe}));
        List<String> expected = List.of(
                "WARN gr\u00fc\u00dfe 1",
                "WARN \ud83d\ude00 2",
                "WARN 3",
                "WARN 3",
                "WARN 4",
                "WARN gr\u00fc\u00dfe 1",
                "WARN \ud83d\ude00 2");

        List<Object> scan = new ArrayList<>(List.of("scan", "-F", "WARN"));
        try (Stream<Path> files = Files.list(directory)) {
            files.sorted().forEach(scan::add);
        }
        CommandRun found = CommandRun.of(scan.toArray());
        assertThat(found.errors()).isEmpty();
        assertThat(found.output().lines().map(line -> line.substring(line.indexOf(":WARN") + 1)))
                .containsExactlyElementsOf(expected);

        CommandRun run = CommandRun.of("run", "-c", configuration(), "--once");
        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output().lines()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(CommandRun.of("run", "-c", configuration(), "--once").output())
                .isEmpty();
    }

    @Test
    void aCutArchiveOfTextInUtf16GoesOnWhenItIsComplete() throws IOException {
        List<byte[]> whole = new ArrayList<>();
        List<String> all = new ArrayList<>();
        List<String> names = List.of("a.log.gz", "b.log.zst", "c.log.zst.gz");
        for (String name : names) {
            String text = records(name, 40_000);
            Charset order = name.endsWith(".zst") ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
            byte[] stored = ("\ufeff" + text).getBytes(order);
            byte[] one = Arrays.copyOf(stored, 1_000_001);
            byte[] two = Arrays.copyOfRange(stored, 1_000_001, stored.length);
            whole.add(
                    switch (name) {
                        case "a.log.gz" -> join(gzip(one), gzip(two));
                        case "b.log.zst" -> join(zstd(one), zstd(two));
                        default -> gzip(join(zstd(one), zstd(two)));
                    });
            text.lines().forEach(all::add);
        }
        List<String> found = new ArrayList<>();

        for (int percent : new int[] {1, 20, 20, 70, 99, 100}) {
            for (int i = 0; i < names.size(); i++) {
                write(names.get(i), Arrays.copyOf(whole.get(i), (int) (whole.get(i).length * (long) percent / 100)));
            }
            CommandRun run = CommandRun.of("run", "-c", configuration(), "--once");
            run.output().lines().forEach(found::add);
            assertThat(run.exitCode()).as(run.errors()).isEqualTo(percent == 100 ? 0 : 1);
            if (percent < 100) {
                assertThat(run.errors())
                        .contains("a.log.gz: the gzip content is damaged or cut off after")
                        .contains("c.log.zst.gz: the gzip content is damaged or cut off after")
                        .contains("it ends within the member that begins at byte")
                        .contains("b.log.zst: the zstd content is damaged or cut off after")
                        .contains("the rest is when the file is complete")
                        .doesNotContain("truncated");
                if (percent > 1) {
                    assertThat(found).isNotEmpty();
                }
            }
        }

        assertThat(found.stream().sorted()).isEqualTo(all.stream().sorted().toList());
    }

    @Test
    void whatIsDamagedInsideAWholeArchiveIsSaidAndAllBeforeItIsRead() throws IOException {
        byte[] inner = zstd(records("a", 30_000).getBytes(StandardCharsets.UTF_8));
        Path archive = write("a.log.zst.gz", gzip(Arrays.copyOf(inner, inner.length / 2)));

        CommandRun scan = CommandRun.of("scan", archive, "-F", "WARN");

        assertThat(scan.exitCode()).isEqualTo(2);
        assertThat(scan.output().lines()).hasSizeBetween(5_000, 25_000);
        assertThat(scan.errors())
                .contains("the zstd content in it: it ends within the frame that begins at byte 0")
                .contains("when an undamaged copy was written over it");
    }

    @Test
    void archivesAreNotDecodedWithoutEnd() throws IOException {
        byte[] content = "WARN 1\n".getBytes(StandardCharsets.UTF_8);
        for (int archives = 1; archives <= 6; archives++) {
            content = gzip(content);
            CommandRun scan = CommandRun.of("scan", write("a.gz", content), "-F", "WARN");
            if (archives <= 5) {
                assertThat(scan.output()).isEqualTo("WARN 1\n");
            } else {
                assertThat(scan.exitCode()).isEqualTo(2);
                assertThat(scan.errors()).contains("a.gz: more than 5 archives are in one another");
            }
        }
    }

    private Path configuration() throws IOException {
        return Files.writeString(directory.resolve("p.yaml"), """
            checkpoint: { path: '%1$s/state/checkpoint' }
            inputs: [ { id: all, include: [ '%1$s/*.gz', '%1$s/*.zst' ] } ]
            rules: [ { id: warnings, match: { literal: WARN }, emit: { topic: t } } ]
            output: { console: {} }
            """.formatted(directory));
    }

    private Path write(String name, byte[]... parts) throws IOException {
        return Files.write(directory.resolve(name), join(parts));
    }

    /** Lines that do not compress well, each another one. */
    private static String records(String name, int count) {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < count; i++) {
            log.append("WARN %s \u20ac %d %016x\r%n".formatted(name, i, i * 0x9e3779b97f4a7c15L));
        }
        return log.toString();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(archive)) {
            out.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return archive.toByteArray();
    }

    private static byte[] zstd(byte[] content) {
        return Zstd.compress(content);
    }
}
