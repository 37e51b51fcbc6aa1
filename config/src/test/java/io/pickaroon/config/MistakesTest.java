package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake of meaning is told with its position, what was expected, and what may have been meant. */
class MistakesTest {
    @TempDir
    Path directory;

    @Test
    void allMistakesAreToldAtOnceInTheOrderOfTheFile() {
        SettingsFile file = SettingsFile.of(directory, """
            instnace: shop
            inputs:
              - id: shop
                include: /var/log/x.log
                start: begining
              - id: shop
                include: []
            rules:
              - id: errors
                inputs: [ shopp ]
                match: { literal: ERROR, regex: x }
                emit: { tpoic: shop-errors }
                fix: { replace: FIXED! }
            output:
              kafka:
                bootstrapServers: ${BROKERS}
            http: { port: 99999 }
            """);

        assertThat(file.mistakes())
                .containsExactly(
                        "1:1 unknown key 'instnace' in the file; did you mean 'instance'?",
                        "4:14 expected a list of globs, found '/var/log/x.log'; write it as [ ... ]",
                        "5:12 expected one of 'beginning', 'end', or { at: TIME }, found 'begining'; did you mean"
                                + " 'beginning'?",
                        "6:9 the input of line 3 has the id 'shop' too; every input needs its own",
                        "7:14 expected at least one glob, found an empty list",
                        "10:15 there is no input with the id 'shopp'; did you mean 'shop'?",
                        "11:30 'regex' cannot stand beside 'literal': expected exactly one of 'literal', 'anyOf',"
                                + " 'regex', 'detect', 'all', 'any', 'not', 'field' in 'match'",
                        "12:13 unknown key 'tpoic' in 'emit'; did you mean 'topic'?",
                        "13:21 a fix keeps the length: 'FIXED!' has 6 bytes, the literal 'ERROR' has 5 bytes",
                        "16:23 environment variable 'BROKERS' is not set and ${BROKERS} has no default; set it or write"
                                + " ${BROKERS:default}",
                        "17:15 expected a whole number from 0 to 65,535, found '99999'");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "threads: two         | 10:10 expected a whole number from 1 to 1,024, found 'two'",
                "threads: 0           | 10:10 expected a whole number from 1 to 1,024, found '0'",
                "threads: 1.5         | 10:10 expected a whole number from 1 to 1,024, found '1.5'",
                "threads: [ 1 ]       | 10:10 expected a whole number from 1 to 1,024, found a list",
                "threads:             | 10:9 expected a whole number from 1 to 1,024, found nothing",
                "maxOpenFiles: 100001 | 10:15 expected a whole number from 1 to 100,000, found '100001'",
                "instance: a b        | 10:11 expected a name of 1 to 100 letters, digits, '.', '_' or '-', found 'a"
                        + " b'",
                "checkpoint: {}       | 10:13 missing key 'path' in 'checkpoint'",
                "checkpoint:          | 10:12 missing key 'path' in 'checkpoint'",
                "checkpoint: /tmp/c   | 10:13 expected a mapping for 'checkpoint' with 'path', 'interval',"
                        + " 'forgetAfter', found '/tmp/c'",
                "checkpoint: { path: '' } | 10:21 expected a path, found an empty text",
                "http: { port: 1, hosts: x } | 10:18 unknown key 'hosts' in 'http'; did you mean 'host'?",
                "http: { port: 1, host: 'a b' } | 10:24 expected a host name or address, found 'a b'",
                "port: 9600           | 10:1 unknown key 'port' in the file; did you mean 'http.port'?",
                "http: { port: 1, zzz: x } | 10:18 unknown key 'zzz' in 'http'; expected one of 'port', 'host'",
                "rules: []            | 10:1 the key 'rules' is given twice in the file",
                "? [ a ]              | 10:3 expected a key of the file, found a list",
                "instance: !!str x    | 10:11 what begins with '!' is a tag in YAML, which has no use here;"
                        + " remove it or quote the text",
                "instance: null       | 10:11 expected a name, found YAML's null; put it in quotes if the text 'null'"
                        + " is meant",
            })
    void atTheTopLevel(String line, String mistake) {
        assertThat(SettingsFile.of(directory, SettingsFile.VALID + line).mistakes())
                .containsExactly(mistake);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "start: tail                | 4:12 expected one of 'beginning', 'end', or { at: TIME }, found 'tail'",
                "delimiter: LF              | 4:16 expected one of 'auto', 'lf', 'crlf', or a text of 1 to 16 bytes"
                        + " that is no word, found 'LF'; did you mean 'lf'?",
                "delimiter: '--'            | 4:16 the end of '--' is its beginning, too: where several follow each"
                        + " other, it is unclear which bytes are one",
                "windowBytes: 4095          | 4:18 expected a size from 4KiB to 1GiB, found '4095'",
                "windowBytes: 2GiB          | 4:18 expected a size from 4KiB to 1GiB, found '2GiB'",
                "maxRecordBytes: 0          | 4:21 expected a size from 1B to 256MiB, found '0'",
                "exclude: [ a, '\\' ]       | 4:19 '\\' is no glob: nothing follows the last '\\'",
                "exclude: [ a, { b: c } ]   | 4:19 expected a glob, found a mapping",
                "multiline: { timeout: 5s } | 4:16 expected 'start' or 'continuation' in 'multiline', found neither",
                "multiline: { start: a, timeout: 5 } | 4:37 expected a duration from 1ms to 1h, found '5' without a"
                        + " unit; units are 'd', 'h', 'm', 's', 'ms'",
                "format: json               | 4:13 expected one of 'text', 'cri', 'docker', found 'json'",
                "maxPartDistance: 1MiB      | 4:22 'maxPartDistance' is of container logs: add 'format: cri' or"
                        + " 'docker'",
                "flushAfter: 0s             | 4:17 expected a duration from 1ms to 1d, found '0s'",
                "topic: x                   | 4:5 unknown key 'topic' in an item of 'inputs'; expected one of 'id',"
                        + " 'include', 'path', 'exclude', 'start', 'time', 'timeSlack', 'format', 'windowBytes',"
                        + " 'maxRecordBytes', 'maxPartDistance', 'delimiter', 'ignoreOlder', 'multiline', 'flushAfter',"
                        + " 'maxRate', 'host', 'fields', 'parse'",
            })
    void inAnInput(String line, String mistake) {
        String yaml = SettingsFile.VALID.replace("rules:", "    " + line + "\nrules:");

        assertThat(SettingsFile.of(directory, yaml).mistakes()).containsExactly(mistake);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "match: { literal: '' }, fix: { mask: x }    | 5:25 expected a text, found an empty one, which every"
                        + " record would match",
                "match: { literal: \"a\\n"
                        + "b\" }, fix: { mask: x } | 5:25 a text with a line feed is not looked for; use a regex with"
                        + " \\n where records have several lines",
                "match: { anyOf: [] }, fix: { mask: x }      | 5:23 expected at least one text, found an empty list",
                "match: {}, emit: { topic: t }               | 5:14 expected exactly one of 'literal', 'anyOf',"
                        + " 'regex', 'detect', 'all', 'any', 'not', 'field' in 'match', found none",
                "match: { literal: a }                       | 5:5 a rule without 'emit' and 'fix' does nothing;"
                        + " expected at least one of them",
                "match: { regex: a, ignoreCase: yes }, emit: { topic: t } | 5:38 expected one of 'true', 'false',"
                        + " found 'yes'",
                "match: { regex: a }, emit: { topic: a b }   | 5:43 expected a topic's name of 1 to 249 ASCII letters,"
                        + " digits, '.', '_' or '-', found 'a b'",
                "match: { regex: a }, emit: { topic: '..' }  | 5:43 expected a topic's name of 1 to 249 ASCII letters,"
                        + " digits, '.', '_' or '-', found '..'",
                "match: { regex: a }, fix: {}                | 5:33 expected exactly one of 'replace', 'mask' in"
                        + " 'fix', found none",
                "match: { regex: a }, fix: { mask: xy }      | 5:41 expected exactly one printable ASCII character,"
                        + " found 'xy'",
                "match: { regex: a }, fix: { mask: ä }       | 5:41 expected exactly one printable ASCII character,"
                        + " found 'ä'",
                "match: { regex: a }, fix: { replace: \"a\\r"
                        + "\" } | 5:44 a line feed or carriage return would end the record early",
                "match: { regex: a }, fix: { replace: a, keepLast: 1 } | 5:47 'keepLast' has a meaning only with"
                        + " 'mask'",
                "match: { regex: a }, fix: { mask: x, when: now } | 5:50 expected one of 'immediately', 'rotated',"
                        + " 'never', found 'now'",
                "match: { literal: a }, fix: { mask: x, group: g } | 5:53 'group' has a meaning only when 'match' has"
                        + " a 'regex'",
                "match: { literal: abcd }, fix: { mask: x, keepLast: 4 } | 5:46 'keepFirst' and 'keepLast' keep all 4"
                        + " bytes of the literal 'abcd', so nothing is masked",
                "match: { literal: ü }, fix: { replace: u }  | 5:46 a fix keeps the length: 'u' has 1 byte, the"
                        + " literal 'ü' has 2 bytes",
                "match: { anyOf: [ ab, abc ] }, fix: { replace: xx } | 5:54 a fix keeps the length: 'xx' has 2 bytes,"
                        + " the text 'abc' has 3 bytes",
                "match: { regex: '(?<pan>a)' }, fix: { mask: x, group: pna } | 5:61 the regular expression has no"
                        + " group named 'pna'; did you mean 'pan'?",
                "match: { regex: '\\(?<pan>a' }, fix: { mask: x, group: pan } | 5:61 the regular expression has no"
                        + " group named 'pan'; write (?<name>...) in it",
            })
    void inARule(String rule, String mistake) {
        String yaml = """
            inputs:
              - id: app
                include: [ app.log ]
            rules:
              - { %s, id: only }
            output: { console: {} }
            """.formatted(rule);

        assertThat(SettingsFile.of(directory, yaml).mistakes()).containsExactly(mistake);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bootstrapServers: localhost          | 10:23 expected host:port, or several separated by commas,"
                        + " found 'localhost'",
                "bootstrapServers: 'a:1,'             | 10:23 expected host:port, or several separated by commas,"
                        + " found ''",
                "bootstrapServers: a:70000            | 10:23 expected a whole number from 1 to 65,535, found '70000'",
                "delivery: exactly_once               | 10:15 expected one of 'exactly-once', 'at-least-once', found"
                        + " 'exactly_once'; did you mean 'exactly-once'?",
                "onRefusedRecord: dead-letter         | 10:22 'dead-letter' needs to know where: add 'deadLetter' with"
                        + " 'topic' or 'file'",
                "deadLetter: {}                       | 10:17 expected exactly one of 'topic', 'file' in 'deadLetter',"
                        + " found none",
                "deadLetter: { topic: t, file: f }    | 10:29 'file' cannot stand beside 'topic': expected exactly one"
                        + " of 'topic', 'file' in 'deadLetter'",
                "createTopics: true                   | 10:19 expected a mapping for 'createTopics' with 'partitions',"
                        + " 'replicationFactor', found 'true'",
                "createTopics: { partitions: 3 }      | 10:19 missing key 'replicationFactor' in 'createTopics'",
                "createTopics: { partitions: 0, replicationFactor: 1 } | 10:33 expected a whole number from 1 to"
                        + " 10,000, found '0'",
                "createTopics: { partitions: 1, replicationfactor: 1 } | 10:36 unknown key 'replicationfactor' in"
                        + " 'createTopics'; did you mean 'replicationFactor'?",
                "properties: [ a ]                    | 10:17 expected a mapping of names to values for 'properties',"
                        + " found a list",
                "properties: { a: 1, a: 2 }           | 10:25 the key 'a' is given twice in 'properties'",
                "properties: { a: }                   | 10:21 expected a text (\"\" for an empty one), found nothing",
                "properties: { ssl: { x: y } }        | 10:24 expected a text, found a mapping; write nested names"
                        + " with dots, as in 'ssl.name'",
                "properties: { bootstrap.servers: x } | 10:19 the property 'bootstrap.servers' is refused: it is given"
                        + " by 'bootstrapServers'",
                "properties: { transactional.id: x }  | 10:19 the property 'transactional.id' is refused: it is made"
                        + " from 'instance', so that a restart takes over its own transactions",
                "properties: { key.serializer: x }    | 10:19 the property 'key.serializer' is refused: records are"
                        + " sent as the bytes that stand in the file",
                "properties: { value.serializer: x }  | 10:19 the property 'value.serializer' is refused: records are"
                        + " sent as the bytes that stand in the file",
                "properties: { acks: 1 }              | 10:19 the property 'acks' is refused: progress counts as safe"
                        + " only when all replicas have the record; expected 'all'",
                "properties: { enable.idempotence: false } | 10:19 the property 'enable.idempotence' is refused:"
                        + " without it a retry may repeat or reorder records; expected 'true'",
                "properties: { max.in.flight.requests.per.connection: 6 } | 10:19 the property"
                        + " 'max.in.flight.requests.per.connection' is refused: the brokers keep order only up to 5;"
                        + " expected a number from 1 to 5",
            })
    void inTheKafkaOutput(String line, String mistake) {
        String servers = line.startsWith("bootstrapServers") ? "" : "bootstrapServers: localhost:9092";
        String yaml =
                SettingsFile.VALID.replace("  console: {}\n", "  kafka:\n    " + line + "\n    " + servers + "\n");

        assertThat(SettingsFile.of(directory, yaml).mistakes()).containsExactly(mistake);
    }

    @Test
    void twoOutputsAreOneTooMany() {
        assertThat(SettingsFile.of(directory, SettingsFile.VALID + "  file: { path: a }")
                        .mistakes())
                .containsExactly(
                        "10:3 'file' cannot stand beside 'console': expected exactly one of 'kafka', 'console',"
                                + " 'file' in 'output'");
    }

    @Test
    void theConsoleTakesNoKeys() {
        assertThat(SettingsFile.of(directory, SettingsFile.VALID.replace("{}", "{ colour: red }"))
                        .mistakes())
                .containsExactly("9:14 unknown key 'colour' in 'console'; it takes no keys");
    }

    @Test
    void anInputIsNamedTwiceInARule() {
        String yaml = SettingsFile.VALID.replace("id: errors\n", "id: errors\n    inputs: [ app, app ]\n");

        assertThat(SettingsFile.of(directory, yaml).mistakes()).containsExactly("6:20 the input 'app' is named twice");
    }
}
