package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.audit.TrailSettings;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.detect.Detector;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that go into an audit trail. */
class AuditedFixTest {
    private static final Rule CARDS = new Rule(
            "cards",
            new Pattern.Detect(List.of(Detector.CARD, Detector.PASSWORD)),
            true,
            Optional.of(new Fix(new Fix.Mask('*', 0, 0), Fix.OF_DETECTORS, 0)));
    private static final Rule HEAD = new Rule(
            "head", new Pattern.Literal("first", false), false, Optional.of(new Fix(new Fix.Replace("FIRST"), "", 20)));
    private static final Rule DIGITS = new Rule(
            "digits",
            new Pattern.Regex("4111[- 0-9]+", false),
            false,
            Optional.of(new Fix(new Fix.Mask('#', 4, 0), "", 0)));

    @TempDir
    Path directory;

    private Path log;
    private Path trail;
    private Path checkpoint;

    @BeforeEach
    void name() throws IOException {
        log = directory.toRealPath().resolve("log");
        trail = directory.toRealPath().resolve("audit.ndjson");
        checkpoint = directory.resolve("checkpoint");
    }

    private Optional<TrailSettings> audit() {
        return Optional.of(new TrailSettings(trail, Optional.empty(), Long.MAX_VALUE, "1.2", "c0ffee"));
    }

    private void run(Optional<TrailSettings> audit, Rule... rules) throws IOException {
        Reading reading = new Reading(new WindowPlan(4096, 2048, Delimiter.AUTO));
        LogInput input = new LogInput("test", Discovery.of(List.of(log)), false, reading, List.of(rules));
        try (RunState state = RunState.open(checkpoint, audit)) {
            new LogProcessor(List.of(input), new ScriptedSink(1, 1), state, RunSettings.untilEndOfFiles())
                    .run()
                    .block(Duration.ofSeconds(60));
        }
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(trail);
    }

    /** What a line says, without number, hash, time, file and who. */
    private static String essence(String line) {
        return line.replaceFirst("\"n\":.*\"event\"", "\"event\"")
                .replaceFirst("\"file\":\\{[^}]*\\},", "")
                .replaceFirst(",\"instance\".*", "}");
    }

    @Test
    void eachChangeHasALineThatSaysWhatWasFoundAndWhatStays() throws IOException {
        Files.writeString(log, "pay 4111-1111-1111-1111 ok\npassword=hunter2 x\n");

        run(audit(), CARDS);

        assertThat(log).hasContent("pay ****-****-****-1111 ok\npassword=******* x\n");
        assertThat(lines())
                .map(AuditedFixTest::essence)
                .containsExactly(
                        "{\"event\":\"change\",\"record\":0,\"offset\":4,\"length\":4,\"kept\":1,\"rules\":[\"cards\"],\"detectors\":[\"card\"]}",
                        "{\"event\":\"change\",\"record\":0,\"offset\":9,\"length\":4,\"kept\":1,\"rules\":[\"cards\"],\"detectors\":[\"card\"]}",
                        "{\"event\":\"change\",\"record\":0,\"offset\":14,\"length\":4,\"kept\":5,\"rules\":[\"cards\"],\"detectors\":[\"card\"]}",
                        "{\"event\":\"change\",\"record\":27,\"offset\":36,\"length\":7,\"kept\":0,\"rules\":[\"cards\"],\"detectors\":[\"password\"]}");
        assertThat(lines().getFirst())
                .matches("\\{\"n\":\"[0-9a-f]{16}-1-0\",\"prev\":\"0{64}\",\"time\":\"[^\"]+Z\",\"event\":\"change\".*")
                .contains("\"file\":{\"path\":\"" + log + "\",\"identity\":\"", "\"generation\":0}")
                .endsWith("\"version\":\"1.2\",\"configuration\":\"c0ffee\"}");
        assertThat(Files.readString(trail)).doesNotContain("hunter2", "4111");
    }

    @Test
    void whatSeveralRulesFindAtOnePlaceIsOneLineAndWhatIsLeftAloneHasOneToo() throws IOException {
        Files.writeString(log, "first 4111-1111-1111-1111 ok\nfirst\n");

        run(audit(), CARDS, DIGITS, HEAD);

        assertThat(log).hasContent("first ****#****#****######ok\nFIRST\n");
        assertThat(lines())
                .map(AuditedFixTest::essence)
                .containsExactly(
                        "{\"event\":\"change\",\"record\":0,\"offset\":6,\"length\":20,\"kept\":0,\"rules\":[\"cards\",\"digits\"],\"detectors\":[\"card\"]}",
                        "{\"event\":\"change\",\"record\":29,\"offset\":29,\"length\":5,\"kept\":0,\"rules\":[\"head\"],\"detectors\":[]}",
                        "{\"event\":\"skipped\",\"reason\":\"protected-head\",\"record\":0,\"offset\":0,\"length\":5,\"kept\":5,\"rules\":[\"head\"],\"detectors\":[]}");
    }

    /** Leaves a checkpoint behind that knows nothing of the fixes that the journal has. */
    private void crashBeforeTheCheckpoint() throws IOException {
        Files.createFile(log);
        run(audit(), CARDS);
        Path before = Files.copy(checkpoint, directory.resolve("before"));
        Files.writeString(log, "a 4111111111111111\nb 4111111111111111\n");
        run(audit(), CARDS);
        Files.move(before, checkpoint, StandardCopyOption.REPLACE_EXISTING);
        assertThat(lines()).hasSize(2);
    }

    @Test
    void recoveryWritesWhatIsMissingAndNothingTwice() throws IOException {
        crashBeforeTheCheckpoint();
        List<String> whole = lines();
        run(Optional.empty(), CARDS);
        assertThat(lines()).isEqualTo(whole);
    }

    @Test
    void recoveryAppendsToTheTrailThatTheJournalNamesWhateverTheConfigurationSays() throws IOException {
        crashBeforeTheCheckpoint();
        List<String> whole = lines();
        Files.writeString(trail, whole.getFirst() + "\n" + whole.getLast().substring(0, 30));

        run(Optional.empty(), CARDS);

        assertThat(lines()).isEqualTo(whole);
    }

    @Test
    void withoutTheTrailThatTheJournalNamesNothingIsFinished() throws IOException {
        crashBeforeTheCheckpoint();
        Files.writeString(log, "a 4111111111111111\nb 4111111111111111\n");
        Files.writeString(trail, "something else\n");

        assertThatThrownBy(() -> run(Optional.empty(), CARDS)).hasMessageContaining(trail.toString());

        assertThat(log).hasContent("a 4111111111111111\nb 4111111111111111\n");
    }

    @Test
    void whatRecoveryCannotMakeIsTakenBack() throws IOException {
        crashBeforeTheCheckpoint();
        Files.writeString(log, "x 4111111111111111\nb 4111111111111111\n");

        run(audit(), CARDS);

        assertThat(log).hasContent("x 4111111111111111\nb ************1111\n");
        List<String> lines = lines();
        assertThat(lines.get(2))
                .contains("\"event\":\"not-made\",\"reason\":\"changed\"")
                .contains("\"offset\":2,");
        assertThat(lines.get(2).substring(0, 26)).isEqualTo(lines.getFirst().substring(0, 26));
    }

    @Test
    void ofAFileThatIsGoneEverythingIsTakenBack() throws IOException {
        crashBeforeTheCheckpoint();
        Files.delete(log);

        run(audit(), CARDS);

        assertThat(lines().subList(2, 4)).allMatch(line -> line.contains("\"not-made\",\"reason\":\"gone\""));
        assertThat(lines()).hasSize(4);
    }

    @Test
    void aTrailThatIsNotWhatItWasStopsTheStart() throws IOException {
        Files.writeString(log, "a 4111111111111111\n");
        run(audit(), CARDS);
        Files.delete(trail);

        assertThatThrownBy(() -> run(audit(), CARDS)).hasMessageContaining("the audit trail is gone");
    }

    @Test
    void aGroupOfAKeyedTrailIsNotFinishedWithoutTheKey() throws IOException {
        byte[] key = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        Optional<TrailSettings> keyed =
                Optional.of(new TrailSettings(trail, Optional.of(key), Long.MAX_VALUE, "1.2", "c0ffee"));
        Files.createFile(log);
        run(keyed, CARDS);
        Path before = Files.copy(checkpoint, directory.resolve("before"));
        Files.writeString(log, "a 4111111111111111\n");
        run(keyed, CARDS);
        Files.move(before, checkpoint, StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> run(Optional.empty(), CARDS)).hasMessageContaining("has a key");
        run(keyed, CARDS);
        assertThat(lines()).hasSize(1);
    }

    @Test
    void anotherCheckpointMayWriteTheSameTrailInBetween() throws IOException {
        Files.writeString(log, "a 4111111111111111\n");
        run(audit(), CARDS);
        Path first = checkpoint;
        checkpoint = directory.resolve("other");
        Files.writeString(log, "b 4111111111111111\nc 4111111111111111\n");
        run(audit(), CARDS);
        checkpoint = first;
        Files.writeString(log, "********************************************\nd 4111111111111111\n");
        run(audit(), CARDS);

        assertThat(lines()).hasSize(4);
        try (Recovery recovery = Recovery.of(checkpoint, audit())) {
            assertThat(recovery.announcer()).isPresent();
        }
    }
}
