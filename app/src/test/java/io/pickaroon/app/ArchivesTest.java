package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

class ArchivesTest {
    @TempDir
    private Path directory;

    @Test
    void scanLooksIntoArchivesOfSeveralMembersAndFrames() throws IOException {
        Path gzip = archive("a.log.gz", gzip("ERROR one\nINFO tw"), gzip("o\nERROR three"));
        Path zstd = archive("a.log.zst", zstd("ERROR one\nINFO tw"), zstd("o\nERROR three"));

        for (Path archive : new Path[] {gzip, zstd}) {
            CommandRun run = CommandRun.of("scan", archive, "-e", "ERROR");
            assertThat(run.errors()).isEmpty();
            assertThat(run.output()).isEqualTo("ERROR one\nERROR three\n");
        }
    }

    @Test
    void scanGoesOnAfterArchivesThatAreDamaged() throws IOException {
        String log = "ERROR of some length\n".repeat(100_000);
        byte[] cut = gzip(log);
        byte[] flipped = zstd(log);
        flipped[flipped.length / 2] ^= 0x55;
        Path one = archive("one.gz", Arrays.copyOf(cut, cut.length - 100));
        Path two = archive("two.zst", flipped);
        Path three = archive("three.gz", gzip("ERROR last\n"));

        CommandRun run = CommandRun.of("scan", one, two, three, "-F", "last");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).isEqualTo(three + ":ERROR last\n");
        assertThat(run.errors().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains(one + ": the gzip content is damaged or cut off after"))
                .anyMatch(line -> line.contains(two + ": the zstd content is damaged or cut off after"));
    }

    @Test
    void whatWasCountedBeforeADamageIsPrintedBesideTheError() throws IOException {
        byte[] log = gzip(records("one", 0, 40_000));
        Path cut = archive("a.gz", Arrays.copyOf(log, log.length / 4 * 3));
        Path whole = archive("b.gz", log);
        Path damaged = archive("c.zst", zstd("ERROR 1\nERROR 2\n"), "ERROR 3\n".getBytes(StandardCharsets.US_ASCII));
        Path none = archive("d.zst", new byte[] {1, 2, 3, 4, 5});

        CommandRun several = CommandRun.of(
                "scan", "-c", "-F", "ERROR", "--max-record-bytes", "7", cut, whole, damaged, none, cut + ".none");
        assertThat(several.exitCode()).isEqualTo(2);
        assertThat(several.output().lines())
                .hasSize(4)
                .anyMatch(line -> line.matches(cut + ":[23]\\d{4}"))
                .contains(whole + ":40000", damaged + ":2", none + ":0");
        assertThat(several.errors())
                .contains(cut + ": the gzip content", damaged + ": the zstd content", none + ": is damaged")
                .containsPattern("records longer than 7 B: [67]\\d,\\d{3};");

        CommandRun alone = CommandRun.of("scan", "--count", "-F", "ERROR 2", damaged);
        assertThat(alone.exitCode()).isEqualTo(2);
        assertThat(alone.output()).isEqualTo("1\n");
    }

    @Test
    void scanReadsAnArchiveByItsContentWhateverItsName() throws IOException {
        Path gzip = archive("app.log.1", gzip("ERROR one\n"));
        Path zstd = archive("app.log.2", zstd("ERROR two\n"));
        Path pzstd = archive("app.log.3.zst", skippable(0x50, 12), zstd("ERROR three\n"), skippable(0x5f, 0), zstd(""));
        Path text = archive("app.log.4.gz", "ERROR four\n".getBytes(StandardCharsets.UTF_8));

        CommandRun run = CommandRun.of("scan", gzip, zstd, pzstd, text, "-F", "ERROR");

        assertThat(run.errors()).isEmpty();
        assertThat(run.output().lines())
                .containsExactly(
                        gzip + ":ERROR one", zstd + ":ERROR two", pzstd + ":ERROR three", text + ":ERROR four");
    }

    @Test
    void anArchiveThatDoesNotBeginAsOneIsDamagedAndNoText() throws IOException {
        byte[] first = gzip("ERROR one\n");
        first[0] ^= 1;
        byte[] second = zstd("ERROR two\n");
        second[3] ^= 1;
        Path[] archives = {
            archive("a.gz", first),
            archive("b.zst", second),
            archive("c.gz"),
            archive("d.ZST", "P*M".getBytes(StandardCharsets.US_ASCII))
        };

        CommandRun run = CommandRun.of("scan", archives[0], archives[1], archives[2], archives[3], "-F", "ERROR");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors().lines())
                .anyMatch(line -> line.contains("a.gz: is damaged at its very beginning, by its name a gzip archive"))
                .anyMatch(line -> line.contains("b.zst: is damaged at its very beginning, by its name a zstd archive"))
                .anyMatch(line -> line.contains("c.gz: is empty, by its name a gzip archive"))
                .anyMatch(line -> line.contains("d.ZST: is damaged at its very beginning"));
    }

    @Test
    void runToTheEndKeepsTheHalfRecordOfACutArchiveUntilTheArchiveIsComplete() throws IOException {
        String one = records("one", 0, 60_000);
        String two = records("two", 0, 60_000);
        byte[][] whole = {
            join(gzip(one.substring(0, 1_000_003)), gzip(one.substring(1_000_003))),
            join(zstd(two.substring(0, 7)), zstd(two.substring(7)))
        };
        String[] names = {"a.log.gz", "a.log.zst"};
        Path configuration = configuration("[ '%1$s/*.gz', '%1$s/*.zst' ]", ", maxRecordBytes: 600KiB");
        List<String> found = new ArrayList<>();

        for (int percent : new int[] {30, 30, 65, 99, 100}) {
            for (int i = 0; i < names.length; i++) {
                archive(names[i], Arrays.copyOf(whole[i], (int) (whole[i].length * (long) percent / 100)));
            }
            CommandRun run = CommandRun.of("run", "-c", configuration, "--once");
            run.output().lines().forEach(found::add);
            assertThat(run.exitCode()).isEqualTo(percent == 100 ? 0 : 1);
            if (percent < 100) {
                assertThat(run.errors())
                        .contains("a.log.gz: the gzip content is damaged or cut off after")
                        .contains("it ends within the member that begins at byte")
                        .contains("a.log.zst: the zstd content is damaged or cut off after")
                        .contains("it ends within the frame that begins at byte")
                        .doesNotContain("skipped");
            }
        }

        assertThat(found.stream().sorted())
                .isEqualTo(Stream.concat(one.lines(), two.lines()).sorted().toList());
    }

    @Test
    void runToTheEndReadsAllWholeRecordsBeforeADamage() throws IOException {
        byte[] damaged = join(
                gzip(records("a", 0, 50_000)),
                "oops".getBytes(StandardCharsets.UTF_8),
                gzip(records("a", 50_000, 60_000)));
        archive("a.log.gz", damaged);

        CommandRun run = CommandRun.of("run", "-c", configuration("[ '%1$s/*.gz' ]", ""), "--once");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output().lines()).hasSize(50_000);
        assertThat(run.errors()).contains("neither a member nor padding", "when an undamaged copy was written over it");
    }

    @Test
    void runToTheEndReadsArchivesThatAPatternAsksForOnce() throws IOException {
        archive("a.log.1.gz", gzip("ERROR one\n"));
        archive("a.log.2.zst", zstd("ERROR two\n"));
        Files.writeString(directory.resolve("a.log"), "ERROR three\n");
        Path configuration = configuration("[ '%1$s/*.log', '%1$s/*.gz', '%1$s/*.zst' ]", "");

        CommandRun first = CommandRun.of("run", "-c", configuration, "--once");
        assertThat(first.exitCode()).isZero();
        assertThat(first.output().lines()).containsExactlyInAnyOrder("ERROR one", "ERROR two", "ERROR three");
        assertThat(first.errors()).contains("archives are never changed");
        assertThat(CommandRun.of("run", "-c", configuration, "--once").output()).isEmpty();
        assertThat(CommandRun.of("checkpoint", "show", directory.resolve("state/checkpoint"))
                        .output())
                .doesNotContain("truncated");
        assertThat(Files.readString(directory.resolve("a.log"))).isEqualTo("FIXED three\n");
    }

    @Test
    void whatStandsBeforeTheFirstRecordIsNoneInAnArchiveEither() throws IOException {
        archive("a.log.gz", gzip("\ufeffERROR one\nERROR two\n"));
        archive("b.log.zst", zstd("\0".repeat(5_000_000) + "ERROR three\n"));
        archive("c.log.gz", gzip("\0".repeat(5_000_000)));

        CommandRun run = CommandRun.of("run", "-c", configuration("[ '%1$s/*.gz', '%1$s/*.zst' ]", ""), "--once");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output().lines()).containsExactlyInAnyOrder("ERROR one", "ERROR two", "ERROR three");
        assertThat(run.errors()).containsPattern("leading NULs, byte order marks +- +10,000,003");
        assertThat(CommandRun.of("scan", directory.resolve("b.log.zst"), "-e", "^ERROR three$")
                        .output())
                .isEqualTo("ERROR three\n");
    }

    @Test
    void fixRefusesArchivesAndBeginningThemAtTheEndIsAMistake() throws IOException {
        Path archive = archive("a.gz", gzip("ERROR one\n"));

        CommandRun fix = CommandRun.of("fix", archive, "-F", "ERROR", "--replace", "FIXED");
        assertThat(fix.exitCode()).isEqualTo(2);
        assertThat(fix.errors()).contains("a.gz: is gzip content", "decode it first");

        CommandRun check = CommandRun.of("check", "-c", configuration("[ '%1$s/*.gz' ]", ", start: end"));
        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.errors()).contains("archives have no end to begin at");
    }

    @Test
    void textInUtf16IsFoundAsUtf8() throws IOException {
        byte[] text = "\ufeffERROR gr\u00fc\u00dfe \ud83d\ude00\r\nINFO\r\n".getBytes(StandardCharsets.UTF_16LE);
        Path log = archive("a.log", text);

        assertThat(CommandRun.of("scan", log, "-F", "gr\u00fc\u00dfe").output())
                .isEqualTo("ERROR gr\u00fc\u00dfe \ud83d\ude00\r\n");
        CommandRun run = CommandRun.of("run", "-c", configuration("[ '%1$s/*.log' ]", ""), "--once");
        assertThat(run.output()).isEqualTo("ERROR gr\u00fc\u00dfe \ud83d\ude00\n");
        assertThat(run.errors()).contains("a.log is UTF-16 content: no fix changes it");
        assertThat(Files.readAllBytes(log)).isEqualTo(text);
        assertThat(CommandRun.of("checkpoint", "fsck", directory.resolve("state/checkpoint"))
                        .output())
                .contains("has been dealt with to its end");
    }

    private Path configuration(String include, String more) throws IOException {
        return Files.writeString(
                directory.resolve("p.yaml"), """
                    checkpoint: { path: '%1$s/state/checkpoint' }
                    inputs: [ { id: all, include: %2$s%3$s } ]
                    rules: [ { id: errors, match: { literal: ERROR }, emit: { topic: t }, fix: { replace: FIXED } } ]
                    output: { console: {} }
                    """.formatted(directory, include.formatted(directory), more));
    }

    private Path archive(String name, byte[]... parts) throws IOException {
        Path path = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(path)) {
            for (byte[] part : parts) {
                out.write(part);
            }
        }
        return path;
    }

    /** Lines that do not compress well, each another one. */
    private static String records(String name, int from, int to) {
        StringBuilder log = new StringBuilder();
        for (int i = from; i < to; i++) {
            log.append("ERROR %s %d %016x%n".formatted(name, i, i * 0x9e3779b97f4a7c15L));
        }
        return log.toString();
    }

    private static byte[] join(byte[]... parts) throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.write(part);
        }
        return joined.toByteArray();
    }

    private static byte[] skippable(int lastBits, int lengthBytes) {
        return ByteBuffer.allocate(8 + lengthBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x184d2a00 | lastBits)
                .putInt(lengthBytes)
                .array();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(archive)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return archive.toByteArray();
    }

    private static byte[] zstd(String text) {
        return Zstd.compress(text.getBytes(StandardCharsets.UTF_8));
    }
}
