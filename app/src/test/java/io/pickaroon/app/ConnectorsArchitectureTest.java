package io.pickaroon.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What a connector may use: the processor through its doors, no other sink, and within the Kafka sink each package those
 * that stand before it.
 */
class ConnectorsArchitectureTest {
    private static final String PROCESSOR = "io.pickaroon.processor";
    /** Each row may use the rows before it. The sink itself, in the package around these, comes last. */
    private static final List<List<String>> KAFKA_PACKAGES = List.of(
            List.of("settings"),
            List.of("client", "claim"),
            List.of("positions"),
            List.of("topics"),
            List.of("records"),
            List.of("send"),
            List.of("start"),
            List.of("admin"));

    private static final List<String> DOORS = List.of("delivery", "input", "metrics");

    /**
     * Of the other packages: what a window says about its file and its matches, and of directio how paths are written and
     * files that are held open. No system call.
     */
    private static final List<String> SINGLE_DOORS = List.of(
            "directio.ByteText",
            "directio.FileStatus",
            "directio.NativePath",
            "directio.PinnedFile",
            "file.FileIdentity",
            "file.LineEnds",
            "file.LogFile",
            "file.Position",
            "file.StreamPlaces",
            "rule.MatchIds",
            "rule.Rule",
            "scan.EditBatch",
            "scan.MatchBatch",
            "scan.ScannedWindow");

    static final List<ArchRule> RULES = rules();

    @TempDir
    Path directory;

    @ParameterizedTest
    @FieldSource("RULES")
    void holds(ArchRule rule) {
        rule.check(ArchitectureTest.OURS);
    }

    /** What is forbidden, as a class that has a field of a type; each rule is the one that refuses some of them. */
    @ParameterizedTest
    @CsvSource({
        "connectors.kafka.KafkaSink, io.pickaroon.processor.read.WindowCursor, connectors use the engine's doors",
        "connectors.console.ConsoleSink, io.pickaroon.processor.commit.Committer, connectors use the engine's doors",
        "connectors.kafka.KafkaSink, io.pickaroon.processor.checkpoint.CheckpointFile, connectors use the engine's"
                + " doors",
        "connectors.ndjson.NdjsonFile, io.pickaroon.processor.directio.SystemCalls, connectors use the engine's doors",
        "connectors.kafka.KafkaSink, io.pickaroon.processor.scan.Scanner, connectors use the engine's doors",
        "connectors.kafka.KafkaSink, io.pickaroon.processor.file.ChannelLogFile, connectors use the engine's doors",
        "connectors.kafka.settings.KafkaSinkSettings, io.pickaroon.connectors.kafka.client.ClientProperties,"
                + " connectors.kafka.settings uses packages before it",
        "connectors.kafka.client.KafkaFailures, io.pickaroon.connectors.kafka.claim.Claim, connectors.kafka.client"
                + " uses packages before it",
        "connectors.kafka.claim.Claim, io.pickaroon.connectors.kafka.client.ClientProperties, connectors.kafka.claim"
                + " uses packages before it",
        "connectors.kafka.positions.PositionsTopic, io.pickaroon.connectors.kafka.topics.Preflight,"
                + " connectors.kafka.positions uses packages before it",
        "connectors.kafka.topics.Preflight, io.pickaroon.connectors.kafka.records.TopicRoute, connectors.kafka.topics"
                + " uses packages before it",
        "connectors.kafka.records.TopicRoute, io.pickaroon.connectors.kafka.send.Sender, connectors.kafka.records uses"
                + " packages before it",
        "connectors.kafka.send.Sender, io.pickaroon.connectors.kafka.start.Takeover, connectors.kafka.send uses"
                + " packages before it",
        "connectors.kafka.start.Takeover, io.pickaroon.connectors.kafka.admin.KeptPositions, connectors.kafka.start"
                + " uses packages before it",
        "connectors.kafka.start.Takeover, io.pickaroon.connectors.kafka.KafkaSession, connectors.kafka.start uses"
                + " packages before it",
        "connectors.kafka.admin.KeptPositions, io.pickaroon.connectors.kafka.KafkaSession, connectors.kafka.admin uses"
                + " packages before it",
        "connectors.kafka.support.Anything, java.lang.Object, connectors.kafka has these packages",
        "connectors.kafka.KafkaSink, io.pickaroon.connectors.broker.TopicReader, sinks know no demo broker",
        "connectors.ndjson.NdjsonFile, io.pickaroon.connectors.kafka.KafkaSink, connectors.ndjson knows no other sink",
        "connectors.console.ConsoleSink, io.pickaroon.connectors.ndjson.NdjsonFile, connectors.console knows no other"
                + " sink",
    })
    void refuses(String from, String to, String description) throws IOException {
        ArchRule rule = RULES.stream()
                .filter(r -> r.getDescription().equals(description))
                .findFirst()
                .orElseThrow();
        assertThat(rule.evaluate(ArchitectureTest.classWithField(directory, "io.pickaroon." + from, to))
                        .hasViolation())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "connectors.kafka.KafkaSink, io.pickaroon.processor.delivery.MatchSink",
        "connectors.ndjson.NdjsonFile, io.pickaroon.processor.directio.FileStatus",
    })
    void allows(String from, String to) throws IOException {
        ArchRule rule = RULES.stream()
                .filter(r -> r.getDescription().equals("connectors use the engine's doors"))
                .findFirst()
                .orElseThrow();
        assertThat(rule.evaluate(ArchitectureTest.classWithField(directory, "io.pickaroon." + from, to))
                        .hasViolation())
                .isFalse();
    }

    private static List<ArchRule> rules() {
        List<ArchRule> rules = new ArrayList<>(ArchitectureTest.order("connectors.kafka", KAFKA_PACKAGES));
        rules.add(noClasses()
                .that()
                .resideInAPackage("io.pickaroon.connectors..")
                .should()
                .dependOnClassesThat(behindDoors())
                .as("connectors use the engine's doors"));
        rules.add(noClasses()
                .that()
                .resideInAnyPackage(
                        "io.pickaroon.connectors.kafka..",
                        "io.pickaroon.connectors.ndjson..",
                        "io.pickaroon.connectors.console..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.pickaroon.connectors.broker..")
                .as("sinks know no demo broker"));
        rules.add(aloneAmongSinks("ndjson", "console", "kafka"));
        rules.add(aloneAmongSinks("console", "ndjson", "kafka"));
        return List.copyOf(rules);
    }

    private static DescribedPredicate<JavaClass> behindDoors() {
        Set<String> open = Stream.concat(Stream.of(PROCESSOR), DOORS.stream().map(name -> PROCESSOR + "." + name))
                .collect(Collectors.toUnmodifiableSet());
        Set<String> single =
                SINGLE_DOORS.stream().map(name -> PROCESSOR + "." + name).collect(Collectors.toUnmodifiableSet());
        return DescribedPredicate.describe(
                "are behind the doors of the processor",
                used -> used.getPackageName().startsWith(PROCESSOR)
                        && !open.contains(used.getPackageName())
                        && !single.contains(used.getName().replaceFirst("[$].*", "")));
    }

    private static ArchRule aloneAmongSinks(String sink, String... others) {
        return noClasses()
                .that()
                .resideInAPackage("io.pickaroon.connectors." + sink)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Stream.of(others)
                        .map(other -> "io.pickaroon.connectors." + other + "..")
                        .toArray(String[]::new))
                .as("connectors." + sink + " knows no other sink");
    }
}
