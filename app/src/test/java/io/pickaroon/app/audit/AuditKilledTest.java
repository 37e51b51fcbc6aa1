package io.pickaroon.app.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.ForkedProgram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run with masks and an audit trail whose process is killed, several times, and started again. */
@Timeout(300)
class AuditKilledTest {
    private static final int KILLS = 4;
    private static final String RECORD = "pay 4111111111111111 and 5500-0055-5555-5559 now\n";
    private static final Pattern LINE =
            Pattern.compile("\\{\"n\":\"([^\"]+)\".*\"event\":\"([a-z-]+)\".*\"offset\":(\\d+),\"length\":(\\d+),.*");

    @TempDir
    private Path directory;

    private Path log;
    private Path trail;

    @Test
    void eachChangeHasOneLineHoweverOftenItIsKilled() throws Exception {
        log = directory.resolve("app.log");
        trail = directory.resolve("audit/trail.ndjson");
        Path configuration =
                Files.writeString(directory.resolve("c.yaml"), """
                    checkpoint: { path: "%s/state/checkpoint", interval: 10ms }
                    audit: { file: "%s" }
                    inputs: [ { id: app, include: [ "%s" ] } ]
                    rules:
                      - id: cards
                        match: { detect: card }
                        fix: {}
                    output: { file: { path: "%s/out.ndjson" } }
                    """.formatted(directory, trail, log, directory));
        Random random = new Random(5);
        for (int kill = 0; kill < KILLS; kill++) {
            boolean killsWhileItChanges = kill % 2 == 1;
            long logBefore = log.toFile().length();
            long trailBefore = trail.toFile().length();
            append(2_000);
            try (ForkedProgram program = ForkedProgram.start(directory, "run", "-c", configuration.toString())) {
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> killsWhileItChanges
                                ? isMaskedAt(logBefore + RECORD.indexOf('4'))
                                : trail.toFile().length() > trailBefore);
                Thread.sleep(random.nextInt(30));
                assertThat(program.process().isAlive()).as(program.errors()).isTrue();
                program.kill();
            }
        }

        CommandRun last = CommandRun.of("run", "-c", configuration, "--once");

        assertThat(last.exitCode()).as(last.errors()).isZero();
        CommandRun verify =
                CommandRun.of("audit", "verify", trail, "--checkpoint", directory.resolve("state/checkpoint"));
        assertThat(verify.exitCode()).as(verify.errors()).isZero();
        BitSet differences = told();
        differences.xor(changed());
        assertThat(differences.nextSetBit(0))
                .as("first byte that was changed without a line, or has one without a change")
                .isNegative();
    }

    private void append(int records) throws IOException {
        Files.writeString(log, RECORD.repeat(records), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private boolean isMaskedAt(long offset) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        try (FileChannel channel = FileChannel.open(log)) {
            channel.read(one, offset);
        }
        return one.get(0) == '*';
    }

    /** Offsets of the bytes that were changed. */
    private BitSet changed() throws IOException {
        String text = Files.readString(log, StandardCharsets.US_ASCII);
        assertThat(text).doesNotContain("4111111111111111", "5500-0055");
        BitSet changed = new BitSet();
        for (int at = text.indexOf('*'); at >= 0; at = text.indexOf('*', at + 1)) {
            changed.set(at);
        }
        return changed;
    }

    /** Offsets of the bytes that the trail tells of; no byte is told twice. */
    private BitSet told() throws IOException {
        List<Matcher> lines = Files.readAllLines(trail).stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .toList();
        Set<String> takenBack = new HashSet<>();
        lines.stream().filter(line -> line.group(2).equals("not-made")).forEach(line -> takenBack.add(line.group(1)));
        BitSet told = new BitSet();
        for (Matcher line : lines) {
            if (line.group(2).equals("change") && !takenBack.contains(line.group(1))) {
                int offset = Integer.parseInt(line.group(3));
                int end = offset + Integer.parseInt(line.group(4));
                assertThat(told.get(offset, end).isEmpty()).as(line.group()).isTrue();
                told.set(offset, end);
            }
        }
        return told;
    }
}
