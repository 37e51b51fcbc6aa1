package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.pickaroon.config.section.SettingsSection;
import io.pickaroon.config.value.Choices;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.ListType;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.WordOr;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The JSON Schema that editors use says the same as the reader. */
class SchemaTest {
    private static final JsonNode JSON = schemaJson();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JSON);

    private static JsonNode schemaJson() {
        try (InputStream in = SettingsReader.class.getResourceAsStream("pickaroon.schema.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("io.pickaroon.config.SettingsFile#examples")
    void takesTheExample(Path example) throws IOException {
        assertThat(SCHEMA.validate(Files.readString(example), InputFormat.YAML)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "threads: two",
                "threads: 0",
                "treads: 1",
                "maxOpenFiles: 100001",
                "instance: a b",
                "checkpoint: {}",
                "checkpoint: { path: a, interval: 5 }",
                "checkpoint: { path: a, interval: 5sec }",
                "http: { port: 65536 }",
                "http: { host: a }",
                "http: { port: 1, hosts: a }",
                "audit: { file: a }",
                "checkpoint: { path: a }\naudit: {}",
                "checkpoint: { path: a }\naudit: { file: a, key: short }",
                "checkpoint: { path: a }\naudit: { file: a, rotateAt: 1XB }",
                "checkpoint: { path: a }\naudit: { file: a, topics: b }"
            })
    void refusesAtTheTopLevelWhatTheReaderRefuses(String line, @TempDir Path directory) {
        refuse(SettingsFile.VALID + line + "\n", directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "match: {}, emit: { topic: t }",
                "match: { literal: '' }, emit: { topic: t }",
                "match: { literal: a, regex: b }, emit: { topic: t }",
                "match: { anyOf: [] }, emit: { topic: t }",
                "match: { regex: a, ignoreCase: perhaps }, emit: { topic: t }",
                "match: { regex: a }",
                "emit: { topic: t }",
                "match: { regex: a }, emit: {}",
                "match: { regex: a }, emit: { topic: a b }",
                "match: { regex: a }, emit: { topic: '..' }",
                "match: { regex: a }, emit: { topic: t, format: xml }",
                "match: { regex: a }, fix: {}",
                "match: { detect: crad }, emit: { topic: t }",
                "match: { detect: [] }, emit: { topic: t }",
                "match: { detect: [ card, a ] }, emit: { topic: t }",
                "match: { detect: { rules: [ a ] } }, emit: { topic: t }",
                "match: { detect: { gitleaks: a, rule: [ a ] } }, emit: { topic: t }",
                "match: { detect: [ { gitleaks: a, rules: [] } ] }, emit: { topic: t }",
                "match: { detect: { gitleaks: a, rules: [ a ], except: [ b ] } }, emit: { topic: t }",
                "match: { detect: card, ignoreCase: true }, emit: { topic: t }",
                "match: { detect: card, regex: a }, emit: { topic: t }",
                "match: { detect: card }, emit: { topic: t }, fix: { replace: a, when: never }",
                "match: { regex: a }, fix: { replace: a, mask: b }",
                "match: { regex: a }, fix: { replace: a, keepLast: 1 }",
                "match: { regex: a }, fix: { mask: ab }",
                "match: { regex: a }, fix: { mask: a, protectHead: 1XB }",
                "match: { regex: a }, fix: { mask: a, when: later }",
                "match: { regex: a }, emit: { topic: t }, inputs: []",
                "match: { all: [] }, emit: { topic: t }",
                "match: { not: { literal: '' } }, emit: { topic: t }",
                "match: { any: [ { literal: a } ], ignoreCase: true }, emit: { topic: t }",
                "match: { literal: a, not: { literal: b } }, emit: { topic: t }",
                "match: { field: { name: a } }, emit: { topic: t }",
                "match: { field: { name: a, in: [] } }, emit: { topic: t }",
                "match: { field: { name: a, equals: '' } }, emit: { topic: t }",
                "match: { field: { name: 'a{', equals: b } }, emit: { topic: t }",
                "match: { regex: a }, emit: { topic: 'ab{host}' }",
                "match: { regex: a }, emit: { topic: 'a b c{host}' }",
                "match: { regex: a }, emit: { topic: t, key: '' }",
                "match: { regex: a }, emit: { topic: t, partition: hash }",
                "match: { regex: a }, emit: { topic: t, partition: key }",
                "match: { field: { name: a.b.c.d.e.f.g.h.i, equals: b } }, emit: { topic: t }",
                "match: { regex: a }, emit: { topic: t, headers: [ { pickaroon.dead-letter.reason: c } ] }",
                "match: { regex: a }, emit: { topic: t, timestamp: { from: a } }",
                "match: { regex: a }, emit: { topic: t, headers: [] }",
                "match: { regex: a }, emit: { topic: t, headers: [ fiel ] }",
                "match: { regex: a }, emit: { topic: t, headers: [ id, id ] }",
                "match: { regex: a }, emit: { topic: t, headers: [ { 'a b': c } ] }",
                "match: { regex: a }, emit: { topic: t, context: {} }",
                "match: { regex: a }, emit: { topic: t, context: { before: 0, after: 0 } }",
                "match: { regex: a }, emit: { topic: t, context: { before: 1001 } }",
                "match: { regex: a }, emit: { topic: t, context: { behind: 1 } }",
                "match: { regex: a }, emit: { topic: t, sample: 100 }",
                "match: { regex: a }, emit: { topic: t, sample: 1/1000001 }",
                "match: { regex: a }, emit: { topic: t, sample: 2/100 }",
                "match: { regex: a }, emit: { topic: t }, fix: { replace: a, when: never }",
                "match: { regex: a }, emit: { topic: t }, fix: { mask: a, when: never, protectHead: 1 }"
            })
    void refusesInARuleWhatTheReaderRefuses(String rule, @TempDir Path directory) {
        refuse(
                SettingsFile.VALID.replaceAll("(?s)  - id: errors.*output", "  - { id: r, " + rule + " }\noutput"),
                directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start: end",
                "include: [ a ], path: '/{a}'",
                "path: '/a.log'",
                "path: '{a}.log'",
                "include: [ a ], host: ''",
                "include: [ a ], fields: [ a ]",
                "include: [ a ], fields: { 'a:b': c }",
                "include: [ a ], parse: xml",
                "include: [ a ], time: {}",
                "include: [ a ], time: { format: clf, slack: 5s }",
                "include: [ a ], start: { at: now, until: now }, time: { format: clf }",
                "include: [ a ], start: {}, time: { format: clf }",
                "include: [ a ], start: middle",
                "include: [ a ], parse: {}",
                "include: [ a ], parse: { regex: '(?<a>b)', x: y }",
                "include: [ a ], maxRate: 5MiB",
                "include: [ a ], maxRate: 5MiB/m",
                "include: [ a ], maxRate: 5"
            })
    void refusesInAnInputWhatTheReaderRefuses(String input, @TempDir Path directory) {
        refuse(
                SettingsFile.VALID.replaceAll("(?s)  - id: app.*rules", "  - { id: app, " + input + " }\nrules"),
                directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ console: {}, file: { path: a } }",
                "{ console: { a: b } }",
                "{ file: {} }",
                "{ kafka: {} }",
                "{ kafka: { bootstrapServers: a } }",
                "{ kafka: { bootstrapServers: 'a:1', delivery: sometimes } }",
                "{ kafka: { bootstrapServers: 'a:1', onRefusedRecord: dead-letter } }",
                "{ kafka: { bootstrapServers: 'a:1', deadLetter: {} } }",
                "{ kafka: { bootstrapServers: 'a:1', createTopics: } }",
                "{ kafka: { bootstrapServers: 'a:1', createTopics: true } }",
                "{ kafka: { bootstrapServers: 'a:1', createTopics: { partitions: 1 } } }",
                "{ kafka: { bootstrapServers: 'a:1', createTopics: { partitions: 0, replicationFactor: 1 } } }",
                "{ kafka: { bootstrapServers: 'a:1', createTopics: { partitions: 1, replicationFactor: 40000 } } }",
                "{ kafka: { bootstrapServers: 'a:1', maxTopics: 0 } }",
                "{ kafka: { bootstrapServers: 'a:1', properties: { transactional.id: x } } }",
                "{ kafka: { bootstrapServers: 'a:1', properties: { a: { b: c } } } }"
            })
    void refusesInTheOutputWhatTheReaderRefuses(String output, @TempDir Path directory) {
        refuse(SettingsFile.VALID.replace("\n  console: {}", " " + output), directory);
    }

    private static void refuse(String yaml, Path directory) {
        assertThat(SCHEMA.validate(SettingsFile.VALID, InputFormat.YAML)).isEmpty();
        assertThat(SCHEMA.validate(yaml, InputFormat.YAML)).isNotEmpty();
        assertThat(SettingsFile.of(directory, yaml).mistakes()).isNotEmpty();
    }

    @Test
    void hasTheReadersKeysAndChoices() {
        Map<String, String> schemaKeys = new TreeMap<>();
        collect("", JSON, schemaKeys);
        Map<String, String> readerKeys = new TreeMap<>();
        collect("", SettingsSection.SECTION, readerKeys);

        assertThat(schemaKeys).isEqualTo(readerKeys).hasSizeGreaterThan(40);
    }

    @Test
    void explainsEveryKey() {
        Map<String, String> unexplained = new TreeMap<>();
        explain("", JSON, unexplained);

        assertThat(unexplained).isEmpty();
    }

    /** Notes under each key's path whether it is required, and its choices when it has any. */
    private static void collect(String path, Section section, Map<String, String> keys) {
        for (Key<?> key : section.keys()) {
            String keyPath = path + "/" + key.name();
            String choices = switch (key.type()) {
                case Choices<?> type
                when !type.equals(Choices.BOOLEAN) ->
                    String.join(" ", type.byName().keySet());
                case WordOr<?> type -> String.join(" ", type.words().byName().keySet());
                default -> "";
            };
            keys.put(keyPath, (key.required() ? "required " : "optional ") + choices);
            if (key.type() instanceof Section inner) {
                collect(keyPath, inner, keys);
            } else if (key.type() instanceof ListType<?> list && list.item() instanceof Section inner) {
                collect(keyPath, inner, keys);
            }
        }
    }

    private static void collect(String path, JsonNode schema, Map<String, String> keys) {
        schema.path("properties").properties().forEach(entry -> {
            String keyPath = path + "/" + entry.getKey();
            JsonNode value = resolved(entry.getValue());
            boolean required = schema.path("required")
                    .valueStream()
                    .anyMatch(name -> name.asString().equals(entry.getKey()));
            StringBuilder choices = new StringBuilder();
            value.path("anyOf")
                    .path(0)
                    .path("enum")
                    .forEach(choice -> choices.append(' ').append(choice.asString()));
            keys.put(
                    keyPath,
                    (required ? "required " : "optional ") + choices.toString().strip());
            if (!isWithinItself(keyPath)) {
                collect(keyPath, value, keys);
                collect(keyPath, resolved(value.path("items")), keys);
            }
        });
    }

    private static void explain(String path, JsonNode schema, Map<String, String> unexplained) {
        schema.path("properties").properties().forEach(entry -> {
            String keyPath = path + "/" + entry.getKey();
            JsonNode value = entry.getValue();
            JsonNode described = value.has("title") ? value : resolved(value);
            if (described.path("title").asString("").isEmpty()
                    || described.path("description").asString("").isEmpty()) {
                unexplained.put(keyPath, "no title or description");
            }
            value.path("anyOf").forEach(form -> explain(keyPath, form, unexplained));
            if (!isWithinItself(keyPath)) {
                explain(keyPath, resolved(value), unexplained);
                explain(keyPath, resolved(resolved(value).path("items")), unexplained);
            }
        });
    }

    /** Conditions hold conditions. */
    private static boolean isWithinItself(String keyPath) {
        return keyPath.matches("/rules/match/(all|any|not)");
    }

    private static JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : JSON.at(reference.substring(1));
    }
}
