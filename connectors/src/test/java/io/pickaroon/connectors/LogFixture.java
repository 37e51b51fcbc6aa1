package io.pickaroon.connectors;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;

/** A real log file of numbered lines, and its windows as the engine makes them. */
public final class LogFixture implements AutoCloseable {
    public static final Rule ERRORS = new Rule("errors", new Pattern.Literal("ERROR", false));

    private final LogFile file;

    private LogFixture(LogFile file) {
        this.file = file;
    }

    public static LogFixture of(Path path, byte[] content) throws IOException {
        Files.write(path, content);
        return new LogFixture(LogFile.open(path));
    }

    public static LogFixture of(Path path, List<String> lines) throws IOException {
        return of(path, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Every line matches {@link #ERRORS}. */
    public static List<String> errorLines(int count) {
        return IntStream.range(0, count)
                .mapToObj("2026-01-01T00:00:00 ERROR request %07d failed"::formatted)
                .collect(Collectors.toList());
    }

    /**
     * A line that matches {@link #ERRORS} and has every byte that one line can have, NUL among them; not valid UTF-8.
     */
    public static byte[] everyByteOfALine() {
        byte[] line = new byte[6 + 255];
        System.arraycopy("ERROR ".getBytes(StandardCharsets.US_ASCII), 0, line, 0, 6);
        for (int value = 0, at = 6; value < 256; value++) {
            if (value != '\n') {
                line[at++] = (byte) value;
            }
        }
        return line;
    }

    /** Letters that no compression makes much shorter: the same for the same length. */
    public static String noise(int length) {
        return new Random(7)
                .ints(length, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /** The same file, as it is known when it has begun anew so often. */
    public LogFixture inGeneration(int generation) {
        return new LogFixture(file.knownAs(file.path(), generation));
    }

    public LogFile file() {
        return file;
    }

    public Flux<ScannedWindow> windows(int windowBytes) throws IOException {
        return windows(windowBytes, List.of(ERRORS), 1 << 20);
    }

    public Flux<ScannedWindow> windows(int windowBytes, List<Rule> rules, int maxRecordBytes) throws IOException {
        Scanner scanner = new Scanner(rules, Delimiter.AUTO, maxRecordBytes);
        return new WindowPlan(windowBytes, maxRecordBytes, Delimiter.AUTO)
                .windows(file, Position.START, file.sizeBytes())
                .concatMap(scanner::scan, 1);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
