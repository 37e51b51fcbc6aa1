package io.pickaroon.app.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fix --delivered-by}: what a connector has committed is fixed, and nothing else. */
class DeliveredFixTest {
    /** Records of 8 bytes, four in a split. */
    private static final int SPLIT_BYTES = 32;

    private static final int RECORD_BYTES = 8;
    private static final String FIX_OF_SENT =
            "{ id: sent, match: { literal: AB }, emit: { topic: t }, fix: { replace: BA } }";

    @TempDir
    private Path directory;

    private Path log;
    private Path configuration;
    private DeliveringConnector connector;

    @BeforeEach
    void begin() throws Exception {
        log = Files.writeString(directory.resolve("app.log"), "xABBxxx\n".repeat(16));
        configure(FIX_OF_SENT);
    }

    @AfterEach
    void end() {
        connector.close();
    }

    private void configure(String rule) throws Exception {
        if (connector != null) {
            connector.close();
        }
        configuration = Files.writeString(directory.resolve("pickaroon.yaml"), """
            checkpoint: { path: %1$s/checkpoint }
            inputs: [ { id: app, include: [ "%1$s/*.log*" ] } ]
            rules:
              - %2$s
            output: { console: {} }
            """.formatted(directory, rule));
        connector = new DeliveringConnector(configuration, SPLIT_BYTES);
    }

    private CommandRun fix(String... more) {
        List<Object> arguments = new ArrayList<>(
                List.of("fix", "-c", configuration, "--delivered-by", connector.url(), "--state", state()));
        arguments.addAll(Arrays.asList(more));
        return CommandRun.of(arguments.toArray());
    }

    private Path state() {
        return directory.resolve("state");
    }

    /** Which of the records are fixed, each once; no other byte may differ. */
    private String fixed(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            assertThat(line).isIn("xABBxxx", "xBABxxx");
            text.append(line.equals("xBABxxx") ? 'x' : '.');
        }
        return text.toString();
    }

    private void commitWhole(Path file, int splits) throws IOException {
        for (int number = 0; number < splits; number++) {
            connector.commit(file, 0, number, (number + 1L) * SPLIT_BYTES);
        }
    }

    /** What was sent as two records, because its last part came late, would be one here. */
    @Test
    void containerLogsAreNotFixed() throws Exception {
        String text = Files.readString(configuration);
        Files.writeString(configuration, text.replace("id: app,", "id: app, format: cri,"));
        commitWhole(log, 4);

        CommandRun run = fix();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("input app is of container logs, which are not fixed after a connector");
        assertThat(fixed(log)).isEqualTo(".".repeat(16));
    }

    @Test
    void aFileThatIsCommittedIsFixed() throws IOException {
        commitWhole(log, 4);

        CommandRun run = fix();

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(fixed(log)).isEqualTo("xxxxxxxxxxxxxxxx");
        assertThat(run.output()).isEqualTo(log + ": 16 changes, 32 bytes; 16 of 16 records match\n");
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void runAgainItDoesNothingTwiceAndGoesOnWhereMoreIsCommitted() throws IOException {
        connector.commit(log, 0, 0, 2 * RECORD_BYTES);

        CommandRun first = fix();

        assertThat(fixed(log)).isEqualTo("xx..............");
        assertThat(first.output())
                .isEqualTo(log + ": 2 changes, 4 bytes; 2 of 2 records match; 16 of 128 bytes are committed\n");
        // The rule matches what the fix has made.
        assertThat(fix().output()).startsWith(log + ": nothing to change; 0 of 0 records match");
        assertThat(fixed(log)).isEqualTo("xx..............");

        connector.commit(log, 0, 0, 3 * RECORD_BYTES);
        assertThat(fix().exitCode()).isZero();
        assertThat(fixed(log)).isEqualTo("xxx.............");

        commitWhole(log, 4);
        assertThat(fix().exitCode()).isZero();
        assertThat(fixed(log)).isEqualTo("xxxxxxxxxxxxxxxx");
        assertThat(fix().output()).contains("nothing to change");
        assertThat(fixed(log)).isEqualTo("xxxxxxxxxxxxxxxx");
    }

    @Test
    void gapsStayUntilTheyAreCommitted() throws IOException {
        connector.commit(log, 0, 0, RECORD_BYTES);
        connector.commit(log, 0, 1, 2L * SPLIT_BYTES);
        connector.commit(log, 0, 3, 3L * SPLIT_BYTES + RECORD_BYTES);
        fix();
        assertThat(fixed(log)).isEqualTo("x...xxxx....x...");

        connector.commit(log, 0, 0, SPLIT_BYTES);
        connector.commit(log, 0, 3, 3L * SPLIT_BYTES + 2 * RECORD_BYTES);
        fix();
        assertThat(fixed(log)).isEqualTo("xxxxxxxx....xx..");

        commitWhole(log, 4);
        CommandRun last = fix();
        assertThat(last.output()).isEqualTo(log + ": 6 changes, 12 bytes; 6 of 6 records match\n");
        assertThat(fixed(log)).isEqualTo("xxxxxxxxxxxxxxxx");
    }

    @Test
    void aRecordBelongsToTheSplitInWhichItStarts() throws IOException {
        // Starts at 24 in split 0, and ends in split 1.
        Files.writeString(log, "xABBxxx\n".repeat(3) + "x".repeat(20) + "ABB\n" + "xABBxxx\n".repeat(3));
        connector.commit(log, 0, 0, new Position(SPLIT_BYTES, false), connector.rules());

        assertThat(fix().exitCode()).isZero();

        assertThat(log).hasContent("xBABxxx\n".repeat(3) + "x".repeat(20) + "BAB\n" + "xABBxxx\n".repeat(3));

        connector.offsets.clear();
        connector.commit(log, 0, 1, 56);
        assertThat(fix().exitCode()).isZero();
        assertThat(log).hasContent("xBABxxx\n".repeat(3) + "x".repeat(20) + "BAB\nxBABxxx\n" + "xABBxxx\n".repeat(2));
    }

    @Test
    void onlyTheLatestGenerationCounts() throws IOException {
        commitWhole(log, 4);
        connector.commit(log, 1, 0, RECORD_BYTES);

        CommandRun run = fix();

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(fixed(log)).isEqualTo("x...............");
    }

    @Test
    void aFileThatWasTruncatedIsLeftAlone() throws IOException {
        commitWhole(log, 4);
        Files.writeString(log, "xABBxxx\n".repeat(2), StandardOpenOption.TRUNCATE_EXISTING);

        CommandRun run = fix();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors())
                .contains(log + ": left alone: it has 16 bytes, and ", "/0 is committed up to 32: it was truncated");
        assertThat(fixed(log)).isEqualTo("..");
    }

    @Test
    void otherContentIsLeftAlone() throws IOException {
        commitWhole(log, 4);
        Files.writeString(log, "xABB\nxx\n".repeat(40), StandardOpenOption.TRUNCATE_EXISTING);

        CommandRun run = fix();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains(log + ": left alone: it is another file, or has other content");
        assertThat(log).hasContent("xABB\nxx\n".repeat(40));
    }

    @Test
    void aFileIsFoundUnderAnyName() throws IOException {
        commitWhole(log, 2);
        fix();
        Path rotated = Files.move(log, directory.resolve("app.log.1"));
        Files.writeString(log, "xABBxxx\n".repeat(16));
        commitWhole(rotated, 4);

        CommandRun run = fix();

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(fixed(rotated)).isEqualTo("xxxxxxxxxxxxxxxx");
        assertThat(fixed(log)).isEqualTo("................");
        assertThat(run.errors()).contains(log + ": the connector has committed nothing of it");
    }

    @Test
    void aRuleWhoseMatchesWereNotSentChangesNothing() throws IOException {
        connector.commit(log, 0, 0, new Position(SPLIT_BYTES, false), Set.of("0123456789abcdef"));
        connector.commit(log, 0, 1, 2L * SPLIT_BYTES);

        CommandRun run = fix();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains(log + ": rule sent changes nothing in 32 bytes");
        assertThat(fixed(log)).isEqualTo("....xxxx........");

        CommandRun again = fix();
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.errors()).contains(log + ": rule sent changes nothing in 32 bytes");

        commitWhole(log, 2);
        assertThat(fix().exitCode()).isZero();
        assertThat(fixed(log)).isEqualTo("xxxxxxxx........");
    }

    /** What was done without a rule is not done for it. */
    @Test
    void aRuleThatIsSentLaterIsAppliedWhereOthersWereAlready() throws Exception {
        configure(FIX_OF_SENT + "\n  - { id: silent, match: { literal: xxx }, fix: { replace: yyy } }");
        connector.commit(log, 0, 0, new Position(SPLIT_BYTES, false), Set.of("0123456789abcdef"));

        assertThat(fix().exitCode()).isEqualTo(1);
        assertThat(Files.readString(log)).startsWith("xABByyy\n".repeat(4) + "xABBxxx");

        commitWhole(log, 1);
        assertThat(fix().exitCode()).isZero();
        assertThat(Files.readString(log)).startsWith("xBAByyy\n".repeat(4) + "xABBxxx");
    }

    @Test
    void whereItIsNotKnownWhatWasSentNothingIsChangedForNow() throws IOException {
        connector.commit(log, 0, 1, 2L * SPLIT_BYTES);
        connector.offsets.put(
                DeliveringConnector.key(log, 0) + "/0", Map.of("offset", SPLIT_BYTES, "startsRecord", false));

        CommandRun run = fix();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("/0 names no rules, as one that was set by hand");
        assertThat(fixed(log)).isEqualTo("....xxxx........");

        commitWhole(log, 2);
        assertThat(fix().exitCode()).isZero();
        assertThat(fixed(log)).isEqualTo("xxxxxxxx........");
    }

    @Test
    void aRuleThatSendsNothingFixesWhatIsRead() throws Exception {
        configure("{ id: sent, match: { literal: nothing }, emit: { topic: t } }\n  - { id: silent, match: { literal:"
                + " AB }, fix: { replace: BA } }");
        connector.commit(log, 0, 0, 2 * RECORD_BYTES);

        CommandRun run = fix();

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(fixed(log)).isEqualTo("xx..............");
    }

    @Test
    void aMaskThatNeverChangesFilesIsNoFix() throws Exception {
        configure("{ id: sent, match: { literal: AB }, emit: { topic: t }, fix: { mask: x, when: never } }");
        commitWhole(log, 4);

        CommandRun run = fix();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains(configuration + ": no rule has a fix that changes files");
        assertThat(fixed(log)).isEqualTo("................");
    }

    @Test
    void aFixThatWaitsForTheRotationWaits() throws Exception {
        configure(FIX_OF_SENT.replace("BA }", "BA, when: rotated }"));
        commitWhole(log, 2);

        CommandRun run = fix();

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).contains(log + ": rule sent: the fix waits for its rotation");
        assertThat(fixed(log)).isEqualTo("................");

        Path rotated = Files.move(log, directory.resolve("app.log.1"));
        connector.offsets.clear();
        commitWhole(rotated, 3);
        assertThat(fix().exitCode()).isZero();
        assertThat(fixed(rotated)).isEqualTo("xxxxxxxxxxxx....");

        commitWhole(rotated, 4);
        assertThat(fix().exitCode()).isZero();
        assertThat(fixed(rotated)).isEqualTo("xxxxxxxxxxxxxxxx");
    }

    @Test
    void aDryRunShowsWhatWouldBeChangedAndChangesNothing() throws IOException {
        connector.commit(log, 0, 0, RECORD_BYTES);

        CommandRun run = fix("--dry-run");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output()).startsWith(log + ":1\n- xABBxxx\n+ xBABxxx\n").contains(": would make 1 change");
        assertThat(fixed(log)).isEqualTo("................");
        assertThat(state()).doesNotExist();
    }
}
