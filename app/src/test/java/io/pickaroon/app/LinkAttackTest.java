package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who can write to the directory of logs tries to have a file elsewhere changed. */
@Timeout(60)
class LinkAttackTest {
    private static final String CONTENT = "ERROR one\n";

    @TempDir
    private Path directory;

    private Path logs;
    private Path victim;

    @BeforeEach
    void writeFiles() throws IOException {
        directory = directory.toRealPath();
        logs = Files.createDirectory(directory.resolve("logs"));
        Files.setPosixFilePermissions(logs, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(logs.resolve("app.log"), CONTENT);
        victim = Files.writeString(
                Files.createDirectory(directory.resolve("etc")).resolve("passwd.log"), CONTENT);
    }

    @Test
    void aSymbolicLinkDoesNotLeadAFixOutOfTheDirectory() throws IOException {
        Files.createSymbolicLink(logs.resolve("evil.log"), victim);

        CommandRun run = run(logs + "/*.log", "");

        assertThat(victim).hasContent("ERROR one");
        assertThat(logs.resolve("app.log")).hasContent("FIXED one");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors())
                .contains(victim + ": is no file of an input with fixes, but was reached through a link");
    }

    @Test
    void norDoesALinkInPlaceOfADirectory() throws IOException {
        Files.createSymbolicLink(logs.resolve("tenant"), victim.getParent());

        CommandRun run = run(directory + "/logs/**/*.log", "");

        assertThat(victim).hasContent("ERROR one");
        assertThat(run.errors()).contains(victim + ": is no file of an input with fixes");
    }

    @Test
    void aLinkWithinTheDirectoryIsOneFile() throws IOException {
        Files.createSymbolicLink(logs.resolve("current.log"), logs.resolve("app.log"));

        CommandRun run = run(logs + "/*.log", "");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output()).isEqualTo("ERROR one\n");
        assertThat(logs.resolve("app.log")).hasContent("FIXED one");
    }

    @Test
    void aDirectoryThatThePatternNamesMayBeBehindALink() throws IOException {
        Path alias = Files.createSymbolicLink(directory.resolve("alias"), logs);

        CommandRun run = run(alias + "/*.log", "");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(logs.resolve("app.log")).hasContent("FIXED one");
    }

    @Test
    void aFileWithSeveralNamesIsLeftAlone() throws IOException {
        Files.createLink(logs.resolve("evil.log"), victim);

        CommandRun run = run(logs + "/*.log", "");

        assertThat(victim).hasContent("ERROR one");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("evil.log: has 2 names (hard links)").contains("'allowHardLinks: true'");
    }

    @Test
    void aFileWithSeveralNamesIsFixedWhereThatIsAllowed() throws IOException {
        Files.createLink(logs.resolve("second.log"), victim);

        CommandRun run = run(logs + "/*.log", ", allowHardLinks: true");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(victim).hasContent("FIXED one");
    }

    @Test
    void anInputWithoutFixesFollowsLinksAsContainerLogsNeedIt() throws IOException {
        Files.delete(logs.resolve("app.log"));
        Files.createSymbolicLink(logs.resolve("pod.log"), victim);

        CommandRun run = CommandRun.of("run", "--once", "-c", configuration(logs + "/*.log", ""));

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output()).isEqualTo("ERROR one\n");
    }

    private CommandRun run(String include, String more) throws IOException {
        return CommandRun.of(
                "run", "--once", "-c", configuration(include, "fix: { replace: FIXED%s }".formatted(more)));
    }

    private Path configuration(String include, String fix) throws IOException {
        return Files.writeString(directory.resolve("pickaroon.yaml"), """
            checkpoint: { path: "%s/state/checkpoint" }
            inputs:
              - { id: app, include: [ "%s" ] }
            rules:
              - id: errors
                match: { literal: ERROR }
                emit: { topic: errors }
                %s
            output: { console: {} }
            """.formatted(directory, include, fix));
    }
}
