package io.pickaroon.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Which part may know which: app everything, connectors the processor, records and the matches of inputs as they are shown,
 * config the records, processor and records nothing of ours ({@link InputsPackagesTest}: inputs); within the processor each
 * package those that stand before it; and each foreign library one place.
 *
 * <p>The program uses the engine through its doors: the root package with its facades, and {@code delivery}, {@code
 * directio}, {@code file}, {@code input}, {@code metrics}, {@code rule}, {@code scan} and {@code time}. Beyond them are ten classes that stand in the
 * signatures of those, and four packages whose work it is to look inside.
 *
 * <p>The dev-broker is no part of the class path here. Its module depends on nothing of ours.
 */
class ArchitectureTest {
    private static final String PROCESSOR = "io.pickaroon.processor";
    /** Each row may use the rows before it. Packages of one row do not know each other. */
    private static final List<List<String>> PROCESSOR_PACKAGES = List.of(
            List.of("directio"),
            List.of("file"),
            List.of("decode", "container"),
            List.of("window", "host"),
            List.of("search"),
            List.of("regex"),
            List.of("time"),
            List.of("detect"),
            List.of("secret"),
            List.of("rule"),
            List.of("scan"),
            List.of("delivery", "input"),
            List.of("audit"),
            List.of("fix"),
            List.of("checkpoint", "metrics"),
            List.of("commit"),
            List.of("read"),
            List.of("track"),
            List.of("once", "follow"));

    static final List<List<String>> INPUTS =
            List.of(List.of("decode", "shown"), List.of("discovery"), List.of("rules"));

    /** Packages of the processor that the program uses freely. {@code directio} is a library: it knows no other package. */
    private static final List<String> DOORS =
            List.of("delivery", "directio", "file", "input", "metrics", "rule", "scan", "time");

    /** Classes behind the doors that stand in the signatures of those before them. */
    private static final Set<String> SHOWN = Set.of(
            "audit.TrailPlace", // RunState tells where a trail ends
            "audit.TrailSettings", // and takes them
            "container.ContainerFormat", // a RecordFormat has one
            "detect.Detector", // Pattern.Detect has them
            "decode.ContentFormat", // LogInput and LogSearch take formats
            "fix.FixTally", // the figures of a ledger
            "secret.Allowance", // a SecretRule has them
            "secret.SecretRule", // Pattern.Detect has them
            "fix.FixedWindow", // passed on by RunCounters
            "window.Delimiter", // LogInput and LogSearch take a plan of windows
            "window.RecordFormat",
            "window.WindowPlan");

    /** Who looks behind the doors: package of the program, and the packages or classes of the processor that it sees. */
    private static final Map<String, Set<String>> INSPECTORS = Map.of(
            // Checks trails, and compares them with what a checkpoint keeps of them.
            "app.audit", Set.of("audit", "checkpoint"),
            // Shows and changes every field of a checkpoint: a facade would repeat its whole format.
            "app.checkpoint", Set.of("checkpoint", "fix", "decode", "commit.Recovery"),
            // Reads checkpoints and journals that a run may be using, for the other commands.
            "app.inspect", Set.of("checkpoint", "fix", "audit"),
            // Compares files with what a trail says of them.
            "app.verify", Set.of("audit"),
            // Looks whether a file still has the content that was delivered.
            "app.replay", Set.of("decode"),
            // Adds a format to those of the engine, and lists them all.
            "inputs.decode", Set.of("decode"),
            // Has each detector of a rule look alone.
            "app.plan", Set.of("detect.Detection"),
            // Walks over the lines around matches as the engine does.
            "app.scan", Set.of("window.RecordWalk"));

    static final JavaClasses OURS = new ClassFileImporter()
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
        "processor.LogProcessor, io.pickaroon.config.settings.Settings, processor knows only itself",
        "processor.scan.Scanner, io.pickaroon.connectors.KafkaSink, processor knows only itself",
        "processor.file.LogFile, io.pickaroon.app.Main, processor knows only itself",
        "config.Settings, io.pickaroon.processor.rule.Rule, config knows only records",
        "config.Settings, io.pickaroon.connectors.KafkaSink, config knows only records",
        "config.Settings, io.pickaroon.app.Main, config knows only records",
        "connectors.KafkaSink, io.pickaroon.config.settings.Settings, connectors know processor and records and shown",
        "connectors.KafkaSink, io.pickaroon.app.Main, connectors know processor and records and shown",
        "connectors.KafkaSink, io.pickaroon.inputs.decode.Zstd, connectors know processor and records and shown",
        "processor.LogProcessor, io.pickaroon.inputs.decode.Zstd, processor knows only itself",
        "processor.LogProcessor, io.pickaroon.records.Template, processor knows only itself",
        "records.Template, io.pickaroon.processor.regex.Nfa, records know only the JDK and two libraries",
        "records.Template, io.pickaroon.config.problem.Problem, records know only the JDK and two libraries",
        "records.Template, io.pickaroon.app.Main, records know only the JDK and two libraries",
        "records.Template, reactor.core.publisher.Flux, records know only the JDK and two libraries",
        "records.Template, org.slf4j.Logger, records know only the JDK and two libraries",
        "processor.directio.BlockFile, io.pickaroon.processor.file.LogFile, processor.directio uses packages before it",
        "processor.file.LogFile, io.pickaroon.processor.decode.Decoding, processor.file uses packages before it",
        "processor.decode.Decoding, io.pickaroon.processor.window.Window, processor.decode uses packages before it",
        "processor.container.Part, io.pickaroon.processor.window.Window, processor.container uses packages before it",
        "processor.container.Part, io.pickaroon.processor.decode.Decoding, processor.container uses packages before it",
        "processor.window.Window, io.pickaroon.processor.host.Machine, processor.window uses packages before it",
        "processor.host.Machine, io.pickaroon.processor.window.Window, processor.host uses packages before it",
        "processor.window.Window, io.pickaroon.processor.search.Needle, processor.window uses packages before it",
        "processor.search.Needle, io.pickaroon.processor.regex.Nfa, processor.search uses packages before it",
        "processor.regex.Nfa, io.pickaroon.processor.rule.Rule, processor.regex uses packages before it",
        "processor.time.TimeRange, io.pickaroon.processor.rule.Rule, processor.time uses packages before it",
        "processor.rule.Rule, io.pickaroon.processor.scan.Scanner, processor.rule uses packages before it",
        "processor.scan.Scanner, io.pickaroon.processor.delivery.MatchSink, processor.scan uses packages before it",
        "processor.delivery.Delivery, io.pickaroon.processor.input.LogInput, processor.delivery uses packages before"
                + " it",
        "processor.input.LogInput, io.pickaroon.processor.delivery.Delivery, processor.input uses packages before it",
        "processor.input.LogInput, io.pickaroon.processor.fix.Fixer, processor.input uses packages before it",
        "processor.audit.AuditTrail, io.pickaroon.processor.fix.Fixer, processor.audit uses packages before it",
        "processor.fix.Fixer, io.pickaroon.processor.checkpoint.Checkpoint, processor.fix uses packages before it",
        "processor.checkpoint.Checkpoint, io.pickaroon.processor.metrics.Ledger, processor.checkpoint uses packages"
                + " before it",
        "processor.metrics.Ledger, io.pickaroon.processor.checkpoint.Checkpoint, processor.metrics uses packages"
                + " before it",
        "processor.metrics.Ledger, io.pickaroon.processor.commit.Committer, processor.metrics uses packages before it",
        "processor.commit.Committer, io.pickaroon.processor.read.WindowCursor, processor.commit uses packages before"
                + " it",
        "processor.read.WindowCursor, io.pickaroon.processor.track.FileTracker, processor.read uses packages before it",
        "processor.track.FileTracker, io.pickaroon.processor.follow.FollowedFile, processor.track uses packages before"
                + " it",
        "processor.once.OnceRun, io.pickaroon.processor.follow.FollowedFile, processor.once uses packages before it",
        "processor.follow.FollowedFile, io.pickaroon.processor.once.OnceRun, processor.follow uses packages before it",
        "processor.follow.FollowedFile, io.pickaroon.processor.LogProcessor, processor.follow uses packages before it",
        "app.Main, io.pickaroon.processor.follow.FollowScheduler, the engine has doors",
        "app.fix.FixState, io.pickaroon.processor.checkpoint.CheckpointFile, the engine has doors",
        "app.fix.FixRun, io.pickaroon.processor.fix.RedoJournal, the engine has doors",
        "app.fix.FixRun, io.pickaroon.processor.audit.AuditTrail, the engine has doors",
        "app.scan.ScanRun, io.pickaroon.processor.window.DecodedWindows, the engine has doors",
        "app.pipeline.Pipeline, io.pickaroon.processor.commit.Recovery, the engine has doors",
        "app.checkpoint.CheckpointView, io.pickaroon.processor.commit.Committer, the engine has doors",
        "app.inspect.CheckpointAtRest, io.pickaroon.processor.commit.Recovery, the engine has doors",
        "inputs.decode.Zstd, io.pickaroon.processor.checkpoint.Checkpoint, the engine has doors",
        "processor.support.Anything, java.lang.Object, processor has these packages",
        "processor.file.LogFile, com.sun.jna.Pointer, JNA only in processor.directio",
        "app.Main, com.sun.jna.Native, JNA only in processor.directio",
        "processor.window.Window, jdk.incubator.vector.ByteVector, the Vector API only in processor.search",
        "processor.delivery.Delivery, org.apache.kafka.clients.producer.Producer, Kafka only in connectors",
        "app.Main, reactor.kafka.sender.KafkaSender, Kafka only in connectors",
        "records.Template, com.google.protobuf.ByteString, protobuf only in records.otlp",
        "records.emit.RecordForm, io.opentelemetry.proto.logs.v1.LogsData, protobuf only in records.otlp",
        "connectors.KafkaSink, com.google.protobuf.ByteString, protobuf only in records.otlp",
        "processor.LogProcessor, org.snakeyaml.engine.v2.api.Load, YAML only in config",
        "app.Main, org.snakeyaml.engine.v2.api.Load, YAML only in config",
        "app.Main, org.tomlj.Toml, TOML only in config.gitleaks",
        "config.section.MatchSection, org.tomlj.Toml, TOML only in config.gitleaks",
        "processor.detect.Detection, io.pickaroon.processor.secret.SecretRules, processor.detect uses packages before"
                + " it",
        "processor.secret.SecretRules, io.pickaroon.processor.rule.Rule, processor.secret uses packages before it",
    })
    void refuses(String from, String to, String description) throws IOException {
        ArchRule rule = RULES.stream()
                .filter(r -> r.getDescription().equals(description))
                .findFirst()
                .orElseThrow();
        assertThat(rule.evaluate(classWithField(directory, "io.pickaroon." + from, to))
                        .hasViolation())
                .isTrue();
    }

    private static List<ArchRule> rules() {
        List<ArchRule> rules = new ArrayList<>();
        rules.add(knows("processor", "processor").as("processor knows only itself"));
        rules.add(knows("config", "config", "records").as("config knows only records"));
        rules.add(knows("connectors", "connectors", "processor", "records", "inputs.shown")
                .as("connectors know processor and records and shown"));
        rules.add(classes()
                .that()
                .resideInAPackage("io.pickaroon.records..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.pickaroon.records..",
                        "java..",
                        "com.fasterxml.jackson.core..",
                        "com.google.protobuf..",
                        "io.opentelemetry.proto..")
                .as("records know only the JDK and two libraries"));
        rules.addAll(order("processor", PROCESSOR_PACKAGES));
        rules.add(doors());
        rules.add(only("processor.directio", "com.sun.jna..").as("JNA only in processor.directio"));
        rules.add(only("processor.search", "jdk.incubator.vector..").as("the Vector API only in processor.search"));
        rules.add(only("connec*", "org.apache.kafka..", "reactor.kafka..").as("Kafka only in connectors"));
        rules.add(only("records.otlp", "com.google.protobuf..", "io.opentelemetry..")
                .as("protobuf only in records.otlp"));
        rules.add(only("config", "org.snakeyaml..", "org.yaml..").as("YAML only in config"));
        rules.add(only("config.gitleaks", "org.tomlj..", "org.antlr..").as("TOML only in config.gitleaks"));
        return List.copyOf(rules);
    }

    private static ArchRule doors() {
        ArchCondition<JavaClass> condition = new ArchCondition<>("use the engine through its doors") {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                from.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> !mayUse(from, dependency.getTargetClass()))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(from, dependency.getDescription())));
            }
        };
        return classes()
                .that()
                .resideInAnyPackage("io.pickaroon.app..", "io.pickaroon.inputs..")
                .should(condition)
                .as("the engine has doors");
    }

    private static boolean mayUse(JavaClass from, JavaClass to) {
        String engine = "io.pickaroon.processor.";
        if (!to.getPackageName().startsWith(engine)) {
            return true;
        }
        String place = to.getPackageName().substring(engine.length());
        String name = to.getName().substring(engine.length()).replaceFirst("\\$.*", "");
        Set<String> seen = INSPECTORS.getOrDefault(from.getPackageName().replace("io.pickaroon.", ""), Set.of());
        return DOORS.contains(place) || SHOWN.contains(name) || seen.contains(place) || seen.contains(name);
    }

    /** Each package of a base uses those of the rows before its own, and there are no others. The base itself comes last. */
    static List<ArchRule> order(String base, List<List<String>> rows) {
        String root = "io.pickaroon." + base;
        List<ArchRule> rules = new ArrayList<>();
        List<String> after = new ArrayList<>(List.of(root));
        for (List<String> row : rows.reversed()) {
            for (String name : row) {
                String[] forbidden = Stream.concat(
                                after.stream(),
                                row.stream()
                                        .filter(other -> !other.equals(name))
                                        .map(other -> root + "." + other))
                        .toArray(String[]::new);
                rules.add(noClasses()
                        .that()
                        .resideInAPackage(root + "." + name)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(forbidden)
                        .as(base + "." + name + " uses packages before it"));
            }
            row.stream().map(name -> root + "." + name).forEach(after::add);
        }
        rules.add(classes()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .resideInAnyPackage(after.toArray(String[]::new))
                .as(base + " has these packages"));
        return rules;
    }

    static ArchRule knows(String module, String... allowed) {
        String[] ours = Stream.concat(
                        Stream.of("app", "config", "connectors", "devbroker", "processor", "records"),
                        INPUTS.stream().flatMap(List::stream).map(name -> "inputs." + name))
                .filter(other -> Stream.of(allowed).noneMatch(one -> (other + ".").startsWith(one + ".")))
                .map(other -> "io.pickaroon." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("io.pickaroon." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ours);
    }

    static ArchRule only(String place, String... libraries) {
        return noClasses()
                .that()
                .resideOutsideOfPackage("io.pickaroon." + place + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries);
    }

    static JavaClasses classWithField(Path directory, String name, String type) throws IOException {
        ClassFile.of()
                .buildTo(
                        directory.resolve("Wrong.class"),
                        ClassDesc.of(name),
                        built -> built.withField("field", ClassDesc.of(type), 0));
        return new ClassFileImporter().importPath(directory);
    }
}
