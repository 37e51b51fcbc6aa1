package io.pickaroon.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Which part may know which: app everything, connectors the processor, processor and config nothing of ours; within the
 * processor each package those to its left; and each foreign library one place.
 *
 * <p>The dev-broker is no part of the class path here. Its module depends on nothing of ours.
 */
class ArchitectureTest {
    private static final List<String> PROCESSOR_PACKAGES =
            List.of("directio", "file", "window", "scan", "delivery", "fix", "checkpoint");

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.pickaroon");

    static final List<ArchRule> RULES = rules();

    @TempDir
    Path directory;

    @ParameterizedTest
    @FieldSource("RULES")
    void holds(ArchRule rule) {
        rule.check(OURS);
    }

    /** What is forbidden, as a class that has a field of a type; each rule is the one that refuses some of them. */
    @ParameterizedTest
    @CsvSource({
        "processor.LogProcessor, io.pickaroon.config.Settings, processor knows only itself",
        "processor.scan.Scanner, io.pickaroon.connectors.KafkaSink, processor knows only itself",
        "processor.file.LogFile, io.pickaroon.app.Main, processor knows only itself",
        "config.Settings, io.pickaroon.processor.scan.Rule, config knows only itself",
        "config.Settings, io.pickaroon.app.Main, config knows only itself",
        "connectors.KafkaSink, io.pickaroon.config.Settings, connectors know only the processor",
        "connectors.KafkaSink, io.pickaroon.app.Main, connectors know only the processor",
        "processor.file.LogFile, io.pickaroon.processor.window.Window, processor.file looks left",
        "processor.window.Window, io.pickaroon.processor.scan.Scanner, processor.window looks left",
        "processor.scan.Scanner, io.pickaroon.processor.delivery.MatchSink, processor.scan looks left",
        "processor.delivery.Delivery, io.pickaroon.processor.fix.Fixer, processor.delivery looks left",
        "processor.fix.Fixer, io.pickaroon.processor.checkpoint.Checkpoint, processor.fix looks left",
        "processor.checkpoint.Checkpoint, io.pickaroon.processor.LogProcessor, processor.checkpoint looks left",
        "processor.directio.BlockFile, io.pickaroon.processor.file.LogFile, processor.directio looks left",
        "processor.support.Anything, java.lang.Object, processor has these packages",
        "processor.file.LogFile, com.sun.jna.Pointer, JNA only in processor.directio",
        "app.Main, com.sun.jna.Native, JNA only in processor.directio",
        "processor.window.Window, jdk.incubator.vector.ByteVector, the Vector API only in processor.scan",
        "processor.delivery.Delivery, org.apache.kafka.clients.producer.Producer, Kafka only in connectors",
        "app.Main, reactor.kafka.sender.KafkaSender, Kafka only in connectors",
        "processor.LogProcessor, org.snakeyaml.engine.v2.api.Load, YAML only in config",
        "app.Main, org.snakeyaml.engine.v2.api.Load, YAML only in config",
    })
    void refuses(String from, String to, String description) throws IOException {
        ArchRule rule = RULES.stream()
                .filter(r -> r.getDescription().equals(description))
                .findFirst()
                .orElseThrow();
        assertThat(rule.evaluate(classWithField("io.pickaroon." + from, to)).hasViolation())
                .isTrue();
    }

    private static List<ArchRule> rules() {
        List<ArchRule> rules = new ArrayList<>();
        rules.add(knows("processor", "processor").as("processor knows only itself"));
        rules.add(knows("config", "config").as("config knows only itself"));
        rules.add(knows("connectors", "connectors", "processor").as("connectors know only the processor"));
        for (int i = 0; i < PROCESSOR_PACKAGES.size(); i++) {
            String name = PROCESSOR_PACKAGES.get(i);
            String[] right = Stream.concat(
                            Stream.of("io.pickaroon.processor"),
                            PROCESSOR_PACKAGES.stream().skip(i + 1).map(p -> "io.pickaroon.processor." + p + ".."))
                    .toArray(String[]::new);
            rules.add(noClasses()
                    .that()
                    .resideInAPackage("io.pickaroon.processor." + name + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(right)
                    .as("processor." + name + " looks left"));
        }
        rules.add(classes()
                .that()
                .resideInAPackage("io.pickaroon.processor..")
                .should()
                .resideInAnyPackage(Stream.concat(
                                Stream.of("io.pickaroon.processor"),
                                PROCESSOR_PACKAGES.stream().map(p -> "io.pickaroon.processor." + p))
                        .toArray(String[]::new))
                .as("processor has these packages"));
        rules.add(only("processor.directio", "com.sun.jna..").as("JNA only in processor.directio"));
        rules.add(only("processor.scan", "jdk.incubator.vector..").as("the Vector API only in processor.scan"));
        rules.add(only("connectors", "org.apache.kafka..", "reactor.kafka..").as("Kafka only in connectors"));
        rules.add(only("config", "org.snakeyaml..", "org.yaml..").as("YAML only in config"));
        return List.copyOf(rules);
    }

    private static ArchRule knows(String module, String... allowed) {
        String[] ours = Stream.of("app", "config", "connectors", "devbroker", "processor")
                .filter(other -> !List.of(allowed).contains(other))
                .map(other -> "io.pickaroon." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("io.pickaroon." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ours);
    }

    private static ArchRule only(String place, String... libraries) {
        return noClasses()
                .that()
                .resideOutsideOfPackage("io.pickaroon." + place + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries);
    }

    private JavaClasses classWithField(String name, String type) throws IOException {
        ClassFile.of()
                .buildTo(
                        directory.resolve("Wrong.class"),
                        ClassDesc.of(name),
                        built -> built.withField("field", ClassDesc.of(type), 0));
        return new ClassFileImporter().importPath(directory);
    }
}
