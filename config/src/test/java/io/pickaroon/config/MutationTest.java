package io.pickaroon.config;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the file holds, the answer is settings, or problems that lie within the file. */
class MutationTest {
    private static final int MUTANTS = 1_000;
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ": ",
            "- ",
            "\t",
            "\n",
            "\r",
            "  ",
            "&a ",
            "*a",
            "!x ",
            "!!int ",
            "---\n",
            "...\n",
            "%YAML 1.2\n",
            "${A}",
            "${",
            "$${",
            "'",
            "\"",
            "|\n",
            ">-\n",
            "? ",
            "# ",
            ",",
            "\\",
            "\u0000",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "ä",
            "😀",
            "0",
            "-1",
            "1e9",
            "null",
            "true",
            "literal",
            "regex",
            "99999999999999999999",
            "@",
            "`",
            "<<: ",
            "(?<a>");

    @TempDir
    Path directory;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void anyMutantIsReadOrRefusedWithinItsText(long seed) throws IOException {
        Random random = new Random(seed);
        List<Path> examples = SettingsFile.examples();
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = Files.readAllBytes(examples.get(random.nextInt(examples.size())));
            for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
                mutant = changed(mutant, random);
            }
            byte[] bytes = mutant;
            assertTimeoutPreemptively(
                    Duration.ofSeconds(100),
                    () -> ReadOrRefused.check(directory, bytes),
                    () -> "seed " + seed + ":\n" + text(bytes));
        }
    }

    private static byte[] changed(byte[] from, Random random) {
        int at = random.nextInt(from.length + 1);
        int end = Math.min(from.length, at + random.nextInt(12));
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        to.write(from, 0, at);
        switch (random.nextInt(6)) {
            case 0 -> to.write(from, end, from.length - end);
            case 1 -> {
                to.writeBytes(PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8));
                to.write(from, at, from.length - at);
            }
            case 2 -> {
                to.writeBytes(PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8));
                to.write(from, end, from.length - end);
            }
            case 3 -> {
                to.write(random.nextInt(256));
                to.write(from, end, from.length - end);
            }
            case 4 -> {
                int other = random.nextInt(from.length + 1);
                to.write(from, other, Math.min(from.length - other, random.nextInt(200)));
                to.write(from, at, from.length - at);
            }
            default -> {
                if (random.nextInt(10) > 0) {
                    to.write(from, at, from.length - at);
                }
            }
        }
        return to.toByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
