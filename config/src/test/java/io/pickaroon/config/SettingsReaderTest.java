package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.check.PropertiesCheck;
import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.check.SettingsCheck;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.SettingsException;
import io.pickaroon.config.section.Machine;
import io.pickaroon.config.settings.AuditSettings;
import io.pickaroon.config.settings.CheckpointSettings;
import io.pickaroon.config.settings.EmitSettings;
import io.pickaroon.config.settings.FileSettings;
import io.pickaroon.config.settings.FixSettings;
import io.pickaroon.config.settings.HeaderSettings;
import io.pickaroon.config.settings.HttpSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.settings.MultilineSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.OutputSettings.DeadLetter;
import io.pickaroon.config.settings.OutputSettings.Delivery;
import io.pickaroon.config.settings.OutputSettings.OnRefusedRecord;
import io.pickaroon.config.settings.ProcessSettings;
import io.pickaroon.config.settings.RecordSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.config.value.Expansion;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.yaml.Problems;
import io.pickaroon.config.yaml.SourceText;
import io.pickaroon.records.Template;
import io.pickaroon.records.TemplateException;
import io.pickaroon.records.TemplateScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    private static final RecursiveComparisonConfiguration STRICT = RecursiveComparisonConfiguration.builder()
            .withStrictTypeChecking(true)
            .build();

    @TempDir
    Path directory;

    private static EmitSettings emit(String topic, HeaderSettings headers, EmitSettings.Format format) {
        try {
            return new EmitSettings(
                    new EmitSettings.Target(
                            Template.parse(topic, TemplateScope.of(_ -> null)),
                            Optional.empty(),
                            EmitSettings.Partition.FILE),
                    Optional.empty(),
                    headers,
                    format,
                    EmitSettings.Selection.ALL);
        } catch (TemplateException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyDefaultIsFilledIn() throws SettingsException {
        SourceText source = SourceText.of(Path.of("test.yaml"), SettingsFile.VALID);
        Machine machine = new Machine(() -> 12);

        Settings settings = SettingsReader.read(
                source,
                new Reading(new Problems(source), new Expansion(_ -> null), RegexCheck.NONE, PropertiesCheck.NONE),
                machine);

        assertThat(settings)
                .usingRecursiveComparison(STRICT)
                .isEqualTo(new Settings(
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new InputSettings(
                                "app",
                                new FileSettings(List.of("/var/log/app.log"), List.of(), Optional.empty()),
                                InputSettings.Start.BEGINNING,
                                16 * 1024 * 1024,
                                new RecordSettings(
                                        RecordSettings.LineBreak.AUTO,
                                        1024 * 1024,
                                        Optional.empty(),
                                        Optional.empty()))),
                        List.of(new RuleSettings(
                                "errors",
                                List.of("app"),
                                new MatchSettings.Literal("ERROR", false),
                                Optional.of(emit("errors", new HeaderSettings.Default(), EmitSettings.Format.MESSAGE)),
                                Optional.empty(),
                                true)),
                        new OutputSettings.Console(),
                        new ProcessSettings(
                                12,
                                256,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(5),
                                Optional.empty(),
                                Optional.empty())));
    }

    @Test
    void theMachineGivesProcessorsAndTheCheckpointAName() throws SettingsException {
        Settings settings = SettingsFile.of(directory, SettingsFile.VALID).read();

        assertThat(settings.instance()).isEmpty();
        assertThat(settings.process().threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void everyKeyIsRead() throws SettingsException {
        Settings settings = SettingsFile.of(directory, """
            instance: shop-7
            checkpoint: { path: /var/lib/p/checkpoint, interval: 2s, forgetAfter: 3d }
            threads: 3
            maxOpenFiles: 9
            lookInterval: 1m
            stopTimeout: 20s
            http: { port: 0, host: "::1" }
            audit: { file: /var/lib/audit.ndjson, key: "${K:0123456789abcdef}", rotateAt: 1MiB }
            inputs:
              - id: one
                include: [ a.log, 'b*.log' ]
                exclude: [ "*.gz" ]
                start: end
                windowBytes: 4KiB
                maxRecordBytes: 1
                delimiter: crlf
                ignoreOlder: 36h
                multiline: { start: '^\\d', continuation: '^\\s', timeout: 200ms }
                flushAfter: 1m
                maxRate: 5MiB/s
              - { id: two, include: [ c.log ], delimiter: "|\\0", windowBytes: 1GiB, maxRecordBytes: 256MiB }
            rules:
              - id: replaced
                inputs: [ two ]
                match: { anyOf: [ WARN, ÄÖ ], ignoreCase: true }
                emit: { topic: t, format: json, headers: none }
                fix: { replace: FINE, protectHead: 1KiB, when: rotated, allowNetworkFileSystem: true }
              - id: masked
                match: { regex: '(?P<pan>\\d+)' }
                fix: { mask: 0, group: pan, keepFirst: 1, keepLast: 4 }
            output:
              kafka:
                bootstrapServers: a:1, [::1]:9092
                delivery: at-least-once
                properties: { linger.ms: 1e3, acks: all, client.id: "007", empty: "" }
                deadLetter: { file: /tmp/dead }
                onRefusedRecord: dead-letter
            """).read();

        assertThat(settings)
                .usingRecursiveComparison(STRICT)
                .isEqualTo(new Settings(
                        Optional.of("shop-7"),
                        Optional.of(new CheckpointSettings(
                                Path.of("/var/lib/p/checkpoint"), Duration.ofSeconds(2), Duration.ofDays(3))),
                        List.of(
                                new InputSettings(
                                        "one",
                                        new FileSettings(
                                                List.of("a.log", "b*.log"),
                                                List.of("*.gz"),
                                                Optional.of(Duration.ofHours(36)),
                                                Optional.of(5L << 20)),
                                        InputSettings.Start.END,
                                        4096,
                                        new RecordSettings(
                                                RecordSettings.LineBreak.CRLF,
                                                1,
                                                Optional.of(new MultilineSettings(
                                                        Optional.of("^\\d"),
                                                        Optional.of("^\\s"),
                                                        Duration.ofMillis(200))),
                                                Optional.of(Duration.ofMinutes(1)))),
                                new InputSettings(
                                        "two",
                                        new FileSettings(List.of("c.log"), List.of(), Optional.empty()),
                                        InputSettings.Start.BEGINNING,
                                        1 << 30,
                                        new RecordSettings(
                                                new RecordSettings.Text("|\0"),
                                                256 << 20,
                                                Optional.empty(),
                                                Optional.empty()))),
                        List.of(
                                new RuleSettings(
                                        "replaced",
                                        List.of("two"),
                                        new MatchSettings.AnyOf(List.of("WARN", "ÄÖ"), true),
                                        Optional.of(emit("t", new HeaderSettings.None(), EmitSettings.Format.JSON)),
                                        Optional.of(new FixSettings(
                                                new FixSettings.Replace("FINE"),
                                                Optional.empty(),
                                                1024,
                                                FixSettings.When.ROTATED,
                                                false,
                                                true)),
                                        true),
                                new RuleSettings(
                                        "masked",
                                        List.of("one", "two"),
                                        new MatchSettings.Regex("(?P<pan>\\d+)", false),
                                        Optional.empty(),
                                        Optional.of(new FixSettings(
                                                new FixSettings.Mask('0', 1, 4),
                                                Optional.of("pan"),
                                                0,
                                                FixSettings.When.IMMEDIATELY,
                                                false,
                                                false)),
                                        true)),
                        new OutputSettings.Kafka(
                                "a:1,[::1]:9092",
                                Delivery.AT_LEAST_ONCE,
                                Map.of("linger.ms", "1e3", "acks", "all", "client.id", "007", "empty", ""),
                                Optional.of(new DeadLetter.File(Path.of("/tmp/dead"))),
                                OnRefusedRecord.DEAD_LETTER),
                        new ProcessSettings(
                                3,
                                9,
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(20),
                                Optional.of(new HttpSettings("::1", 0)),
                                Optional.of(new AuditSettings(
                                        Path.of("/var/lib/audit.ndjson"), Optional.of("0123456789abcdef"), 1 << 20)))));
    }

    @Test
    void knowsWhereTheGlobsOfAnInputStand() throws SettingsException {
        SettingsFile file = SettingsFile.of(directory, SettingsFile.VALID.replace("app.log ]", "app.log, b.log ]"));

        assertThat(SettingsReader.readLocated(
                                file.path(),
                                _ -> null,
                                RegexCheck.NONE,
                                PropertiesCheck.NONE,
                                SettingsCheck.NONE,
                                _ -> {})
                        .includes())
                .isEqualTo(Map.of("app", List.of(new Place(3, 16), new Place(3, 34))));
    }

    @Test
    void topicsAreCreatedOnlyWhereThatIsAskedFor() throws SettingsException {
        String kafka = SettingsFile.VALID.replace("console: {}", "kafka: { bootstrapServers: 'a:1' }");
        String creating = kafka.replace(
                "'a:1' }", "'a:1', createTopics: { partitions: \"${PARTITIONS}\", replicationFactor: 3 } }");

        assertThat(SettingsFile.of(directory, kafka).read().output())
                .isInstanceOfSatisfying(
                        OutputSettings.Kafka.class,
                        output -> assertThat(output.createTopics()).isEmpty());
        assertThat(SettingsFile.of(directory, creating)
                        .with(Map.of("PARTITIONS", "12"))
                        .read()
                        .output())
                .isInstanceOfSatisfying(
                        OutputSettings.Kafka.class,
                        output -> assertThat(output.createTopics()).contains(new OutputSettings.CreateTopics(12, 3)));
    }

    @Test
    void aByteOrderMarkAndCarriageReturnsAreNoProblem() throws SettingsException {
        String windows = "\uFEFF" + SettingsFile.VALID.replace("\n", "\r\n");

        assertThat(SettingsFile.of(directory, windows).read())
                .usingRecursiveComparison(STRICT)
                .isEqualTo(SettingsFile.of(directory, SettingsFile.VALID).read());
    }

    @Test
    void anAliasStandsForWhatItsAnchorNames() throws SettingsException {
        String shared = SettingsFile.VALID.replace("emit: { topic: errors }", "emit: &to { topic: errors }")
                + "# a second rule\n";
        String withAlias = shared.replace("output:", """
              - id: warnings
                match: { literal: WARN }
                emit: *to
            output:\
            """);

        assertThat(SettingsFile.of(directory, withAlias).read().rules())
                .extracting(rule -> rule.emit().orElseThrow().topic().toString())
                .containsExactly("errors", "errors");
    }

    @Test
    void jsonIsYamlToo() throws SettingsException {
        Settings settings = SettingsFile.of(directory, """
            {"inputs": [{"id": "app", "include": ["/var/log/app.log"]}],
            \t"rules": [{"id": "errors", "match": {"literal": "ERROR"}, "emit": {"topic": "errors"}}],
            \t"output": {"console": null}}
            """).read();

        assertThat(settings)
                .usingRecursiveComparison(STRICT)
                .isEqualTo(SettingsFile.of(directory, SettingsFile.VALID).read());
    }
}
