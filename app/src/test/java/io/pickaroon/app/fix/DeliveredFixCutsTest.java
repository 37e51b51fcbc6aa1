package io.pickaroon.app.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random files that the plug-in's own reader reads a little of at a time, split by split in any order: after each run of the
 * fix those records are changed that were emitted, and no other byte. {@code -Dseeds=1000} takes that many files, {@code
 * -Dseed=} that one.
 */
class DeliveredFixCutsTest {
    private static final int FILES = 40;
    private static final int ROUNDS = 6;

    @TempDir
    private Path directory;

    @Test
    void whatWasEmittedIsFixedAndNothingElse() throws Exception {
        Long one = Long.getLong("seed");
        long first = one == null ? 0 : one;
        long last = first + Long.getLong("seeds", one == null ? FILES : 1);
        long records = 0;
        for (long seed = first; seed < last; seed++) {
            records += compare(seed, Files.createDirectory(directory.resolve("seed-" + seed)));
        }
        assertThat(records).isPositive();
    }

    private static long compare(long seed, Path directory) throws Exception {
        Random random = new Random(seed);
        boolean isGrowing = random.nextBoolean();
        boolean isMultiline = random.nextInt(4) == 0;
        Path log = Files.writeString(directory.resolve("app.log"), text(random, 1 + random.nextInt(60)));
        Path configuration = Files.writeString(directory.resolve("pickaroon.yaml"), """
            checkpoint: { path: %1$s/checkpoint }
            inputs: [ { id: app, include: [ "%1$s/*.log" ], windowBytes: 4KiB%2$s } ]
            rules: [ { id: sent, match: { literal: A }, emit: { topic: t }, fix: { replace: B } } ]
            output: { console: {} }
            """.formatted(
                        directory, isMultiline ? ", multiline: { start: '^>' }" : ""));
        long splitBytes = 1L + random.nextInt(300);
        Map<Long, String> emitted = new TreeMap<>();
        StringBuilder original = new StringBuilder(Files.readString(log));
        try (DeliveringConnector connector = new DeliveringConnector(configuration, splitBytes)) {
            for (int round = 0; round < ROUNDS; round++) {
                long splits = original.length() / splitBytes + 1;
                for (int read = 0; read < splits; read++) {
                    connector.read(log, random.nextLong(splits), 1L + random.nextInt(100), isGrowing, emitted);
                }

                CommandRun run = CommandRun.of(
                        "fix",
                        "-c",
                        configuration,
                        "--delivered-by",
                        connector.url(),
                        "--state",
                        directory.resolve("state"));

                assertThat(run.exitCode()).as("seed %d: %s", seed, run.errors()).isZero();
                assertThat(Files.readString(log))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(expected(original.toString(), emitted, isMultiline));
                if (isGrowing) {
                    String more = text(random, random.nextInt(10));
                    original.append(more);
                    Files.writeString(log, more, StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
                }
            }
        }
        return emitted.size();
    }

    /** Lines of any length, the last one without an end at times. */
    private static String text(Random random, int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < lines; line++) {
            if (random.nextInt(3) == 0) {
                text.append('>');
            }
            int length = random.nextInt(10) == 0 ? random.nextInt(200) : random.nextInt(12);
            for (int i = 0; i < length; i++) {
                text.append(random.nextInt(8) == 0 ? 'A' : 'x');
            }
            if (line < lines - 1 || random.nextBoolean()) {
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static String expected(String original, Map<Long, String> emitted, boolean isMultiline) {
        StringBuilder text = new StringBuilder(original);
        for (long start : emitted.keySet()) {
            int end = original.indexOf(isMultiline ? "\n>" : "\n", (int) start);
            String record = original.substring((int) start, end < 0 ? original.length() : end);
            text.replace((int) start, (int) start + record.length(), record.replace('A', 'B'));
        }
        return text.toString();
    }
}
