package io.pickaroon.app.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What fixes have left, and what came back, is found where it stands, and is not shown. */
@Timeout(120)
class VerifiedFixesTest {
    private static final String CARD = "4111111111111111";
    private static final String LINE = "paid with " + CARD + " today\n";

    @TempDir
    private Path directory;

    private Path log;

    @BeforeEach
    void write() throws IOException {
        log = Files.writeString(directory.resolve("app.log"), "one\n" + LINE + "two\n" + LINE);
    }

    @Test
    void masksThatStandAreProven() throws IOException {
        Path configuration = configuration("");
        run(configuration);

        CommandRun verified = verify(configuration);

        assertThat(verified.exitCode())
                .as(verified.output() + verified.errors())
                .isZero();
        assertThat(verified.errors()).isEmpty();
        assertThat(verified.output().lines())
                .contains(
                        "  %s: delivered up to offset %d, fixed up to %2$d".formatted(log, Files.size(log)),
                        "fixes: nothing is left to change before these places",
                        "all is proven");
        assertThat(directory).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
    }

    @Test
    void aMaskThatIsUndoneIsWrongAndItsPlaceIsNamed() throws IOException {
        Path configuration = configuration("");
        run(configuration);
        int offset = 4 + LINE.length() + 4 + LINE.indexOf(CARD);
        try (RandomAccessFile undone = new RandomAccessFile(log.toFile(), "rw")) {
            undone.seek(offset);
            undone.write(CARD.getBytes(StandardCharsets.US_ASCII));
        }

        CommandRun verified = verify(configuration);

        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.output())
                .contains("fixes: WRONG, 1 hit left before these places")
                .contains("  %s, record at offset %d, rule cards: 12 bytes at offset %d\n"
                        .formatted(log, 4 + LINE.length() + 4, offset))
                .contains("************")
                .endsWith("wrong: 1\n")
                .doesNotContain(CARD.substring(0, 6));
    }

    @Test
    void aNewCardIsFoundButStandsWhereNoRunHasComeYet() throws IOException {
        Path configuration = configuration("");
        run(configuration);
        long end = Files.size(log);
        Files.writeString(log, LINE, StandardOpenOption.APPEND);

        CommandRun verified = verify(configuration);

        assertThat(verified.exitCode()).isEqualTo(5);
        assertThat(verified.output())
                .contains("fixes: nothing is left to change before these places")
                .contains("fixes: 1 hit behind these places")
                .contains("record at offset %d, rule cards".formatted(end))
                .contains("  1 hit of fixes stand behind the fixed places: a run has yet to make them")
                .doesNotContain(CARD.substring(0, 6));
    }

    @Test
    void nothingIsSaidOfAFileThatWasWrittenAnew() throws IOException {
        Path configuration = configuration("");
        run(configuration);
        Files.writeString(log, (LINE + "x\n").repeat(20));

        CommandRun verified = verify(configuration);

        assertThat(verified.exitCode()).isEqualTo(5);
        assertThat(verified.output())
                .contains("app.log: was truncated or written anew since; nothing can be said of it")
                .contains("  1 file truncated or written anew since the checkpoint was written");
    }

    @Test
    void aFixThatWaitsForTheRotationIsNotLeft() throws IOException {
        Path configuration = configuration("when: rotated");
        run(configuration);

        CommandRun verified = verify(configuration);

        assertThat(verified.exitCode()).isEqualTo(5);
        assertThat(verified.output()).contains("  2 hits of fixes wait for the rotation of the file");

        Files.move(log, directory.resolve("app.log.1"));
        Files.writeString(log, "three\n");
        run(configuration);
        CommandRun rotated = verify(configuration);
        assertThat(rotated.exitCode()).as(rotated.output()).isZero();

        Files.writeString(directory.resolve("app.log.1"), "one\n" + LINE + "two\n" + LINE);
        assertThat(verify(configuration).output()).contains("fixes: WRONG, 2 hits left before these places");
    }

    @Test
    void withoutACheckpointThereIsNothingToProve() throws IOException {
        CommandRun early = verify(configuration(""));
        assertThat(early.exitCode()).isEqualTo(2);
        assertThat(early.errors()).contains("checkpoint: there is no checkpoint yet, so nothing is known");

        Path configuration = configuration("");
        Files.writeString(configuration, Files.readString(configuration).replaceFirst("checkpoint: .*\n", ""));
        CommandRun none = verify(configuration);
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.errors()).contains("checkpoint");
    }

    /** @param when of the fix */
    private Path configuration(String when) throws IOException {
        return Files.writeString(directory.resolve("c.yaml"), """
            checkpoint: { path: %1$s/state/checkpoint }
            inputs: [ { id: app, include: [ "%1$s/app.log*" ] } ]
            rules: [ { id: cards, match: { detect: card }, emit: { topic: t }, fix: { %2$s } } ]
            output: { file: { path: %1$s/sent.ndjson } }
            """.formatted(directory, when));
    }

    private static void run(Path configuration) {
        CommandRun run = CommandRun.of("run", "-c", configuration, "--once");
        assertThat(run.exitCode()).as(run.errors()).isZero();
    }

    private static CommandRun verify(Path configuration) {
        return CommandRun.of("verify", "-c", configuration);
    }
}
