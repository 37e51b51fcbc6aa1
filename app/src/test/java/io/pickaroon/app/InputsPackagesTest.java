package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What inputs may know: config, the processor and records, and each of its packages those that stand before it. */
class InputsPackagesTest {
    static final List<ArchRule> RULES = rules();

    @TempDir
    Path directory;

    @ParameterizedTest
    @FieldSource("RULES")
    void holds(ArchRule rule) {
        rule.check(ArchitectureTest.OURS);
    }

    @ParameterizedTest
    @CsvSource({
        "inputs.decode.Zstd, io.pickaroon.connectors.kafka.KafkaSink, inputs know config and processor and records",
        "inputs.decode.Zstd, io.pickaroon.app.error.UserError, inputs know config and processor and records",
        "inputs.decode.Zstd, io.pickaroon.inputs.discovery.FileGlob, inputs.decode uses packages before it",
        "inputs.shown.ShownMatch, io.pickaroon.inputs.decode.Zstd, inputs.shown uses packages before it",
        "inputs.discovery.FileGlob, io.pickaroon.inputs.rules.EngineInputs, inputs.discovery uses packages before it",
        "inputs.helpers.Anything, io.pickaroon.inputs.decode.Zstd, inputs has these packages",
        "app.scan.ScanRun, com.github.luben.zstd.Zstd, zstd only in inputs.decode",
    })
    void refuses(String from, String to, String description) throws IOException {
        ArchRule rule = RULES.stream()
                .filter(r -> r.getDescription().equals(description))
                .findFirst()
                .orElseThrow();
        JavaClasses wrong = ArchitectureTest.classWithField(directory, "io.pickaroon." + from, to);
        assertThat(rule.evaluate(wrong).hasViolation()).isTrue();
    }

    private static List<ArchRule> rules() {
        List<ArchRule> rules = new ArrayList<>(ArchitectureTest.order("inputs", ArchitectureTest.INPUTS));
        rules.add(ArchitectureTest.knows("inputs", "inputs", "config", "processor", "records")
                .as("inputs know config and processor and records"));
        rules.add(ArchitectureTest.only("inputs.decode", "com.github.luben..").as("zstd only in inputs.decode"));
        return List.copyOf(rules);
    }
}
