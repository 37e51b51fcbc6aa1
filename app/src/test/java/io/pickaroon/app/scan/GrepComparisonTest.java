package io.pickaroon.app.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code scan} and GNU grep print the same bytes and end with the same code. With {@code -Dgrep.seed} and {@code -Dgrep.cases}
 * it tries others, and more.
 */
class GrepComparisonTest {
    private static final long SEED = Long.getLong("grep.seed", 17);
    private static final int CASES = Integer.getInteger("grep.cases", 2_000);
    private static final int CASES_PER_FILES = 50;
    private static final int LINES_OF_LARGE = 30_000;

    private record Result(int exitCode, byte[] output) {}

    @TempDir
    private Path directory;

    private byte[] input;

    /** Every option meets the end of a window. */
    @Test
    void scanDoesWhatGrepDoes() throws Exception {
        Random random = new Random(SEED);
        for (int number = 0; number < CASES; number++) {
            if (number % CASES_PER_FILES == 0) {
                writeFiles(random);
            }
            compare(GrepCase.random(random, "4KiB"), random, number);
        }
    }

    /** Windows that are large enough to be searched outside of the heap. */
    @Test
    void largeWindowsMakeNoDifference() throws Exception {
        Random random = new Random(SEED);
        writeFiles(random);
        Files.write(directory.resolve("one"), GrepCase.log(random, LINES_OF_LARGE));
        for (int number = 0; number < CASES / CASES_PER_FILES; number++) {
            compare(GrepCase.random(random, "512KiB"), random, number);
        }
    }

    private void compare(GrepCase one, Random random, int number) throws Exception {
        List<String> files = files(random, one);
        Result expected = grep(with(one.grep(), files), one);
        Result found = scan(with(one.scan(), files), one);
        String description = "seed %d, case %d: %s %s".formatted(SEED, number, one.grep(), files);
        assertThat(text(found, one)).as(description).isEqualTo(text(expected, one));
        assertThat(found.exitCode()).as(description).isEqualTo(expected.exitCode());
    }

    private void writeFiles(Random random) throws IOException {
        Path below = Files.createDirectories(directory.resolve("tree/below"));
        for (Path file : List.of(
                directory.resolve("one"),
                directory.resolve("two"),
                directory.resolve("tree/a.log"),
                directory.resolve("tree/b.log"),
                below.resolve("a.txt"),
                below.resolve("c.log"))) {
            Files.write(file, GrepCase.log(random));
        }
        input = GrepCase.log(random);
    }

    private List<String> files(Random random, GrepCase one) {
        if (one.usesTree()) {
            return List.of(directory.resolve("tree").toString());
        }
        List<String> files = new ArrayList<>();
        if (one.usesInput()) {
            if (random.nextBoolean()) {
                files.add("-");
            }
        } else {
            files.add(directory.resolve("one").toString());
        }
        if (!files.isEmpty() && random.nextInt(3) == 0) {
            files.add(directory.resolve("two").toString());
        }
        if (!files.isEmpty() && random.nextInt(20) == 0) {
            files.add(random.nextInt(files.size()), directory.resolve("missing").toString());
        }
        return files;
    }

    private static List<String> with(List<String> arguments, List<String> files) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(files);
        return all;
    }

    private Result grep(List<String> command, GrepCase one) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        builder.environment().remove("GREP_COLORS");
        builder.environment().remove("GREP_COLOR");
        Path in = directory.resolve("input");
        Files.write(in, one.usesInput() ? input : new byte[0]);
        // To a file, because grep stops early where its input is its output or nothing is wanted of it.
        Path out = directory.resolve("output");
        Process process = builder.redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int exitCode = process.waitFor();
        return new Result(exitCode, Files.readAllBytes(out));
    }

    private Result scan(List<String> command, GrepCase one) {
        CommandRun run = CommandRun.withInput(
                new ByteArrayInputStream(one.usesInput() ? input : new byte[0]), command.toArray());
        return new Result(run.exitCode(), run.outputBytes());
    }

    /** Of several files in no particular order: the lines, sorted. */
    private static String text(Result result, GrepCase one) {
        String text = new String(result.output(), StandardCharsets.ISO_8859_1);
        if (!one.usesTree()) {
            return text;
        }
        String[] lines = text.split("\n", -1);
        Arrays.sort(lines);
        return String.join("\n", lines);
    }
}
