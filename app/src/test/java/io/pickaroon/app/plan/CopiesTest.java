package io.pickaroon.app.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.configuration.StartOrders;
import io.pickaroon.app.pipeline.RunPlanner;
import io.pickaroon.config.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopiesTest {
    @TempDir
    private Path directory;

    private PlannedLogs logs;

    @BeforeEach
    void write() throws IOException {
        logs = new PlannedLogs(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "app.log, app.log.1.gz, compressed",
        "app.log, app.log.gz, compressed",
        "app.log, app.log-20261130.zst, compressed",
        "app.log, app.log.2026-11-30.GZ, compressed",
        "app.log, app-2026-11-30.log.gz, compressed",
        "app.log, app-2026-11-30.0.log.gz, compressed",
        "app.log.1, app.log.2.gz, compressed",
        "app-2026-11-30.log, app-2026-11-29.log.gz, compressed",
        "syslog, syslog.2.gz, compressed",
        "app.log, app.log.1, rotated",
        "app.log, app.log-20261130, rotated",
        "app.log, app.log.old, rotated",
        "app.log, app.2026-11-30.log, rotated",
        "app.log, apple.log.gz, none",
        "app.log, app.log.json.gz, none",
        "app.log, other.gz, none",
        "app, apple.gz, none",
        "app.log, app.log, none"
    })
    void rotatedAndCompressedNamesAreKnown(String file, String sibling, String kind) {
        RotatedNames names = RotatedNames.of(file);

        assertThat(names.isCompressedCopy(sibling)).isEqualTo(kind.equals("compressed"));
        assertThat(names.isRotatedCopy(sibling)).isEqualTo(kind.equals("rotated"));
    }

    @Test
    void otherNamesOfAFileAreNamedAndThoseElsewhereAreCounted() throws IOException {
        Path beside = Files.createLink(logs.log.resolveSibling("backup"), logs.log);
        Files.createLink(directory.resolve("elsewhere"), logs.log);

        assertThat(copies(List.of()))
                .containsExactly(
                        new Copies.Copy(Copies.Kind.HARD_LINK, beside, logs.log),
                        new Copies.Copy(Copies.Kind.LINKED_ELSEWHERE, logs.log, logs.log));
    }

    @Test
    void siblingsOfFilesThatChangeAreNamedAndNoOthers() throws IOException {
        Path rotated = Files.writeString(logs.log.resolveSibling("a.log.7"), "x");
        Files.writeString(logs.other.resolveSibling("b.log.7"), "x");

        assertThat(copies(List.of(logs.log)))
                .containsExactlyInAnyOrder(
                        new Copies.Copy(Copies.Kind.COMPRESSED, logs.archive, logs.log),
                        new Copies.Copy(Copies.Kind.ROTATED, rotated, logs.log));
        assertThat(copies(List.of())).isEmpty();
    }

    @Test
    void aRotatedFileThatAnInputHasIsNoCopy() throws IOException {
        Files.writeString(logs.log.resolveSibling("a.log.7"), "x");
        Files.writeString(
                logs.configuration, Files.readString(logs.configuration).replace("/*.log\"", "/*.log*\""));

        assertThat(copies(List.of(logs.log)))
                .containsExactly(new Copies.Copy(Copies.Kind.COMPRESSED, logs.archive, logs.log));
    }

    private List<Copies.Copy> copies(List<Path> changed) throws IOException {
        RunPlan plan =
                new RunPlanner(logs.configuration, true, StartOrders.none(logs.configuration), Settings::output).plan();
        return Copies.of(plan, changed);
    }
}
