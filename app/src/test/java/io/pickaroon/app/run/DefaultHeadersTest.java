package io.pickaroon.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.SampleConfiguration;
import io.pickaroon.app.broker.LocalBroker;
import io.pickaroon.connectors.broker.TopicReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** After an upgrade it is said once that records of rules without {@code headers} have other ones than before. */
@Timeout(240)
class DefaultHeadersTest {
    private static final String CHANGE =
            "WARN records of rules without 'headers' (errors) have other headers since this version: host, file, id;"
                    + " before, they had log.file.path, log.offset, pickaroon.rule, pickaroon.id. 'headers: all'";

    @TempDir
    private static Path brokerDirectory;

    private static LocalBroker broker;

    @TempDir
    private Path directory;

    private SampleConfiguration sample;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = LocalBroker.start(CommandRun.installation(), 0, brokerDirectory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void writeLog() throws IOException {
        sample = new SampleConfiguration(Files.createDirectory(directory.resolve("logs")));
        broker.createTopics(List.of("app-errors"), 1 << 20);
        Files.writeString(sample.log(), "ERROR one\n");
    }

    @Test
    void itIsSaidByTheFirstRunWithAnOlderCheckpointAndByNoOther() throws IOException {
        Path file = configuration("");
        assertThat(run(file)).as("a first start").doesNotContain("other headers");
        removeSection();
        append();
        assertThat(run(file)).containsOnlyOnce(CHANGE);
        append();
        assertThat(run(file)).doesNotContain("other headers");

        List<Set<String>> headers = new ArrayList<>();
        new TopicReader(broker.bootstrapServers(), Map.of())
                .readAll(
                        List.of("app-errors"),
                        Duration.ofSeconds(30),
                        record -> headers.add(record.headers().keySet()));
        assertThat(headers).startsWith(Set.of("host", "file", "id"));
    }

    @Test
    void itIsSaidOnceEvenIfThatRunFindsNothingNew() throws IOException {
        Path file = configuration("");
        run(file);
        removeSection();
        assertThat(run(file)).containsOnlyOnce(CHANGE);
        assertThat(run(file)).doesNotContain("other headers");
    }

    @Test
    void whoSaysWhichHeadersAreWantedIsToldNothing() throws IOException {
        Path file = configuration(", headers: all");
        run(file);
        removeSection();
        assertThat(run(file)).doesNotContain("other headers");
        assertThat(run(configuration(""))).as("knows what it removes").doesNotContain("other headers");
    }

    /**
     * Makes the checkpoint one of an earlier version: the section becomes one that no version knows. Of both slots, as their
     * encoder draws them.
     */
    private void removeSection() throws IOException {
        byte[] bytes = Files.readAllBytes(sample.checkpoint());
        int removed = 0;
        for (int start = 0; start < bytes.length; start += bytes.length / 2) {
            ByteBuffer slot = ByteBuffer.wrap(bytes, start, bytes.length / 2).slice();
            int section = new String(bytes, start, slot.capacity(), StandardCharsets.ISO_8859_1).indexOf("\7headers\0");
            if (section >= 0) {
                slot.put(section + 1, "headerz".getBytes(StandardCharsets.ISO_8859_1));
                int blockBytes = slot.getInt(36);
                int usedBytes = (52 + slot.getInt(44) + blockBytes - 1) / blockBytes * blockBytes;
                CRC32C checksum = new CRC32C();
                checksum.update(bytes, start, 12);
                checksum.update(bytes, start + 16, usedBytes - 16);
                slot.putInt(12, (int) checksum.getValue());
                removed++;
            }
        }
        assertThat(removed).isPositive();
        Files.write(sample.checkpoint(), bytes);
    }

    private Path configuration(String headers) throws IOException {
        Path file = sample.write("output: { kafka: { bootstrapServers: '%s' } }".formatted(broker.bootstrapServers()));
        return Files.writeString(file, Files.readString(file).replace("app-errors }", "app-errors" + headers + " }"));
    }

    private void append() throws IOException {
        Files.writeString(sample.log(), "ERROR more\n", StandardOpenOption.APPEND);
    }

    private static String run(Path file) {
        CommandRun run = CommandRun.of("run", "--once", "-c", file);
        assertThat(run.exitCode()).as(run.errors()).isZero();
        return run.errors();
    }
}
