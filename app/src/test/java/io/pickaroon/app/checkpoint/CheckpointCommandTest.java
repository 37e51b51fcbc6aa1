package io.pickaroon.app.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.SampleConfiguration;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointCommandTest {
    private static final String LOG_TEXT = "INFO one\nERROR two\n";

    @TempDir
    private Path directory;

    private SampleConfiguration sample;

    @BeforeEach
    void runOnce() throws IOException {
        sample = new SampleConfiguration(directory);
        Files.writeString(sample.log(), LOG_TEXT);
        CommandRun run = CommandRun.of("run", "-q", "--once", "-c", sample.write(SampleConfiguration.CONSOLE));
        assertThat(run.exitCode()).as(run.errors()).isZero();
    }

    @Test
    void showsHowFarEachFileHasBeenDealtWith() {
        CommandRun run = CommandRun.of("checkpoint", "show", sample.checkpoint());

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).contains("in use: slot ").contains("valid, sequence ");
        assertThat(row(run)).startsWith(sample.log().toString()).endsWith(" 19 19 0 same");
    }

    @Test
    void aGrownFileIsReadOn() throws IOException {
        Files.writeString(sample.log(), "INFO more\n", StandardOpenOption.APPEND);

        assertThat(row(CommandRun.of("checkpoint", "show", sample.checkpoint())))
                .endsWith(" 19 29 10 grown");
        assertThat(fsck()).contains("app.log: goes on at offset 19, 10 bytes to read");
    }

    @Test
    void aJournalWithoutAnInterruptedFixIsSaid() throws IOException {
        fixOnce();

        assertThat(CommandRun.of("checkpoint", "show", sample.checkpoint()).output())
                .contains("checkpoint.journal: no fix was interrupted");
        assertThat(CommandRun.of("checkpoint", "show", "--json", sample.checkpoint())
                        .output())
                .contains("\"recordsToFinish\" : 0");
    }

    @Test
    void recordsThatAStartWouldFinishAreCounted() throws IOException {
        Path before = Files.copy(sample.checkpoint(), directory.resolve("before"));
        fixOnce();
        // As after a crash between a fix and the checkpoint that passes it.
        Files.copy(before, sample.checkpoint(), StandardCopyOption.REPLACE_EXISTING);

        for (String command : new String[] {"show", "fsck"}) {
            assertThat(CommandRun.of("checkpoint", command, sample.checkpoint()).output())
                    .contains("checkpoint.journal: the changes to 2 records in " + sample.log() + " may be half done");
        }
        assertThat(CommandRun.of("checkpoint", "show", "--json", sample.checkpoint())
                        .output())
                .contains("\"recordsToFinish\" : 2");
    }

    private void fixOnce() throws IOException {
        Files.writeString(sample.log(), "ERROR three\nERROR four\n", StandardOpenOption.APPEND);
        Path fixing = sample.write(SampleConfiguration.CONSOLE, "{ literal: ERROR }", "    fix: { replace: FIXED }");
        assertThat(CommandRun.of("run", "-q", "--once", "-c", fixing).exitCode())
                .isZero();
    }

    @Test
    void aTruncatedFileIsReadFromItsStart() throws IOException {
        Files.writeString(sample.log(), "short", StandardOpenOption.TRUNCATE_EXISTING);

        assertThat(row(CommandRun.of("checkpoint", "show", sample.checkpoint())))
                .endsWith(" 19 5 5 truncated");
        assertThat(fsck()).contains("was cut to 5 bytes, below offset 19: read again from its start");
    }

    @Test
    void aFileThatHasAnotherNameInItsDirectoryWasRotated() throws IOException {
        Files.move(sample.log(), directory.resolve("app.log.1"));
        Files.writeString(sample.log(), "new\n");

        assertThat(row(CommandRun.of("checkpoint", "show", sample.checkpoint())))
                .endsWith(" rotated");
        assertThat(fsck()).contains("app.log: was rotated: ");
    }

    @Test
    void anotherFileOfTheSameNameIsReadFromItsStart() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.move(sample.log(), elsewhere.resolve("app.log"));
        Files.writeString(sample.log(), "new\n");

        assertThat(row(CommandRun.of("checkpoint", "show", sample.checkpoint())))
                .endsWith(" 19 4 4 replaced");
        assertThat(fsck()).contains("another file has this name, which is read from its start");
    }

    @Test
    void aMissingFileIsSaid() throws IOException {
        Files.delete(sample.log());

        assertThat(row(CommandRun.of("checkpoint", "show", sample.checkpoint())))
                .endsWith(" missing");
        assertThat(fsck()).contains("app.log: is gone");
    }

    @Test
    void jsonHasTheSameNumbers() {
        CommandRun run = CommandRun.of("checkpoint", "show", "--json", sample.checkpoint());

        assertThat(run.exitCode()).isZero();
        assertThat(run.output().replaceAll("\\s+", ""))
                .contains(
                        "\"offset\":19,",
                        "\"sizeNow\":19,",
                        "\"bytesLeft\":0,",
                        "\"state\":\"same\"",
                        "\"slotInUse\":");
    }

    @Test
    void aDamagedCheckpointEndsWithOneAndARemedy() throws IOException {
        Files.write(sample.checkpoint(), new byte[] {1, 2, 3});

        for (String command : new String[] {"show", "fsck"}) {
            CommandRun run = CommandRun.of("checkpoint", command, sample.checkpoint());

            assertThat(run.exitCode()).as(command).isEqualTo(1);
            assertThat(run.errors()).as(command).contains("cannot be trusted", "move it away");
        }
    }

    @Test
    void aTornSlotIsSaidAndTheOtherOneCounts() throws IOException {
        String inUse = CommandRun.of("checkpoint", "show", sample.checkpoint()).output();
        long halfBytes = Files.size(sample.checkpoint()) / 2;
        try (RandomAccessFile file = new RandomAccessFile(sample.checkpoint().toFile(), "rw")) {
            file.seek(inUse.contains("in use: slot A") ? 100 : halfBytes + 100);
            file.write(0xff);
        }

        CommandRun run = CommandRun.of("checkpoint", "fsck", sample.checkpoint());

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).contains("sound").contains("as after a crash in the middle of a write");
    }

    @Test
    void noCheckpointIsAMistakeOfTheUser() {
        CommandRun run = CommandRun.of("checkpoint", "show", directory.resolve("nowhere"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("nowhere: there is no checkpoint");
    }

    private String fsck() {
        CommandRun run = CommandRun.of("checkpoint", "fsck", sample.checkpoint());
        assertThat(run.exitCode()).isZero();
        return run.output();
    }

    private static String row(CommandRun show) {
        return show.output().lines().skip(2).findFirst().orElseThrow().replaceAll(" +", " ");
    }
}
