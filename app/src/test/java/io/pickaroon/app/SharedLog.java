package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.broker.LocalBroker;
import io.pickaroon.connectors.broker.TopicReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A log that several configurations and checkpoints read, and what each of them has sent to a real broker. */
public final class SharedLog {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Path directory;
    private final String name;
    private final Path log;
    private final LocalBroker broker;
    private int written;

    private SharedLog(Path directory, String name, Path log, LocalBroker broker) {
        this.directory = directory;
        this.name = name;
        this.log = log;
        this.broker = broker;
    }

    /** A log of 1,000 records, and topics for what is found in it. */
    public static SharedLog in(Path directory, String name, LocalBroker broker) throws IOException {
        Path log = Files.createFile(directory.resolve("app.log"));
        broker.createTopics(List.of(name + "-ERROR", name + "-WARN", name + "-line"), 1 << 20);
        SharedLog made = new SharedLog(directory, name, log, broker);
        made.write(1_000);
        return made;
    }

    public String name() {
        return name;
    }

    public Path log() {
        return log;
    }

    public static void assertRefused(CommandRun run, String words) {
        assertThat(run.exitCode()).as(run.errors()).isEqualTo(2);
        assertThat(run.errors()).contains(words);
    }

    public static void assertDone(CommandRun run) {
        assertThat(run.exitCode()).as(run.errors()).isEqualTo(0);
    }

    public static CommandRun once(Path configuration, String... options) {
        List<Object> arguments = new ArrayList<>(List.of("run", "--once", "-c", configuration));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray());
    }

    public static String adoptOf(String message) {
        Matcher adopt = Pattern.compile("--adopt (\\S+)").matcher(message);
        assertThat(adopt.find()).as(message).isTrue();
        return adopt.group(1);
    }

    public ForkedProgram daemon(Path configuration) throws IOException {
        Path its = Files.createTempDirectory(directory, "daemon");
        return ForkedProgram.start(its, "run", "-c", configuration.toString());
    }

    public String ownName(Path configuration) {
        String checkpoint = configuration.getFileName().toString().replace(".yaml", "/checkpoint");
        Matcher line = Pattern.compile("(?m)^(\\S+): checkpoint \\S+, " + Pattern.quote(directory + "/") + "(\\S+) on")
                .matcher(CommandRun.of("positions", "list", "-c", configuration).output());
        while (line.find()) {
            if (line.group(2).equals(checkpoint)) {
                return line.group(1);
            }
        }
        throw new AssertionError("no claim of " + checkpoint);
    }

    public Path configuration(String id, String literal, String instance) throws IOException {
        Path file = directory.resolve(id + ".yaml");
        Files.writeString(file, """
            %scheckpoint: { path: %s }
            inputs:
              - id: %s
                include: [ %s ]
                windowBytes: 64KiB
            rules:
              - id: rule
                match: { literal: '%s' }
                emit: { topic: %s-%s }
            output:
              kafka:
                bootstrapServers: %s
                properties: { transaction.timeout.ms: 10000 }
            """.formatted(
                        instance.isEmpty() ? "" : "instance: " + instance + "\n",
                        directory.resolve(id).resolve("checkpoint"),
                        id,
                        log,
                        literal,
                        name,
                        literal,
                        broker.bootstrapServers()));
        return file;
    }

    public void lose(String id) throws IOException {
        try (var files = Files.list(directory.resolve(id))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    public void copyState(String from, String to) throws IOException {
        Files.createDirectories(directory.resolve(to));
        try (var files = Files.list(directory.resolve(from))) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(to).resolve(file.getFileName()));
            }
        }
    }

    /** Replaces what stands in the log from an offset on; the file stays the same one. */
    public void rewrite(long from, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(from);
            channel.position(from);
            channel.write(ByteBuffer.wrap(bytes));
        }
    }

    public void write(int count) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(line(written++)).append('\n');
        }
        Files.writeString(log, text, StandardOpenOption.APPEND);
    }

    public List<String> lines(String literal) {
        return IntStream.range(0, written)
                .mapToObj(SharedLog::line)
                .filter(line -> line.contains(literal))
                .toList();
    }

    public List<String> values(String literal) {
        List<String> values = new ArrayList<>();
        new TopicReader(broker.bootstrapServers(), Map.of())
                .readAll(
                        List.of(name + "-" + literal),
                        Duration.ofSeconds(30),
                        record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
        return values;
    }

    public void assertEachOnce(String... literals) {
        for (String literal : literals) {
            assertThat(values(literal)).isEqualTo(lines(literal));
        }
    }

    public void awaitEachOnce(String... literals) {
        await().atMost(SOON).untilAsserted(() -> assertEachOnce(literals));
    }

    private static String line(int number) {
        return "%s line %07d".formatted(number % 2 == 0 ? "ERROR" : "WARN", number);
    }
}
