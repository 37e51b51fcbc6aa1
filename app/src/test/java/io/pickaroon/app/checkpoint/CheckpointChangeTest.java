package io.pickaroon.app.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.SampleConfiguration;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointChangeTest {
    @TempDir
    private Path directory;

    private SampleConfiguration sample;
    private Path configuration;

    @BeforeEach
    void runOnce() throws IOException {
        sample = new SampleConfiguration(directory);
        Files.writeString(sample.log(), "ERROR one\nINFO two\nERROR three\n");
        Files.writeString(directory.resolve("other.log"), "ERROR other\n");
        configuration = sample.write(SampleConfiguration.CONSOLE);
        assertThat(run()).containsExactlyInAnyOrder("ERROR one", "ERROR three", "ERROR other");
        assertThat(run()).isEmpty();
    }

    @Test
    void aResetSaysWhatWillBeReadAgainAndDoesItOnlyWhenConfirmed() throws IOException {
        byte[] before = Files.readAllBytes(sample.checkpoint());
        CommandRun asked = CommandRun.of("checkpoint", "reset", sample.checkpoint());
        assertThat(asked.exitCode()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(asked.output())
                .contains("app.log: 31 bytes are read again, from offset 0 to 31")
                .contains("other.log: 12 bytes are read again, from offset 0 to 12")
                .contains("a fix has changed will not be found again");
        assertThat(asked.errors()).contains("nothing was changed", "--yes");
        assertThat(sample.checkpoint()).hasBinaryContent(before);

        CommandRun done = CommandRun.of("checkpoint", "reset", sample.checkpoint(), "--yes");
        assertThat(done.exitCode()).as(done.errors()).isZero();
        assertThat(CommandRun.of("checkpoint", "show", sample.checkpoint()).output())
                .contains("every file is read again at the next start");
        assertThat(run()).containsExactlyInAnyOrder("ERROR one", "ERROR three", "ERROR other");
        assertThat(run()).isEmpty();
    }

    @Test
    void aResetOfSomeFilesLeavesTheOthers() {
        CommandRun done = CommandRun.of("checkpoint", "reset", sample.checkpoint(), "--file", "app.*", "--yes");
        assertThat(done.exitCode()).as(done.errors()).isZero();
        assertThat(run()).containsExactly("ERROR one", "ERROR three");
    }

    @Test
    void anOffsetMeansRecordsThatStartThereOrLater() {
        for (int offset : new int[] {1, 10, 18, 19}) {
            CommandRun done = CommandRun.of(
                    "checkpoint", "reset", sample.checkpoint(), "--file", sample.log(), "--to", offset, "--yes");
            assertThat(done.exitCode()).as(done.errors()).isZero();
            assertThat(run()).as("--to %d", offset).containsExactly("ERROR three");
        }
    }

    @Test
    void anOffsetBeyondWhatWasReadIsRefusedForThatFile() {
        CommandRun done = CommandRun.of("checkpoint", "reset", sample.checkpoint(), "--to", 19, "--yes");
        assertThat(done.exitCode()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(done.errors()).contains("other.log: was read up to offset 12, which is before --to 19");
        assertThat(run()).containsExactly("ERROR three");
    }

    @Test
    void aPatternThatNoFileHasIsAMistake() {
        CommandRun done = CommandRun.of("checkpoint", "reset", sample.checkpoint(), "--file", "*.lgo", "--yes");
        assertThat(done.exitCode()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(done.errors()).contains("--file *.lgo", "knows no such file");
        assertThat(run()).isEmpty();
    }

    @Test
    void whatARunHoldsIsNotChanged() throws IOException {
        try (CheckpointFile _ = CheckpointFile.open(sample.checkpoint())) {
            byte[] before = Files.readAllBytes(sample.checkpoint());
            for (List<Object> change : List.<List<Object>>of(
                    List.of("reset", sample.checkpoint()),
                    List.of("reset", sample.checkpoint(), "--yes"),
                    List.of("new-instance", sample.checkpoint()),
                    List.of("downgrade", sample.checkpoint()))) {
                CommandRun refused = CommandRun.of(
                        Stream.concat(Stream.of("checkpoint"), change.stream()).toArray());
                assertThat(refused.exitCode()).as("%s", change).isEqualTo(ExitCode.FAILED);
                assertThat(refused.errors()).contains(sample.checkpoint().toString());
                assertThat(sample.checkpoint()).hasBinaryContent(before);
            }
        }
    }

    @Test
    void noChangeMakesACheckpoint() {
        Path none = directory.resolve("none");
        for (String change : List.of("reset", "new-instance", "downgrade")) {
            CommandRun refused = CommandRun.of("checkpoint", change, none);
            assertThat(refused.exitCode()).as(change).isEqualTo(ExitCode.USER_ERROR);
            assertThat(refused.errors()).contains("there is no checkpoint");
        }
        assertThat(none).doesNotExist();
    }

    @Test
    void aCheckpointThatCannotBeLookedAtIsNotSaidToBeNone() throws IOException {
        Path loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
        for (String change : List.of("reset", "new-instance", "downgrade", "show", "fsck")) {
            CommandRun refused = CommandRun.of("checkpoint", change, loop.resolve("checkpoint"));
            assertThat(refused.exitCode()).as(change).isEqualTo(ExitCode.FAILED);
            assertThat(refused.errors()).contains("loop").doesNotContain("there is no checkpoint");
        }
    }

    @Test
    void aNewInstanceHasAnotherIdentityAndTheSamePlaces() throws IOException {
        Instance before = instance();
        CommandRun done = CommandRun.of("checkpoint", "new-instance", sample.checkpoint());
        assertThat(done.exitCode()).as(done.errors()).isZero();
        Instance after = instance();
        assertThat(after.checkpointId()).isNotEqualTo(before.checkpointId());
        assertThat(after.name()).isNotEqualTo(before.name());
        assertThat(after.standing()).isEqualTo(Standing.INDEPENDENT);
        assertThat(done.output()).contains(before.name(), after.name(), after.checkpointIdText());
        assertThat(CommandRun.of("checkpoint", "show", sample.checkpoint()).output())
                .contains(after.checkpointIdText(), after.name());
        assertThat(CommandRun.of("checkpoint", "show", "--json", sample.checkpoint())
                        .output())
                .contains("\"name\" : \"" + after.name() + "\"");
        assertThat(run()).isEmpty();
    }

    @Test
    void oneThatHasDeliveredWhereNamesAreNotKeptHasPlacesOfItsOwn() throws IOException {
        assertThat(instance().standing()).isEqualTo(Standing.INDEPENDENT);
        Files.delete(sample.checkpoint());
        Files.writeString(sample.log(), "");
        Files.delete(directory.resolve("other.log"));
        assertThat(run()).isEmpty();
        assertThat(instance().standing()).isEqualTo(Standing.NEW);
    }

    @Test
    void aNewInstanceForgetsAnOrderThatMayStandInAUnitFileOnlyWhenItIsMadeOnceMore() throws IOException {
        try (CheckpointFile checkpoint = CheckpointFile.open(sample.checkpoint())) {
            checkpoint
                    .progress()
                    .keep(checkpoint.instance().named("shop", Standing.HELD).withAdopted(Optional.of("shop")));
            checkpoint.commit();
        }
        CommandRun.of("checkpoint", "new-instance", sample.checkpoint());
        assertThat(instance().adopted()).contains("shop");
        CommandRun.of("checkpoint", "new-instance", sample.checkpoint());
        assertThat(instance().adopted()).isEmpty();
    }

    @Test
    void aDowngradedCheckpointHasTheOldFormatAndIsUpgradedAgain() throws IOException {
        CommandRun done = CommandRun.of("checkpoint", "downgrade", sample.checkpoint());
        assertThat(done.exitCode()).as(done.errors()).isZero();
        assertThat(done.output()).contains("Lost:");
        assertThat(ByteBuffer.wrap(Files.readAllBytes(sample.checkpoint())))
                .satisfies(bytes -> assertThat(List.of(bytes.getInt(8), bytes.getInt(bytes.capacity() / 2 + 8)))
                        .containsExactlyInAnyOrder(2, 0));
        assertThat(CommandRun.of("checkpoint", "show", sample.checkpoint()).output())
                .contains("no name yet");
        assertThat(run()).isEmpty();
    }

    @Test
    void aRunFromTheBeginningEndsAtTheEnd() {
        CommandRun mistake = CommandRun.of("run", "-c", configuration, "--from-beginning");
        assertThat(mistake.exitCode()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(mistake.errors()).contains("--from-beginning needs --once");

        assertThat(run("--from-beginning")).containsExactlyInAnyOrder("ERROR one", "ERROR three", "ERROR other");
        assertThat(run()).isEmpty();
    }

    @Test
    void aRunFromTheBeginningReadsWhatStartEndWouldSkip() throws IOException {
        Files.delete(sample.checkpoint());
        Files.writeString(
                configuration, Files.readString(configuration).replace("- id: app", "- id: app\n    start: end"));
        assertThat(run("--from-beginning")).containsExactlyInAnyOrder("ERROR one", "ERROR three", "ERROR other");
    }

    @Test
    void aNewRuleSaysOnceWhatItDoesNotSeeAndHowToReadItAgain() throws IOException {
        sample.write(SampleConfiguration.CONSOLE, "{ literal: INFO }", "");
        assertThat(CommandRun.of("run", "--dry-run", "--once", "-c", configuration)
                        .errors())
                .contains("input app: rule errors is new or changed");

        CommandRun first = CommandRun.of("run", "--once", "-c", configuration);
        assertThat(first.output()).isEmpty();
        assertThat(first.errors())
                .contains("input app: rule errors is new or changed", "43 bytes of 2 files")
                .contains("pickaroon checkpoint reset " + sample.checkpoint())
                .contains(" --file " + sample.log());
        assertThat(CommandRun.of("run", "--once", "-c", configuration).errors()).doesNotContain("is new or changed");

        CommandRun.of("checkpoint", "reset", sample.checkpoint(), "--file", sample.log(), "--yes");
        assertThat(run()).containsExactly("INFO two");
    }

    @Test
    void anInputThatWasRenamedHasNoNewRules() throws IOException {
        Files.writeString(configuration, Files.readString(configuration).replace("- id: app", "- id: other"));
        assertThat(CommandRun.of("run", "--once", "-c", configuration).errors()).doesNotContain("new or changed");
    }

    private List<String> run(String... more) {
        Object[] arguments = Stream.concat(Stream.of("run", "-q", "--once", "-c", configuration), Stream.of(more))
                .toArray();
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).as(run.errors()).isZero();
        return run.output().lines().toList();
    }

    private Instance instance() throws IOException {
        return CheckpointFile.inspect(sample.checkpoint())
                .checkpoint()
                .orElseThrow()
                .sections()
                .instance()
                .orElseThrow();
    }
}
