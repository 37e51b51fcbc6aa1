package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with topics, keys, headers and timestamps is told where it stands. */
class EmitMistakesTest {
    private static final String FILE = """
        inputs:
          - { id: app, path: '/log/{pod}/{n}.log', parse: { regex: 'u=(?<user>\\w+)' }, fields: { env: prod } }
        rules:
          - id: only
            match: { regex: '(?<level>ERROR|WARN)(?<rest> .*)?' }
            emit: { %s }
        output:
          kafka: { bootstrapServers: 'a:1', %s }
        """;
    private static final String DEAD_LETTERS = "onRefusedRecord: dead-letter, deadLetter: { topic: dead }";

    @TempDir
    Path directory;

    private SettingsFile file(String emit, String kafka) {
        return SettingsFile.of(directory, FILE.formatted(emit, kafka)).with(Map.of("EMPTY", "", "TEAM", "a b"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "topic: 't-{field.usr}'      | 6:24 there is no field 'usr'; there are: env, user; did you mean"
                        + " '{field.user}'?",
                "topic: 'logs{hots}'         | 6:26 there is no name 'hots'; did you mean '{host}'?",
                "topic: 'logs{host'          | 6:25 this { is not closed; write {{ for a brace",
                "topic: 'logs}'              | 6:25 this } closes nothing; write }} for a brace",
                "topic: 'logs-{env.NONE}'    | 6:27 the environment variable 'NONE' is not set or empty, and there is"
                        + " no default; set it or write {env.NAME:default}",
                "topic: 'logs-{env.EMPTY}'   | 6:27 the environment variable 'EMPTY' is not set or empty, and there is"
                        + " no default; set it or write {env.NAME:default}",
                "topic: 'logs-{env.TEAM}'    | 6:20 expected a topic's name of 1 to 249 ASCII letters, digits, '.',"
                        + " '_' or '-', which is not what 'logs-{env.TEAM}' stands for",
                "topic: 'a{{b'               | 6:20 expected a topic's name of 1 to 249 ASCII letters, digits, '.',"
                        + " '_' or '-', which is not what 'a{{b' stands for",
                "topic: ''                   | 6:20 expected a text with names in braces, found an empty one",
                "topic: '{field.user}'       | 6:20 a topic that is made of the record begins with at least 3 ASCII"
                        + " letters, digits, '.', '_' or '-' before the first name, as in 'logs-{field.service}', so"
                        + " that bad data cannot reach other topics",
                "topic: 'ab{field.user}'     | 6:20 a topic that is made of the record begins with at least 3 ASCII"
                        + " letters, digits, '.', '_' or '-' before the first name, as in 'logs-{field.service}', so"
                        + " that bad data cannot reach other topics",
                "topic: 'a b c{field.user}'  | 6:20 a topic that is made of the record begins with at least 3 ASCII"
                        + " letters, digits, '.', '_' or '-' before the first name, as in 'logs-{field.service}', so"
                        + " that bad data cannot reach other topics",
                "topic: t, key: '{path.node}'  | 6:30 there is no path 'node'; there are: n, pod; did you mean"
                        + " '{path.pod}'?",
                "topic: t, key: '{group.lvl}'  | 6:30 there is no group 'lvl'; there are: level, rest; did you mean"
                        + " '{group.level}'?",
                "topic: t, key: ''             | 6:28 expected a text with names in braces, found an empty one",
                "topic: t, key: [ a ]          | 6:28 expected a text with names in braces, found a list",
                "topic: t, partition: key      | 6:34 'partition: key' needs a 'key'",
                "topic: t, partition: hash     | 6:34 expected one of 'file', 'key', found 'hash'",
                "topic: t, format: protobuf    | 6:31 expected one of 'message', 'raw', 'json', 'otlp', found"
                        + " 'protobuf'",
                "topic: t, timestamp: { from: '{time}', format: epochMillis } | 6:44 'time' cannot be used here; names"
                        + " are env.NAME, field.env, field.user, file, file.name, group.level, group.rest, host, id,"
                        + " input, instance, offset and 3 more",
                "topic: t, timestamp: { from: user, format: epochMillis } | 6:42 there is no name in braces, so that"
                        + " the time would not be one of the record; did you mean '{field.user}'?",
                "topic: t, timestamp: { from: group.rest, format: epochMillis } | 6:42 there is no name in braces, so"
                        + " that the time would not be one of the record; did you mean '{group.rest}'?",
                "topic: t, timestamp: { from: '{field.user}', format: 'yyyy-MM-dd HH:mm z' } | 6:66 'yyyy-MM-dd HH:mm"
                        + " z' is no format of a time: 'z' reads names of zones such as CET or EST, and a name does not"
                        + " say which offset is meant; write Z or XXX for offsets such as +0100 or +01:00, VV for zones"
                        + " such as Europe/Berlin, or, where all times have the same name, the name in quotes, as in"
                        + " 'UTC', with 'zone'",
                "topic: t, key: '{field.a.b.c.d.e.f.g.h.i:-}' | 6:30 a field's name has at most 8 parts between dots",
                "topic: t, key: '{group.q:}'   | 6:30 there is no group 'q'; there are: level, rest",
                "topic: t, key: '{nonsense}'   | 6:30 there is no name 'nonsense'; names are env.NAME, field.env,"
                        + " field.user, file, file.name, group.level, group.rest, host, id, input, instance, offset and"
                        + " 4 more",
                "topic: t, headers: [ { pickaroon.dead-letter.reason: x } ] | 6:36 headers that begin with"
                        + " 'pickaroon.dead-letter.' say what became of a dead letter; expected another name, found"
                        + " 'pickaroon.dead-letter.reason'",
                "topic: t, timestamp: { from: '{group.lvel}', format: epochMillis } | 6:44 there is no group 'lvel';"
                        + " there are: level, rest; did you mean '{group.level}'?",
                "topic: t, timestamp: { from: '{id}' } | 6:34 missing key 'format' in 'timestamp'",
                "topic: t, timestamp: { format: epochMillis } | 6:34 missing key 'from' in 'timestamp'",
                "topic: t, timestamp: { from: '{id}', format: epochMilis } | 6:58 'epochMilis' is no format of a"
                        + " time: Unknown pattern letter: o; did you mean 'epochMillis'?",
                "topic: t, timestamp: { from: '{id}', format: epochMillis, zone: Europe/Berln } | 6:77 expected a time"
                        + " zone such as UTC, Europe/Berlin or +02:00, found 'Europe/Berln'; did you mean"
                        + " 'Europe/Berlin'?",
                "topic: t, headers: some       | 6:32 expected one of 'all', 'none', or a list of headers, found"
                        + " 'some'",
                "topic: t, headers: nonne      | 6:32 expected one of 'all', 'none', or a list of headers, found"
                        + " 'nonne'; did you mean 'none'?",
                "topic: t, headers: { a: b }   | 6:32 expected one of 'all', 'none', or a list of headers, found a"
                        + " mapping",
                "topic: t, headers:            | 6:31 expected one of 'all', 'none', or a list of headers, found"
                        + " nothing",
                "topic: t, headers: []         | 6:32 expected at least one header, found an empty list; write 'none'",
                "topic: t, headers: [ fiel ]   | 6:34 expected one of 'file', 'offset', 'rule', 'id', 'host', 'time',"
                        + " 'truncated', or a header of your own, { name: text }, found 'fiel'; did you mean 'file'?",
                "topic: t, headers: [ [ id ] ] | 6:34 expected one of 'file', 'offset', 'rule', 'id', 'host', 'time',"
                        + " 'truncated', or a header of your own, { name: text }, found a list",
                "topic: t, headers: [ id, id ] | 6:38 the header 'id' is listed twice",
                "topic: t, headers: [ id, { id: '{id}' } ] | 6:40 the header 'id' is listed twice",
                "topic: t, headers: [ { 'a b': x } ] | 6:36 expected a header's name of 1 to 100 printable ASCII"
                        + " characters without blanks, found 'a b'",
                "topic: t, headers: [ { a: '{feld.user}' } ] | 6:41 there is no name 'feld.user'; did you mean"
                        + " '{field.user}'?",
                "topic: t, simple: 1/100       | 6:23 unknown key 'simple' in 'emit'; did you mean 'sample'?",
                "topic: t, before: 1           | 6:23 unknown key 'before' in 'emit'; did you mean 'context.before'?",
                "topic: t, sample: 100         | 6:31 expected a share from 1/1 to 1/1000000, such as 1/100, found"
                        + " '100'; did you mean '1/100'?",
                "topic: t, sample: 1%          | 6:31 expected a share from 1/1 to 1/1000000, such as 1/100, found"
                        + " '1%'",
                "topic: t, sample: 1/0         | 6:31 expected a share from 1/1 to 1/1000000, such as 1/100, found"
                        + " '1/0'",
                "topic: t, sample: 1/1000001   | 6:31 expected a share from 1/1 to 1/1000000, such as 1/100, found"
                        + " '1/1000001'",
                "topic: t, sample: 3/4         | 6:31 expected a share from 1/1 to 1/1000000, such as 1/100, found"
                        + " '3/4'",
                "topic: t, sample: [ 1 ]       | 6:31 expected a share from 1/1 to 1/1000000, such as 1/100, found a"
                        + " list",
                "topic: t, context: 3          | 6:32 expected a mapping for 'context' with 'before', 'after', found"
                        + " '3'",
                "topic: t, context: { before: 1001 } | 6:42 expected a whole number from 0 to 1,000, found '1001'",
                "topic: t, context: { after: -1 }    | 6:41 expected a whole number from 0 to 1,000, found '-1'",
                "topic: t, context: { befor: 1 }     | 6:34 unknown key 'befor' in 'context'; did you mean 'before'?",
                "topic: t, context: {}               | 6:32 expected 'before' or 'after' with at least 1 record, or no"
                        + " 'context'",
                "topic: t, context: { after: 0 }     | 6:32 expected 'before' or 'after' with at least 1 record, or no"
                        + " 'context'",
            })
    void isToldWithItsPlace(String emit, String mistake) {
        assertThat(file(emit, DEAD_LETTERS).mistakes()).containsExactly(mistake);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mask: '*', group: level",
                "mask: '*', group: level, when: rotated",
                "replace: FATAL, group: level"
            })
    void nothingIsChangedThatASampleLeavesOut(String fix) {
        String emit = "topic: t, sample: 1/2";
        assertThat(fixing(emit, fix).mistakes())
                .containsExactly("6:31 the fix would change records that 'sample' leaves out, and nothing is changed"
                        + " that was not delivered; leave 'sample' out, or give the fix a rule without 'emit'; a mask"
                        + " with 'when: never' changes no file");
        assertThat(fixing("topic: t, sample: 1/1", fix).mistakes()).isEmpty();
        assertThat(fixing(emit, "mask: '*', group: level, when: never").mistakes())
                .isEmpty();
    }

    private SettingsFile fixing(String emit, String fix) {
        return SettingsFile.of(
                directory,
                FILE.formatted(emit, DEAD_LETTERS)
                        .replace("output:", "checkpoint: { path: c }\noutput:")
                        .replace("checkpoint:", "    fix: { " + fix + " }\ncheckpoint:"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "topic: 'logs-{field.env}'     | 6:26 a record whose topic cannot be made would stop the run: a topic"
                        + " that is made of the record needs 'onRefusedRecord: dead-letter' in 'output.kafka'",
                "topic: t, key: '{host}/{field.user}' | 6:36 a record without 'field.user', of which the key is made,"
                        + " would stop the run; give it a default, as in '{field.user:unknown}', or write"
                        + " 'onRefusedRecord: dead-letter' in 'output.kafka'",
                "topic: t, headers: [ { r: '{group.rest}' } ] | 6:40 a record without 'group.rest', of which the"
                        + " header 'r' is made, would stop the run; give it a default, as in '{group.rest:unknown}',"
                        + " or write 'onRefusedRecord: dead-letter' in 'output.kafka'",
            })
    void aRecordThatCannotBeSentMustNotStopARun(String emit, String mistake) {
        assertThat(file(emit, "").mistakes()).containsExactly(mistake);
        assertThat(file(emit, "onRefusedRecord: stop").mistakes()).containsExactly(mistake);
        assertThat(file(emit, DEAD_LETTERS).mistakes()).isEmpty();
        assertThat(SettingsFile.of(directory, FILE.formatted(emit, "").replaceAll("kafka: .*", "console: {}"))
                        .mistakes())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "topic: 'logs-{env.DC:eu}', key: '{host}{instance}{input}{rule}{file}{file.name}{offset}{id}{time}'",
                "topic: t, key: '{path.pod}/{path.n}/{field.env}/{group.level}'",
                "topic: t, key: '{field.user:}', headers: [ file, { rest: '{group.rest:none}' } ]",
                "topic: t, timestamp: { from: '{field.user}', format: ISO_OFFSET_DATE_TIME, zone: UTC }",
                "topic: t, timestamp: { from: '{group.rest}', format: 'dd/MMM/yyyy:HH:mm:ss', zone: Europe/Berlin }",
            })
    void whatNoRecordLacksNeedsNoDeadLetters(String emit) {
        assertThat(file(emit, "").mistakes()).isEmpty();
    }

    @Test
    void aTextWithoutQuotesIsOneToo() {
        String text = FILE.formatted("topic: t, key: K", DEAD_LETTERS)
                .replace("{ topic: t, key: K }", "\n      topic: t\n      key: ä{hots}");

        assertThat(SettingsFile.of(directory, text).mistakes())
                .containsExactly("8:14 there is no name 'hots'; did you mean '{host}'?");
    }

    @Test
    void aMistakeInABlockTextIsToldAtItsBeginning() {
        String text = FILE.formatted("topic: t, key: K", DEAD_LETTERS)
                .replace("{ topic: t, key: K }", "\n      topic: t\n      key: >-\n        {host}\n        {hots}");

        assertThat(SettingsFile.of(directory, text).mistakes())
                .containsExactly("8:12 there is no name 'hots'; did you mean '{host}'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'${SECRET}-{hots}'    | 6:40 there is no name 'hots'; did you mean '{host}'?",
                "'{host}${SECRET}'     | 6:28 expected a text with names in braces, which is not what '{host}${SECRET}'"
                        + " stands for",
                "'{field.${SECRET}}'   | 6:28 expected a text with names in braces, which is not what"
                        + " '{field.${SECRET}}' stands for",
                "\"\\x7bhots}\"        | 6:28 there is no name 'hots'; did you mean '{host}'?",
                "'it''s {hots}'        | 6:28 there is no name 'hots'; did you mean '{host}'?",
            })
    void whatAVariableBringsIsNotShown(String key, String mistake) {
        assertThat(file("topic: t, key: " + key, DEAD_LETTERS)
                        .with(Map.of("SECRET", "hunter2{"))
                        .mistakes())
                .containsExactly(mistake);
    }
}
