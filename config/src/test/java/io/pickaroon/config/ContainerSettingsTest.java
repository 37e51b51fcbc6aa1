package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.settings.ContainerSettings;
import io.pickaroon.config.settings.EmitSettings;
import io.pickaroon.config.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerSettingsTest {
    private static final String YAML = """
        inputs:
          - { id: pods, include: [ "/var/log/pods/*.log" ], format: %s }
        rules:
          - id: errors
            match: { field: { name: stream, equals: stderr } }
            emit: { topic: "pods-{field.stream}", format: raw }
        output: { console: {} }
        """;

    @TempDir
    Path directory;

    @Test
    void aContainerLogHasItsFormatAndTheFieldsOfEachRecord() throws Exception {
        Settings settings = SettingsFile.of(directory, YAML.formatted("docker, maxPartDistance: 1MiB"))
                .read();
        assertThat(settings.inputs().getFirst().records().container())
                .contains(new ContainerSettings(ContainerSettings.Format.DOCKER, 1 << 20));
        assertThat(settings.rules().getFirst().emit().orElseThrow().format()).isEqualTo(EmitSettings.Format.RAW);
        Settings cri = SettingsFile.of(directory, YAML.formatted("cri")).read();
        assertThat(cri.inputs().getFirst().records().container())
                .contains(new ContainerSettings(ContainerSettings.Format.CRI, 16 << 20));
    }

    @Test
    void otherLinesHaveNoSuchFields() throws IOException {
        assertThat(SettingsFile.of(directory, YAML.formatted("text")).mistakes())
                .isNotEmpty()
                .allSatisfy(mistake -> assertThat(mistake).contains("stream"));
    }

    @Test
    void onlyALineFeedEndsALine() throws IOException {
        assertThat(SettingsFile.of(directory, YAML.formatted("cri, delimiter: crlf"))
                        .mistakes())
                .singleElement()
                .asString()
                .contains("in a container log a line feed ends each line");
    }
}
