package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.problem.SettingsException;
import io.pickaroon.config.settings.EmitSettings;
import io.pickaroon.config.settings.HeaderSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.ParseSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.config.settings.TimestampSettings;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a consumer gets of a record is read as it is written. */
class RecordSettingsTest {
    @TempDir
    Path directory;

    private Settings read(String yaml) throws SettingsException {
        return SettingsFile.of(directory, yaml)
                .with(Map.of("HOSTNAME", "web-7", "DC", "eu"))
                .read();
    }

    @Test
    void everyKeyOfAnEmitIsRead() throws SettingsException {
        EmitSettings emit = read("""
            inputs: [ { id: app, include: [ a ], parse: json } ]
            rules:
              - id: r
                match: { literal: a }
                emit:
                  topic: 'logs-{field.service:x}'
                  key: '{env.DC}/{field.order}'
                  partition: key
                  timestamp: { from: '{field.at}', format: 'dd.MM.uuuu HH:mm', zone: Europe/Berlin }
                  headers: [ file, { dc: '${DC}' }, { user: '{field.user}', rule-of: '{rule}' }, time ]
                  format: otlp
                  context: { before: 3, after: 1000 }
                  sample: '1/${PART:1000000}'
            output:
              kafka:
                bootstrapServers: 'a:1'
                onRefusedRecord: dead-letter
                deadLetter: { topic: dead }
                maxTopics: 7
            """).rules().getFirst().emit().orElseThrow();

        assertThat(emit.topic()).hasToString("logs-{field.service:x}");
        assertThat(emit.topic().literalPrefix()).isEqualTo("logs-");
        assertThat(emit.key().orElseThrow().literalPrefix()).isEqualTo("eu/");
        assertThat(emit.partition()).isEqualTo(EmitSettings.Partition.KEY);
        TimestampSettings time = emit.timestamp().orElseThrow();
        assertThat(time.from()).hasToString("{field.at}");
        assertThat(time.format()).isEqualTo("dd.MM.uuuu HH:mm");
        assertThat(time.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(((HeaderSettings.Listed) emit.headers()).headers())
                .extracting(header -> header.name() + "="
                        + header.value().map(Object::toString).orElse("-"))
                .containsExactly("file=-", "dc=eu", "user={field.user}", "rule-of={rule}", "time=-");
        assertThat(emit.format()).isEqualTo(EmitSettings.Format.OTLP);
        assertThat(emit.selection()).isEqualTo(new EmitSettings.Selection(1_000_000, 3, 1_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "context: { after: 2 }  | 1 0 2",
                "context: { before: 2 } | 1 2 0",
                "sample: 1/1            | 1 0 0",
                "sample: 1/7            | 7 0 0",
            })
    void anEmitSelectsRecords(String emit, String selection) throws SettingsException {
        assertThat(read(SettingsFile.VALID.replace("{ topic: errors }", "{ topic: errors, " + emit + " }"))
                        .rules()
                        .getFirst()
                        .emit()
                        .orElseThrow()
                        .selection())
                .extracting(found -> found.oneIn() + " " + found.before() + " " + found.after())
                .isEqualTo(selection);
    }

    @Test
    void whatAnEmitDoesNotSayHasADefault() throws SettingsException {
        Settings settings = read(SettingsFile.VALID
                .replace("{ topic: errors }", "{ topic: errors, timestamp: { from: '{id}', format: epochMillis } }")
                .replace("console: {}", "kafka: { bootstrapServers: 'a:1' }"));
        EmitSettings emit = settings.rules().getFirst().emit().orElseThrow();

        assertThat(emit.key()).isEmpty();
        assertThat(emit.partition()).isEqualTo(EmitSettings.Partition.FILE);
        assertThat(emit.headers()).isEqualTo(new HeaderSettings.Default());
        assertThat(emit.selection()).isEqualTo(EmitSettings.Selection.ALL);
        assertThat(emit.timestamp().orElseThrow().zone()).isEqualTo(ZoneOffset.UTC);
        assertThat(((OutputSettings.Kafka) settings.output()).maxTopics()).isEqualTo(100);
        assertThat(settings.inputs().getFirst().origin().host()).isEmpty();
        assertThat(settings.inputs().getFirst().origin().fields()).isEmpty();
        assertThat(settings.inputs().getFirst().origin().path()).isEmpty();
        assertThat(settings.inputs().getFirst().origin().parse()).isEqualTo(new ParseSettings.None());
    }

    @ParameterizedTest
    @CsvSource({"all, All", "none, None"})
    void headersCanBeOneWord(String word, String type) throws SettingsException {
        assertThat(read(SettingsFile.VALID.replace("{ topic: errors }", "{ topic: errors, headers: " + word + " }"))
                        .rules()
                        .getFirst()
                        .emit()
                        .orElseThrow()
                        .headers()
                        .getClass()
                        .getSimpleName())
                .isEqualTo(type);
    }

    @Test
    void everyKeyOfAnInputIsRead() throws SettingsException {
        InputSettings input = read("""
            inputs:
              - id: app
                path: /log/{pod}/{n}.log
                host: '${HOSTNAME}.{env.DC}'
                fields: { env: prod, port: 080, empty: '' }
                parse: { regex: 'u=(?<user>\\w+)' }
            rules: [ { id: r, match: { literal: a }, emit: { topic: t } } ]
            output: { console: {} }
            """).inputs().getFirst();

        assertThat(input.files().include()).containsExactly("/log/?*/?*.log");
        assertThat(input.origin().path().orElseThrow().names()).containsExactly("pod", "n");
        assertThat(input.origin().host()).contains("web-7.eu");
        assertThat(input.origin().fields())
                .containsExactly(Map.entry("env", "prod"), Map.entry("port", "080"), Map.entry("empty", ""));
        assertThat(input.origin().parse()).isEqualTo(new ParseSettings.Regex("u=(?<user>\\w+)"));
    }

    @ParameterizedTest
    @CsvSource({"none, None", "json, Json", "logfmt, Logfmt"})
    void parsersHaveNames(String word, String type) throws SettingsException {
        assertThat(read(SettingsFile.VALID.replace("app.log ]", "app.log ]\n    parse: " + word))
                        .inputs()
                        .getFirst()
                        .origin()
                        .parse()
                        .getClass()
                        .getSimpleName())
                .isEqualTo(type);
    }

    @Test
    void conditionsAreReadAsTheyAreNested() throws SettingsException {
        MatchSettings match = read("""
            inputs: [ { id: app, include: [ a ], parse: json } ]
            rules:
              - id: r
                match:
                  all:
                    - { literal: a, ignoreCase: true }
                    - any: [ { anyOf: [ b, c ] }, { regex: 'd+' } ]
                    - not: { field: { name: level, equals: info } }
                    - field: { name: user.id, in: [ x, 7 ] }
                    - field: { name: path, matches: '^/api' }
                emit: { topic: t }
            output: { console: {} }
            """).rules().getFirst().match();

        assertThat(match)
                .isEqualTo(new MatchSettings.All(List.of(
                        new MatchSettings.Literal("a", true),
                        new MatchSettings.Any(List.of(
                                new MatchSettings.AnyOf(List.of("b", "c"), false),
                                new MatchSettings.Regex("d+", false))),
                        new MatchSettings.Not(new MatchSettings.Field("level", new MatchSettings.Equal("info"))),
                        new MatchSettings.Field("user.id", new MatchSettings.In(List.of("x", "7"))),
                        new MatchSettings.Field("path", new MatchSettings.Matches("^/api")))));
        assertThat(match.positive())
                .containsExactly(
                        new MatchSettings.Literal("a", true),
                        new MatchSettings.AnyOf(List.of("b", "c"), false),
                        new MatchSettings.Regex("d+", false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "{ all: [ { literal: a }, { not: { literal: b } } ] }           ! true",
                "{ all: [ { literal: a }, { not: { literal: '${DC}' } } ] }     ! false",
                "{ any: [ { anyOf: [ a, '${DC}' ] } ] }                         ! false",
                "{ field: { name: x, equals: '${DC}' } }                        ! false",
                "{ field: { name: x, in: [ a, '${DC}' ] } }                     ! false",
                "{ not: { field: { name: x, matches: '${DC}' } } }              ! false",
                "{ field: { name: x, in: [ a ] } }                              ! true",
            })
    void aRuleKnowsWhetherAVariableBringsATextOfIt(String match, boolean isWrittenOut) throws SettingsException {
        assertThat(read(SettingsFile.VALID
                                .replace("app.log ]", "app.log ]\n    parse: json")
                                .replace("{ literal: ERROR }", match))
                        .rules()
                        .getFirst()
                        .isWrittenOut())
                .isEqualTo(isWrittenOut);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "{ literal: ERROR }            ! FIXED    ! true",
                "{ literal: 'a$${' }           ! 'b$${'   ! true",
                "{ literal: '${SECRET}' }      ! FIXED    ! false",
                "{ anyOf: [ ERROR, '${SECRET}' ] } ! FIXED ! false",
                "{ regex: 'x${SECRET}' }       ! FIXED    ! false",
                "{ literal: ERROR }            ! '${SECRET}' ! false",
            })
    void aRuleKnowsWhetherTheFileHasAllOfItsTexts(String match, String replacement, boolean isWrittenOut)
            throws SettingsException {
        Settings settings = SettingsFile.of(
                        directory,
                        SettingsFile.VALID
                                .replace("{ literal: ERROR }", match)
                                .replace("emit: { topic: errors }", "fix: { replace: " + replacement + " }"))
                .with(Map.of("SECRET", "PIN=1"))
                .read();

        assertThat(settings.rules().getFirst().isWrittenOut()).isEqualTo(isWrittenOut);
    }

    @Test
    void aMaskThatIsNeverMadeInAFileChangesNone() throws SettingsException {
        String mask = SettingsFile.VALID.replace("emit: ", "fix: { mask: x, when: WHEN }\n    emit: ");

        assertThat(read(mask.replace("WHEN", "never")).rules().getFirst().changesFiles())
                .isFalse();
        assertThat(read(mask.replace("WHEN", "rotated")).rules().getFirst().changesFiles())
                .isTrue();
        assertThat(read(SettingsFile.VALID).rules().getFirst().changesFiles()).isFalse();
    }
}
