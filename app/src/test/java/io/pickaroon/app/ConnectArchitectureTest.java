package io.pickaroon.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What the program uses of the plug-in for Kafka Connect: splits and their offsets, which know no Kafka. */
class ConnectArchitectureTest {
    private static final String SPLITS = "io.pickaroon.connect.split";

    static final List<ArchRule> RULES = List.of(
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.pickaroon.connect..")
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("io.pickaroon.connect..").and(not(resideInAPackage(SPLITS))))
                    .as("of connect only splits"),
            noClasses()
                    .that()
                    .resideInAPackage(SPLITS)
                    .should()
                    .dependOnClassesThat()
                    .resideOutsideOfPackages(SPLITS, "io.pickaroon.processor.file", "java..")
                    .as("splits know files alone"));

    @TempDir
    Path directory;

    @ParameterizedTest
    @FieldSource("RULES")
    void holds(ArchRule rule) {
        rule.check(ArchitectureTest.OURS);
    }

    @ParameterizedTest
    @CsvSource({
        "app.fix.FixRun, io.pickaroon.connect.settings.ConnectorConfig, of connect only splits",
        "inputs.decode.Zstd, io.pickaroon.connect.PickaroonSourceTask, of connect only splits",
        "connect.split.Split, org.apache.kafka.connect.data.Schema, splits know files alone",
        "connect.split.Split, io.pickaroon.connect.read.SplitReader, splits know files alone",
    })
    void refuses(String from, String to, String description) throws IOException {
        ArchRule rule = RULES.stream()
                .filter(r -> r.getDescription().equals(description))
                .findFirst()
                .orElseThrow();
        JavaClasses wrong = ArchitectureTest.classWithField(directory, "io.pickaroon." + from, to);
        assertThat(rule.evaluate(wrong).hasViolation()).isTrue();
    }
}
