package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).isEqualTo(three + ":ERROR last\n");
        assertThat(run.errors().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains(one + ": the gzip content is damaged or cut off after"))
                .anyMatch(line -> line.contains(two + ": the zstd content is damaged or cut off after"));
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
