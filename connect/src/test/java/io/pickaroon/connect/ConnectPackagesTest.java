package io.pickaroon.connect;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the connector may know: no other destination and not the program, and each of its packages those that stand before it. */
class ConnectPackagesTest {
    private static final String ROOT = "io.pickaroon.connect";
    private static final List<String> ORDER =
            List.of("split", "generation", "read", "record", "settings", "listing", "task");
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    static final List<ArchRule> RULES = Stream.concat(
                    IntStream.range(0, ORDER.size()).mapToObj(ConnectPackagesTest::usesThoseBefore),
                    Stream.of(
                            noClasses()
                                    .should()
                                    .dependOnClassesThat()
                                    .resideInAnyPackage(
                                            "io.pickaroon.app..", "io.pickaroon.connectors..", "reactor.kafka.."),
                            noClasses()
                                    .that()
                                    .resideOutsideOfPackages(in("record"), in("settings"), in("task"), ROOT)
                                    .should()
                                    .dependOnClassesThat()
                                    .resideInAPackage("org.apache.kafka..")
                                    .as("only records, settings and tasks know Kafka"),
                            classes()
                                    .should()
                                    .resideInAnyPackage(Stream.concat(
                                                    Stream.of(ROOT),
                                                    ORDER.stream().map(ConnectPackagesTest::in))
                                            .toArray(String[]::new))))
            .toList();

    private static String in(String name) {
        return ROOT + "." + name + "..";
    }

    private static ArchRule usesThoseBefore(int place) {
        String[] behind = Stream.concat(ORDER.stream().skip(place + 1L).map(ConnectPackagesTest::in), Stream.of(ROOT))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(in(ORDER.get(place)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(behind)
                .as(ORDER.get(place) + " uses packages before it");
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void holds(ArchRule rule) {
        rule.check(OURS);
    }

    /** The rules see what they forbid: a task does use splits. */
    @Test
    void seesWhatAPackageUses() {
        ArchRule wrong = noClasses()
                .that()
                .resideInAPackage(in("task"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in("split"));
        assertThat(wrong.evaluate(OURS).hasViolation()).isTrue();
        assertThat(OURS.size()).isGreaterThan(40);
    }
}
