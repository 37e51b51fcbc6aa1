package io.pickaroon.connect.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Connect is answered. In the tables, properties are separated by semicolons and errors by {@code &&}. */
class ConnectorConfigDefTest {
    private static final String BYTES = "expected 'org.apache.kafka.connect.converters.ByteArrayConverter', found ";
    private static final String CREATION = "topics.exist: a record for a topic that does not exist would be waited for"
            + " without end; have topics created, with 'topic.creation.default.partitions' and"
            + " 'topic.creation.default.replication.factor', or create them yourself and write 'true' here";
    private static final String NO_FIX =
            "rules.errors.fix.when: a task changes no file, because a task that was replaced could not be kept from"
                    + " writing: expected 'never', with which a mask changes what is sent; the host that owns the files"
                    + " fixes them afterwards, with 'pickaroon fix --delivered-by'";

    private static List<ConfigValue> answer(String properties) {
        return ConnectorConfigDef.validate(ConnectorProperties.with(properties.split(" *; *")));
    }

    private static void assertErrors(String properties, String errors) {
        List<ConfigValue> values = answer(properties);

        assertThat(values.stream()
                        .flatMap(value -> value.errorMessages().stream())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(errors.split(" && ")));
        assertThat(values)
                .allSatisfy(value -> assertThat(value.errorMessages())
                        .allSatisfy(error -> assertThat(error).startsWith(value.name() + ": ")));
        assertThat(values).extracting(ConfigValue::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "storage.label= | storage.label: expected 1 to 64 of the characters A-Z, a-z, 0-9, '.', '_' and '-',"
                        + " found nothing; write a name for the file system that the files are on, which is the same on"
                        + " every worker and never changes, such as 'nfs-1'",
                "storage.label=nfs 1 | storage.label: expected 1 to 64 of the characters A-Z, a-z, 0-9, '.', '_' and"
                        + " '-', found 'nfs 1'",
                "storage.lable=x | storage.lable: unknown property; did you mean 'storage.label'?",
                "splitBytes=1MiB | splitBytes: unknown property; did you mean 'split.bytes'?",
                "split.bytes=1KiB | split.bytes: expected a size from 64KiB to 1024GiB, or 0 for files that are not"
                        + " cut, found '1KiB'",
                "split.bytes=-1 | split.bytes: expected a size from 64KiB to 1024GiB, or 0 for files that are not cut,"
                        + " found '-1'",
                "split.bytes=1mib | split.bytes: expected a size from 64KiB to 1024GiB, or 0 for files that are not"
                        + " cut, found '1mib' with an unknown unit; did you mean '1MiB'?",
                "dead.letter.topic=a/b | dead.letter.topic: expected a topic's name of 1 to 249 ASCII letters, digits,"
                        + " '.', '_' or '-', found 'a/b'",
                "dead.letter.topic= | dead.letter.topic: expected a topic's name of 1 to 249 ASCII letters, digits,"
                        + " '.', '_' or '-', found ''",
                "deadletter.topic=dead | deadletter.topic: unknown property; did you mean 'dead.letter.topic'?",
                "topics.exist=yes | topics.exist: expected 'true' or 'false', found 'yes'",
                "topic.creation.default.partitions= | " + CREATION,
                "topic.creation.default.replication.factor=; topic.creation.default.partitions= | " + CREATION,
                "errors.tolerance=all | errors.tolerance: expected 'none', found 'all': the worker would drop records"
                        + " that a transform or a converter does not take, without a word",
                "max.message.bytes=1 | max.message.bytes: expected a size from 4KiB to 1GiB, found '1'",
                "max.message.bytes=2MiB | producer.override.max.request.size: expected at least 2097152, as"
                        + " 'max.message.bytes' says that records are as large, found nothing, which is 1048576",
                "max.message.bytes=64MiB; producer.override.max.request.size=1000;"
                    + " producer.override.buffer.memory=lots | producer.override.max.request.size: expected at least"
                    + " 67108864, as 'max.message.bytes' says that records are as large, found '1000' &&"
                    + " producer.override.buffer.memory: expected a number of bytes, found 'lots'",
                "message.timestamp.after.max.ms=1h | message.timestamp.after.max.ms: expected a number of milliseconds"
                        + " from 0 to 9223372036854775807, found '1h'",
                "message.timestamp.before.max.ms=9223372036854775808 | message.timestamp.before.max.ms: expected a"
                        + " number of milliseconds from 0 to 9223372036854775807, found '9223372036854775808'",
                "task.index=0; task.count=1 | task.index: the connector gives it to its tasks; remove it &&"
                        + " task.count: the connector gives it to its tasks; remove it",
            })
    void wrongSettingsOfItsOwn(String properties, String errors) {
        assertErrors(properties, errors);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "exactly.once.support= | exactly.once.support: expected 'required', found nothing: otherwise records"
                    + " may be sent twice, without a word, by a worker that has 'exactly.once.source.support' switched"
                    + " off",
                "exactly.once.support=requested | exactly.once.support: expected 'required', found 'requested':"
                        + " otherwise records may be sent twice, without a word, by a worker that has"
                        + " 'exactly.once.source.support' switched off",
                "transaction.boundary=poll | transaction.boundary: expected 'connector', found 'poll': a task ends its"
                        + " transactions itself, so that records and the offset behind them are committed together",
                "value.converter= | value.converter: " + BYTES
                        + "nothing: values are sent as the bytes that were read, which other converters would change",
                "value.converter=org.apache.kafka.connect.json.JsonConverter | value.converter: " + BYTES
                        + "'org.apache.kafka.connect.json.JsonConverter': values are sent as the bytes that were read,"
                        + " which other converters would change",
                "key.converter=org.apache.kafka.connect.storage.StringConverter | key.converter: " + BYTES
                        + "'org.apache.kafka.connect.storage.StringConverter': keys are sent as the bytes that were"
                        + " read, which other converters would change",
                "header.converter=org.apache.kafka.connect.json.JsonConverter | header.converter: expected"
                        + " 'org.apache.kafka.connect.converters.ByteArrayConverter',"
                        + " 'org.apache.kafka.connect.storage.SimpleHeaderConverter' or"
                        + " 'org.apache.kafka.connect.storage.StringConverter', found"
                        + " 'org.apache.kafka.connect.json.JsonConverter': headers are texts, which other converters"
                        + " would put into quotes",
            })
    void wrongSettingsOfTheWorker(String properties, String errors) {
        assertErrors(properties, errors);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "inputs= | inputs: expected the names of its inputs, separated by commas, found nothing; did you mean"
                        + " 'shop'?",
                "rules= | rules: expected the names of its rules, separated by commas, found nothing; did you mean"
                        + " 'errors'?",
                "inputs.shop.include= | inputs.shop: expected exactly one of 'include', 'path' in an item of 'inputs',"
                        + " found none",
                "inputs.shop.include=/mnt/a, logs/*.log | inputs.shop.include: 'logs/*.log' is not an absolute path, so"
                        + " each worker would look in another directory; write the path from the root, such as"
                        + " /mnt/logs/logs/*.log",
                "inputs.shop.mode=done | inputs.shop.mode: expected one of 'growing', 'complete', found 'done'",
                "inputs.shop.start=end | inputs.shop.start: a connector reads files from their beginning: no task can"
                        + " say which of them were there at its first start; remove it",
                "rules.errors.match.literal=; rules.errors.match.regex=( | rules.errors.match.regex: this is no regular"
                        + " expression in RE2 syntax: missing closing )",
                "rules.errors.emit.topic=a/b | rules.errors.emit.topic: expected a topic's name of 1 to 249 ASCII"
                        + " letters, digits, '.', '_' or '-', found 'a/b'",
                "rules.errors.emit.topic=logs-{field.x}; inputs.shop.parse=json | rules.errors.emit.topic: a record"
                        + " whose topic cannot be made would stop the run: a topic that is made of the record needs the"
                        + " name of a topic in 'dead.letter.topic'",
                "inputs.shop.format=cri; rules.errors.emit.context.after=1 | rules.errors.emit.context: 'before' and"
                        + " 'after' cannot go with the container logs of input shop: the lines around a record are"
                        + " those of other records and streams",
                "rules.errors.fix.mask=* | " + NO_FIX,
                "rules.errors.fix.mask=*; rules.errors.fix.when=rotated | " + NO_FIX,
                "rules.errors.fix.replace=XXXXX; rules.errors.fix.when=immediately | " + NO_FIX
                        + " && rules.errors.fix.when: 'never' goes only with 'mask': what replaces a match is written"
                        + " to the file and not sent",
                "rules.errors.fix.mask=#; rules.errors.fix.when=never; inputs.shop.delimiter=#/ | rules.errors.fix: the"
                        + " fix would write a byte that the delimiter of input shop has, and so make another record of"
                        + " a part of one; use another character",
                "lookInterval=1ms | lookInterval: expected a duration from 100ms to 1h, found '1ms'",
                "maxOpenFiles=many | maxOpenFiles: expected a whole number from 1 to 100,000, found 'many'",
                "checkpoint.path=/x | checkpoint.path: a connector has no such setting: Kafka Connect keeps the offsets"
                        + " of a connector; remove it",
            })
    void wrongInputsAndRules(String properties, String errors) {
        assertErrors(properties, errors);
    }

    @Test
    void everythingIsToldAtOnce() {
        assertThat(answer("value.converter=; split.bytes=1; rules.errors.match.literal=; inputs.shop.mode=no"))
                .filteredOn(value -> !value.errorMessages().isEmpty())
                .extracting(ConfigValue::name)
                .containsExactly("split.bytes", "value.converter", "inputs.shop.mode", "rules.errors.match");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tasks.max=1",
                "split.bytes=0",
                "split.bytes= 1GiB ",
                "exactly.once.support=REQUIRED",
                "value.converter=ByteArrayConverter",
                "header.converter=org.apache.kafka.connect.storage.StringConverter",
                "header.converter=org.apache.kafka.connect.converters.ByteArrayConverter",
                "dead.letter.topic=dead; rules.errors.emit.topic=logs-{field.x}; inputs.shop.parse=json",
                "topics.exist=true; topic.creation.default.partitions=; topic.creation.default.replication.factor=",
                "max.message.bytes=2MiB; producer.override.max.request.size=2097152",
                "rules.errors.fix.mask=*; rules.errors.fix.when=never",
                "transforms=a; offsets.storage.topic=o; errors.tolerance=none"
            })
    void theseAreRight(String properties) {
        assertThat(answer(properties))
                .allSatisfy(value -> assertThat(value.errorMessages()).isEmpty());
    }

    @Test
    void aRightConfigurationHasAValueForEachDefinition() {
        List<ConfigValue> values = answer("split.bytes=1GiB");

        assertThat(values)
                .extracting(ConfigValue::name)
                .containsExactlyInAnyOrderElementsOf(
                        ConnectorConfigDef.definitions().names());
        assertThat(values)
                .filteredOn(value -> value.name().equals("split.bytes"))
                .singleElement()
                .satisfies(value -> {
                    assertThat(value.value()).isEqualTo("1GiB");
                    assertThat(value.recommendedValues()).containsExactly("64MiB", "256MiB", "1GiB", "0");
                });
    }

    @Test
    void aWrongPropertyWithoutADefinitionIsShownAsItIsWritten() {
        assertThat(answer("inputs.shop.mode=done"))
                .filteredOn(value -> value.name().equals("inputs.shop.mode"))
                .singleElement()
                .satisfies(value -> assertThat(value.value()).isEqualTo("done"));
    }

    @Test
    void everyDefinitionIsInAGroupAndSaysItsDefault() {
        Map<String, ConfigDef.ConfigKey> keys = ConnectorConfigDef.definitions().configKeys();

        assertThat(ConnectorConfigDef.definitions().groups()).containsExactly("Files", "Rules", "Topics");
        assertThat(keys.values()).allSatisfy(key -> {
            assertThat(key.group).isNotNull();
            String expected = key.hasDefault()
                    ? "Default: " + (key.defaultValue == null ? "none" : key.defaultValue)
                    : "Required.";
            assertThat(key.documentation).contains(expected);
            assertThat(key.documentation).doesNotContain("  ").doesNotContain("\n");
        });
    }

    @Test
    void recommendedTextsAreTaken() {
        ConnectorConfigDef.definitions().configKeys().values().stream()
                .filter(key -> key.recommender != null)
                .forEach(key -> key.recommender
                        .validValues(key.name, Map.of())
                        .forEach(text -> key.validator.ensureValid(key.name, text)));
    }

    @Test
    void theDefinitionsAloneRefuseToo() {
        assertThat(ConnectorConfigDef.definitions()
                        .validateAll(ConnectorProperties.with("split.bytes=1"))
                        .get("split.bytes")
                        .errorMessages())
                .singleElement()
                .asString()
                .contains("expected a size from 64KiB");
    }
}
