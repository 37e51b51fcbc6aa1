package io.pickaroon.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.broker.TopicReader.TopicRecord;
import io.pickaroon.inputs.shown.MatchHeaders;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reading again, with a real broker: what a consumer sees that reads what is committed. */
@Timeout(180)
class ResetTest {
    private static final int LINES = 60_000;
    private static final int LINE_BYTES = "ERROR request 0000000 of a shop that has many\n".length();

    @TempDir
    static Path brokerDirectory;

    private static TestBroker broker;

    @TempDir
    Path directory;

    private final List<String> lines = new ArrayList<>();
    private String name;
    private EngineRun run;
    private List<String> firstIds;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = TestBroker.in(brokerDirectory.resolve("broker"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void deliverOnce(TestInfo test) throws Exception {
        name = test.getTestMethod().orElseThrow().getName();
        for (int i = 0; i < LINES; i++) {
            lines.add("ERROR request %07d of a shop that has many".formatted(i));
        }
        Path log = directory.resolve("shop.log");
        Files.writeString(log, String.join("\n", lines) + "\n", StandardCharsets.US_ASCII);
        broker.createTopic(name, 1, Map.of());
        run = new EngineRun(log, directory.resolve("checkpoint"), broker.bootstrapServers(), name, false, Map.of());
        run.toEnd();
        assertThat(broker.values(name)).isEqualTo(lines);
        firstIds = ids();
        assertThat(firstIds).doesNotHaveDuplicates();
    }

    @Test
    void withoutAResetNothingIsSentAgain() throws Exception {
        run.toEnd();
        assertThat(ids()).isEqualTo(firstIds);
    }

    @Test
    void aResetSendsEveryRecordOnceMoreWithItsIdAlsoWhenItIsInterrupted() throws Exception {
        change(c -> c.progress().resetAll());
        assertThat(run.upTo(5_000).emittedMatches()).isBetween(5_000L, LINES - 1L);
        run.toEnd();
        assertTwice(0);
        run.toEnd();
        assertTwice(0);
    }

    @Test
    void aResetToAnOffsetSendsRecordsThatStartThereOrLater() throws Exception {
        FileIdentity file = CheckpointFile.inspect(run.checkpoint())
                .checkpoint()
                .orElseThrow()
                .entries()
                .keySet()
                .iterator()
                .next();
        change(c -> c.progress().reset(file, new Position(40_000L * LINE_BYTES + 1, false), LineEnds.UNKNOWN));
        run.toEnd();
        assertTwice(40_001);
    }

    @Test
    void eachResetCountsMoreThanTheOneBefore() throws Exception {
        change(c -> c.progress().resetAll());
        run.toEnd();
        change(c -> c.progress().resetAll());
        run.toEnd();
        assertThat(ids()).hasSize(3 * LINES);
        assertThat(ids().subList(2 * LINES, 3 * LINES)).isEqualTo(firstIds);
    }

    private void assertTwice(int firstLine) {
        List<String> expected = new ArrayList<>(firstIds);
        expected.addAll(firstIds.subList(firstLine, LINES));
        assertThat(ids()).isEqualTo(expected);
    }

    private List<String> ids() {
        return broker.read(name).stream().map(ResetTest::id).toList();
    }

    private static String id(TopicRecord record) {
        return record.headers().get(MatchHeaders.ID);
    }

    private interface Change {
        void to(CheckpointFile checkpoint) throws IOException;
    }

    private void change(Change change) throws IOException {
        try (CheckpointFile checkpoint = CheckpointFile.open(run.checkpoint())) {
            change.to(checkpoint);
            checkpoint.commit();
        }
    }
}
