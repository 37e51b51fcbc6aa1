package io.pickaroon.app.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.ForkedProgram;
import io.pickaroon.app.TestBroker;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is called wrong of a run that is well: while logs are written, rotated and truncated, records sampled and refused. */
@Timeout(240)
class VerifiedWhileRunningTest {
    private static final int ROUNDS = 8;
    private static final int LINES = 500;
    private static final String SAMPLED = "{ id: some, match: { literal: number }, emit: { topic: %s, sample: 1/10 } }";
    private static final String REFUSED =
            "{ id: fatal, match: { regex: 'fatal(?<no>no)?' }, emit: { topic: %s, key: '{group.no}' } }";

    private static TestBroker broker;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void aHealthyRunIsNeverWrong() throws Exception {
        DeliveredLogs logs = new DeliveredLogs(directory, broker, "healthy");
        Path configuration = logs.configuration(logs.topic(), "", DeliveredLogs.ERRORS, SAMPLED, REFUSED);
        Path log = directory.resolve("app.log");
        Path truncated = directory.resolve("other.log");
        append(log);
        append(truncated);
        try (ForkedProgram program = ForkedProgram.start(directory, "run", "-c", configuration.toString())) {
            awaitAll(configuration, log, truncated);
            for (int round = 0; round < ROUNDS; round++) {
                append(log);
                append(truncated);
                if (round == 2) {
                    Files.move(log, directory.resolve("app.log.1"));
                    append(log);
                }
                if (round == 4) {
                    awaitAll(configuration, truncated);
                    try (FileChannel channel = FileChannel.open(truncated, StandardOpenOption.WRITE)) {
                        channel.truncate(0);
                    }
                    append(truncated);
                }
                assertNothingIsWrong(DeliveredLogs.verify(configuration));
            }
            awaitAll(configuration, log, truncated);
            awaitDelivered(configuration, log, Files.size(directory.resolve("app.log.1")));
            assertThat(program.endBy("TERM")).as(program.errors()).isEqualTo(143);
        }

        CommandRun verified = DeliveredLogs.verify(configuration);

        assertNothingIsWrong(verified);
        long errors = lines("ERROR");
        long sampledOut = number(verified, "  ([0-9,]+) matches left out by samples");
        assertThat(sampledOut).isPositive();
        assertThat(number(verified, "delivery: ([0-9,]+) matches in their topics exactly once"))
                .isEqualTo(2 * errors - sampledOut);
        assertThat(number(verified, "  ([0-9,]+) matches among the dead letters"))
                .isEqualTo(lines("fatal"));
        assertThat(verified.output())
                .as("only these two reasons")
                .containsPattern("cannot be proven:\n.*samples\n.*dead letters\nnothing is wrong");
    }

    private static void append(Path log) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            lines.append(i % 50 == 0 ? "fatal\n" : "ERROR number %d\n".formatted(i));
        }
        Files.writeString(log, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void assertNothingIsWrong(CommandRun verified) {
        assertThat(verified.output() + verified.errors()).doesNotContain("WRONG");
        assertThat(verified.exitCode())
                .as(verified.output() + verified.errors())
                .isEqualTo(5);
    }

    private static void awaitAll(Path configuration, Path... logs) throws IOException {
        for (Path log : logs) {
            awaitDelivered(configuration, log, Files.size(log));
        }
    }

    /** @param name under which the file was seen first */
    private static void awaitDelivered(Path configuration, Path name, long offset) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> DeliveredLogs.verify(configuration)
                        .output()
                        .contains(name + ": delivered up to offset " + offset + ","));
    }

    private long lines(String word) throws IOException {
        long count = 0;
        try (Stream<Path> logs = Files.list(directory)) {
            for (Path log :
                    logs.filter(path -> path.toString().contains(".log")).toList()) {
                count += Files.readAllLines(log).stream()
                        .filter(line -> line.startsWith(word))
                        .count();
            }
        }
        return count;
    }

    private static long number(CommandRun verified, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(verified.output());
        assertThat(matcher.find()).as(verified.output()).isTrue();
        return Long.parseLong(matcher.group(1).replace(",", ""));
    }
}
