package io.pickaroon.app.verify;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.TestBroker;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is not in its topic, or there twice, is found; what cannot be known is said, with its reason. */
@Timeout(180)
class VerifiedDeliveryTest {
    private static final String LINE = "ERROR number seven\n";
    private static final int RECORDS = 10;
    private static final String CARD = "4111111111111111";
    private static final String CARDS =
            "{ id: cards, match: { detect: card }, emit: { topic: %s, headers: [ file, id ] }, fix: {} }";

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
    void allThatWasDeliveredIsProven() throws IOException {
        DeliveredLogs logs = logs("all");
        Path configuration = delivered(logs, "");

        CommandRun verified = DeliveredLogs.verify(configuration);

        assertThat(verified.exitCode())
                .as(verified.output() + verified.errors())
                .isZero();
        assertThat(verified.output())
                .contains("topic t-all: partition 0 from offset 0 to ")
                .contains("delivery: 10 matches in their topics exactly once\n")
                .endsWith("all is proven\n");
    }

    @Test
    void aRecordThatWasNeverProducedIsMissing() throws Exception {
        DeliveredLogs logs = logs("never");
        delivered(logs, "");
        List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>(logs.delivered());
        some.remove(4);
        logs.send("t-never-less", some);

        CommandRun verified = DeliveredLogs.verify(logs.configuration("t-never-less", "", DeliveredLogs.ERRORS));

        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.output())
                .contains("delivery: 9 matches in their topics exactly once\n")
                .contains("delivery: WRONG, 1 missing\n  %s/app.log, record at offset %d, rule errors\n"
                        .formatted(directory, 4 * LINE.length()))
                .endsWith("wrong: 1\n");
    }

    @Test
    void aTopicThatDoesNotExistMissesAll() throws Exception {
        DeliveredLogs logs = logs("nowhere");
        delivered(logs, "");

        CommandRun verified = DeliveredLogs.verify(logs.configuration("t-nowhere-else", "", DeliveredLogs.ERRORS));

        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.output())
                .contains("topic t-nowhere-else: does not exist")
                .contains("delivery: WRONG, 10 missing\n");
    }

    @Test
    void aRecordThatWasProducedTwiceIsNamedWithItsOffsets() throws Exception {
        DeliveredLogs logs = logs("twice");
        delivered(logs, "");
        List<ConsumerRecord<byte[], byte[]>> more = new ArrayList<>(logs.delivered());
        more.add(more.get(2));
        logs.send("t-twice-more", more);

        CommandRun verified = DeliveredLogs.verify(logs.configuration("t-twice-more", "", DeliveredLogs.ERRORS));

        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.output())
                .contains("delivery: 9 matches in their topics exactly once\n")
                .contains("delivery: WRONG, 1 more than once\n"
                        + "  %s/app.log, record at offset %d, rule errors: t-twice-more-0 at offset 2, t-twice-more-0 at offset 10\n"
                                .formatted(directory, 2 * LINE.length()));
        assertThat(DeliveredLogs.verify(
                                logs.configuration("t-twice-more", "delivery: at-least-once", DeliveredLogs.ERRORS))
                        .output())
                .contains("  1 match sent again, as at-least-once delivery may");
    }

    @Test
    void recordsThatWereDeletedFromTheTopicCannotBeProven() throws Exception {
        DeliveredLogs logs = logs("deleted");
        Path configuration = delivered(logs, "");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteRecords(Map.of(new TopicPartition(logs.topic(), 0), RecordsToDelete.beforeOffset(3)))
                    .all()
                    .get();
        }

        CommandRun verified = DeliveredLogs.verify(configuration);

        assertThat(verified.exitCode()).isEqualTo(5);
        assertThat(verified.output())
                .contains("topic t-deleted: partition 0 from offset 3 to ")
                .contains("delivery: 7 matches in their topics exactly once\n")
                .contains("  3 matches may have stood before the first offset of their topic\n")
                .endsWith("nothing is wrong, as far as it can be proven\n");
    }

    @Test
    void aResetSendsAgainAndRulesWithoutIdsProveNothing() throws Exception {
        DeliveredLogs logs = logs("reset");
        String silent = "{ id: silent, match: { literal: seven }, emit: { topic: %s, headers: none } }";
        Path configuration = delivered(logs, "", DeliveredLogs.ERRORS, silent);
        DeliveredLogs.run(configuration, "--from-beginning");

        CommandRun verified = DeliveredLogs.verify(configuration);

        assertThat(verified.exitCode()).isEqualTo(5);
        assertThat(verified.output())
                .contains("  10 matches of rules whose records have no header with their id\n")
                .contains("  10 matches sent again after a reset\n");
    }

    @Test
    void matchesOfARuleThatIsNewAreNotMissing() throws Exception {
        DeliveredLogs logs = logs("new");
        delivered(logs, "");
        String late = "{ id: late, match: { literal: seven }, emit: { topic: %s } }";
        Path configuration = logs.configuration(logs.topic(), "", DeliveredLogs.ERRORS, late);

        CommandRun before = DeliveredLogs.verify(configuration);
        Files.writeString(directory.resolve("app.log"), LINE, StandardOpenOption.APPEND);
        DeliveredLogs.run(configuration);
        CommandRun after = DeliveredLogs.verify(configuration);

        assertThat(before.exitCode()).as(before.output()).isEqualTo(5);
        assertThat(before.output())
                .contains("delivery: 10 matches in their topics")
                .contains("  10 matches of rules that are new or changed, or from before they were");
        assertThat(after.exitCode()).as(after.output()).isEqualTo(5);
        assertThat(after.output())
                .contains("delivery: 12 matches in their topics")
                .contains("  10 matches of rules that are new or changed, or from before they were");
    }

    @Test
    void whatFixesHaveChangedIsNotFoundAgainAndAMaskThatIsUndoneIs() throws Exception {
        DeliveredLogs logs = logs("masks");
        Path log = Files.writeString(directory.resolve("app.log"), ("ERROR " + CARD + " paid\n").repeat(3));
        Path configuration = logs.configuration(logs.topic(), "", DeliveredLogs.ERRORS, CARDS);
        DeliveredLogs.run(configuration);

        CommandRun masked = DeliveredLogs.verify(configuration);

        assertThat(masked.exitCode()).as(masked.output()).isEqualTo(5);
        assertThat(masked.output())
                .contains("delivery: 3 matches in their topics exactly once\n")
                .contains("  3 matches in topics not found in the files any more, as after a fix\n");

        try (RandomAccessFile undone = new RandomAccessFile(log.toFile(), "rw")) {
            undone.seek("ERROR ".length());
            undone.write(CARD.getBytes(US_ASCII));
        }
        CommandRun verified = DeliveredLogs.verify(configuration);
        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.output())
                .contains("fixes: WRONG, 1 hit left before these places\n  %s, record at offset 0, rule cards: "
                        .formatted(log))
                .contains("delivery: 4 matches in their topics exactly once\n")
                .doesNotContain(CARD.substring(0, 6));
    }

    private DeliveredLogs logs(String name) {
        return new DeliveredLogs(directory, broker, name);
    }

    /** Ten records in one file, and their configuration, which has run. */
    private Path delivered(DeliveredLogs logs, String more, String... rules) throws IOException {
        Files.writeString(directory.resolve("app.log"), LINE.repeat(RECORDS));
        Path configuration =
                logs.configuration(logs.topic(), more, rules.length == 0 ? new String[] {DeliveredLogs.ERRORS} : rules);
        DeliveredLogs.run(configuration);
        return configuration;
    }
}
