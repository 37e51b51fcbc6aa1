package io.pickaroon.app.verify;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.TestBroker;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With an audit trail what fixes have changed is proven, too, and a trail that was changed is found. */
@Timeout(180)
class VerifiedTrailTest {
    private static final String LINE = "paid with 4111111111111111 today\n";
    private static final int RECORDS = 5;
    private static final String CARDS = "{ id: cards, match: { detect: card }, emit: { topic: %s }, fix: {} }";

    private static TestBroker broker;

    @TempDir
    private Path directory;

    private DeliveredLogs logs;
    private Path log;
    private Path trail;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void write() throws IOException {
        logs = new DeliveredLogs(
                directory, broker, "trail-" + directory.getFileName().toString().replaceAll("\\D", ""));
        trail = directory.resolve("state/audit.ndjson");
        log = Files.writeString(directory.resolve("app.log"), LINE.repeat(RECORDS));
        DeliveredLogs.run(audited(logs.topic()));
    }

    @Test
    void whatFixesHaveChangedIsProven() throws IOException {
        CommandRun verified = DeliveredLogs.verify(audited(logs.topic()));

        assertThat(verified.exitCode())
                .as(verified.output() + verified.errors())
                .isZero();
        assertThat(verified.output())
                .contains("audit trail: 5 lines, sound\naudit trail: 5 ranges of files hold what was put there\n")
                .contains("delivery: 5 matches in their topics exactly once\n")
                .endsWith("all is proven\n");
    }

    @Test
    void aMaskedRecordThatWasNeverProducedIsMissing() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>(logs.delivered());
        some.remove(3);
        logs.send(logs.topic() + "-less", some);

        CommandRun verified = DeliveredLogs.verify(audited(logs.topic() + "-less"));

        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.output())
                .contains("delivery: WRONG, 1 missing\n  %s, record at offset %d, rule cards\n"
                        .formatted(log, 3 * LINE.length()));
    }

    @Test
    void bytesThatAreNoMaskAreFoundWhereNoRuleFindsAnything() throws IOException {
        overwrite(log, 2 * LINE.length() + LINE.indexOf('4'), "secret");

        CommandRun verified = DeliveredLogs.verify(audited(logs.topic()));

        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.output())
                .contains("fixes: nothing is left to change before these places\n")
                .contains("audit trail: WRONG, 1 range holds other bytes than what was put there\n"
                        + "  %s, rules cards: 12 bytes at offset %d\n"
                                .formatted(log, 2 * LINE.length() + LINE.indexOf('4')))
                .doesNotContain("secret");
    }

    @Test
    void aDigitThatWasChangedInTheTrailIsFound() throws IOException {
        String lines = Files.readString(trail);
        overwrite(trail, lines.indexOf("\"length\":12") + "\"length\":".length(), "2");

        CommandRun verified = DeliveredLogs.verify(audited(logs.topic()));

        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.output()).contains("audit trail: WRONG, ", "a line that does not follow the one before it");
    }

    @Test
    void aLineThatWasRemovedFromTheTrailIsFound() throws IOException {
        List<String> lines = Files.readAllLines(trail);
        Files.write(trail, List.of(lines.get(0), lines.get(1), lines.get(3), lines.get(4)));
        CommandRun inside = DeliveredLogs.verify(audited(logs.topic()));
        Files.write(trail, lines.subList(0, RECORDS - 1));
        CommandRun last = DeliveredLogs.verify(audited(logs.topic()));
        Files.delete(trail);
        CommandRun all = DeliveredLogs.verify(audited(logs.topic()));

        assertThat(inside.output()).contains("audit trail: WRONG, ", "a line that does not follow the one before it");
        assertThat(last.output()).contains("audit trail: WRONG, ", "the trail was shortened, replaced or changed");
        assertThat(all.output()).contains("audit trail: WRONG, " + trail + " is not there");
        assertThat(List.of(inside.exitCode(), last.exitCode(), all.exitCode())).containsOnly(1);
    }

    @Test
    void rangesOfAFileThatWasWrittenAnewCannotBeProven() throws IOException {
        Files.writeString(log, "something else\n");

        CommandRun verified = DeliveredLogs.verify(audited(logs.topic()));

        assertThat(verified.exitCode()).isEqualTo(5);
        assertThat(verified.output())
                .contains("  5 ranges of the audit trail in files that are not there, or were written anew since\n");
    }

    private static void overwrite(Path file, long offset, String text) throws IOException {
        try (RandomAccessFile written = new RandomAccessFile(file.toFile(), "rw")) {
            written.seek(offset);
            written.write(text.getBytes(US_ASCII));
        }
    }

    /** The configuration with a trail. */
    private Path audited(String topic) throws IOException {
        Path configuration = logs.configuration(topic, "", CARDS);
        return Files.writeString(
                configuration, "audit: { file: \"%s\" }\n%s".formatted(trail, Files.readString(configuration)));
    }
}
