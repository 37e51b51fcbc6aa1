package io.pickaroon.inputs.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.pickaroon.config.SettingsReader;
import io.pickaroon.config.check.SettingsCheck.Refusal;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.processor.container.ContainerFormat;
import io.pickaroon.processor.input.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerInputsTest {
    @TempDir
    Path directory;

    @Test
    void aContainerLogIsReadAsSuchAndWaitsForPartsAsFlushAfterSays() throws Exception {
        Settings settings = settings("docker, maxPartDistance: 1MiB, flushAfter: 2s", "", "never");
        Reading reading = EngineInputs.reading(settings.inputs().getFirst(), settings.rules());
        assertThat(reading.plan().format().container())
                .contains(new ContainerFormat(ContainerFormat.Syntax.DOCKER, 1 << 20));
        assertThat(reading.tail().record()).isEqualTo(Duration.ofSeconds(2));
        assertThat(EngineInputs.rules(settings.rules(), "pods", RuleForms.of(settings, settings.output())))
                .noneMatch(rule -> rule.options().wholeLines());
        Settings raw = settings("cri", ", format: raw", "never");
        assertThat(EngineInputs.rules(raw.rules(), "pods", RuleForms.of(raw, raw.output())))
                .allMatch(rule -> rule.options().wholeLines());
        assertThat(UnsupportedSettings.in(settings)).isEmpty();
        assertThat(UnsupportedSettings.in(raw)).isEmpty();
    }

    @Test
    void whatCannotBeDoneIsSaidWithTheReason() throws Exception {
        assertThat(UnsupportedSettings.in(settings("docker", "", "immediately")))
                .singleElement()
                .extracting(Refusal::why, STRING)
                .startsWith("a fix cannot change the files of input pods: what Docker writes has escapes");
        assertThat(UnsupportedSettings.in(settings("cri", "", "immediately"))).isEmpty();
        assertThat(UnsupportedSettings.in(settings("cri", "", "rotated")))
                .singleElement()
                .extracting(Refusal::why, STRING)
                .startsWith("'when: rotated' of a rule that emits cannot go with the container logs");
        assertThat(UnsupportedSettings.in(settings("cri", ", context: { before: 1 }", "immediately")))
                .singleElement()
                .extracting(Refusal::why, STRING)
                .startsWith("'before' and 'after' cannot go with the container logs of input pods");
    }

    private Settings settings(String format, String emit, String when) throws Exception {
        Path file = Files.writeString(directory.resolve("test.yaml"), """
            checkpoint: { path: /var/lib/pickaroon/checkpoint }
            inputs:
              - { id: pods, include: [ "/var/log/pods/*.log" ], format: %s }
            rules:
              - id: cards
                match: { regex: '\\d{13,}' }
                emit: { topic: cards%s }
                fix: { mask: '*', when: %s }
            output: { console: {} }
            """.formatted(format, emit, when));
        return SettingsReader.read(file, Map.<String, String>of()::get);
    }
}
