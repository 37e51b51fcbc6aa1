package io.pickaroon.config.properties;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake is told with the property that has it. Lines are separated by blanks. */
class PropertyMistakesTest {
    private static final String EMPTY =
            "inputs= inputs.shop.include= rules= rules.errors.match.literal=" + " rules.errors.emit.topic=";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "inputs.shop.windowBytes=1KB | inputs.shop.windowBytes: expected a size from 4KiB to 1GiB, found '1KB'",
                "inputs.shop.windowByte=8KiB | inputs.shop.windowByte: unknown property; did you mean"
                        + " 'inputs.shop.windowBytes'?",
                "inputs.shop.nonsense=8KiB | inputs.shop.nonsense: unknown property; expected one of 'include',"
                    + " 'path', 'exclude', 'format', 'windowBytes', 'maxRecordBytes', 'maxPartDistance', 'delimiter',"
                    + " 'ignoreOlder', 'multiline', 'flushAfter', 'host', 'fields', 'parse', 'mode'",
                "inputs.shp.windowBytes=8KiB | inputs.shp.windowBytes: 'shp' is not named in 'inputs'; did you mean"
                        + " 'inputs.shop.windowBytes'?",
                "inputs.other.path=/a | inputs.other.path: 'other' is not named in 'inputs'; it names 'shop'",
                "input.shop.exclude=a | input.shop.exclude: unknown property; did you mean 'inputs.shop.exclude'?",
                "rules.errors.topic=a | rules.errors.topic: unknown property; did you mean"
                        + " 'rules.errors.emit.topic'?",
                "rules.errors.emit.topic.name=a | rules.errors.emit.topic.name: unknown property; did you mean"
                        + " 'rules.errors.emit.topic'?",
                "inputs.shop.id=a | inputs.shop.id: unknown property: the name of an item in its list is its id;"
                        + " remove it",
                "rules.errors.emit=a | rules.errors.emit: it has no value of its own; expected properties below it:"
                        + " 'topic', 'key', 'partition', 'timestamp', 'headers', 'format', 'context', 'sample'",
                "rules.errors.emit.topic= rules.errors.emit.format=json | rules.errors.emit.topic: expected a text"
                        + " with names in braces, found nothing",
                "rules.errors.emit.topic= rules.errors.emit.topik=a | rules.errors.emit.topik: unknown property; did"
                        + " you mean 'rules.errors.emit.topic'?",
                "rules.errors.match.literal= | rules.errors.match: expected exactly one of 'literal', 'anyOf', 'regex',"
                        + " 'detect', 'all', 'any', 'not', 'field' in 'match', found none",
                "rules.errors.match.regex=a | rules.errors.match.regex: 'regex' cannot stand beside 'literal':"
                    + " expected exactly one of 'literal', 'anyOf', 'regex', 'detect', 'all', 'any', 'not', 'field' in"
                    + " 'match'",
                "rules.errors.match.literal= rules.errors.match.detect=card rules.errors.match.detect.gitleaks=/a.toml"
                    + " | rules.errors.match.detect.gitleaks: a connector uses no rules of gitleaks: each worker would"
                    + " read a file of its own, and a record is masked the same whichever of them sends it; remove it",
                "inputs.shop.include=/a,,/b | inputs.shop.include: expected a glob such as /var/log/*.log, found an"
                        + " empty text",
                "inputs=shop,shop | inputs: the name 'shop' is there twice",
                "inputs=shop,a:b | inputs: expected a name of 1 to 100 letters, digits, '.', '_' or '-', found 'a:b'",
                "inputs=shop,shop.fields inputs.shop.fields.path=/{a} | inputs: the name 'shop.fields' cannot stand"
                        + " beside 'shop', which has properties that begin so; choose another name",
                "inputs= | inputs: expected the names of its inputs, separated by commas, found nothing; did you mean"
                        + " 'shop'?",
                "rules.errors.inputs=shp | rules.errors.inputs: there is no input with the id 'shp'; did you mean"
                        + " 'shop'?",
                "inputs.shop.parse=jason | inputs.shop.parse: expected one of 'none', 'json', 'logfmt', or"
                        + " 'inputs.shop.parse.regex', found 'jason'; did you mean 'json'?",
                "inputs.shop.parse=json inputs.shop.parse.regex=(?<a>b) | inputs.shop.parse: it cannot stand beside"
                        + " 'inputs.shop.parse.regex'; remove one of them",
                "inputs.shop.fields=env | inputs.shop.fields: it has no value of its own; write"
                        + " 'inputs.shop.fields.NAME' for each name",
                "rules.errors.emit.headers=file,own | rules.errors.emit.headers: expected one of 'file', 'offset',"
                        + " 'rule', 'id', 'host', 'time', 'truncated', or a header of your own with its text in"
                        + " 'rules.errors.emit.headers.own', found 'own'",
                "rules.errors.emit.headers=file rules.errors.emit.headers.own=a | rules.errors.emit.headers.own: 'own'"
                        + " is not named in 'rules.errors.emit.headers'; it names 'file'",
                "rules.errors.emit.headers.own=a | rules.errors.emit.headers: expected the names of the headers,"
                        + " separated by commas, found nothing; did you mean 'own'?",
                "rules.errors.emit.headers=id,id | rules.errors.emit.headers: the header 'id' is listed twice",
                "rules.errors.emit.headers=a,a rules.errors.emit.headers.a=b | rules.errors.emit.headers: the header"
                        + " 'a' is listed twice",
                "rules.errors.emit.key={env.NODE} | rules.errors.emit.key: '{env.NODE}' cannot be used here: each"
                        + " worker has an environment of its own, and a record is the same whichever of them sends it;"
                        + " write the text itself, or take it from a config provider, as in '${env:NAME}'",
                "rules.errors.emit.key={hots} | rules.errors.emit.key: there is no name 'hots'; did you mean '{host}'?",
            })
    void isToldWithItsProperty(String lines, String mistake) {
        assertThat(PropertyLines.SMALLEST.with(lines.split(" ")).mistakes()).containsExactly(mistake);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "inputs.shop.start=end | inputs.shop.start: a connector reads files from their beginning: no task can"
                        + " say which of them were there at its first start; remove it",
                "inputs.shop.maxRate=5MiB/s | inputs.shop.maxRate: tasks share no limit; give the connector's client a"
                        + " quota at the brokers, or fewer tasks in 'tasks.max'; remove it",
                "inputs.shop.flushAfter=5s | inputs.shop.flushAfter: the task that reads what follows could not know"
                        + " that the first part of a record was sent already; remove it",
                "inputs.shop.multiline.start=a inputs.shop.multiline.timeout=5s | inputs.shop.multiline.timeout: the"
                        + " task that reads what follows could not know that the first part of a record was sent"
                        + " already; the last record of a file is sent when another one begins, or with 'mode'"
                        + " complete; remove it",
                "checkpoint.path=/a | checkpoint.path: a connector has no such setting: Kafka Connect keeps the offsets"
                        + " of a connector; remove it",
                "output.console= | output.console: a connector has no such setting: a connector sends to the cluster of"
                        + " its worker; producer settings are 'producer.override.NAME'; remove it",
                "http.port=1 | http.port: a connector has no such setting: a connector's figures are metrics of its"
                        + " worker; remove it",
                "threads=1 | threads: a connector has no such setting: the tasks of a connector are its threads;"
                        + " 'tasks.max' says how many; remove it",
                "instance=a | instance: a connector has no such setting: the 'name' of the connector takes its place;"
                        + " remove it",
                "rules.errors.fix.mask=x | rules.errors.fix.when: a task changes no file, because a task that was"
                        + " replaced could not be kept from writing: expected 'never', with which a mask changes what"
                        + " is sent; the host that owns the files fixes them afterwards, with 'pickaroon fix"
                        + " --delivered-by'",
                "rules.errors.fix.mask=x rules.errors.fix.when=rotated | rules.errors.fix.when: a task changes no file,"
                        + " because a task that was replaced could not be kept from writing: expected 'never', with"
                        + " which a mask changes what is sent; the host that owns the files fixes them afterwards, with"
                        + " 'pickaroon fix --delivered-by'",
                "rules.errors.fix.mask=x rules.errors.fix.when=nevr | rules.errors.fix.when: expected one of"
                        + " 'immediately', 'rotated', 'never', found 'nevr'; did you mean 'never'?",
            })
    void whatATaskCannotDoIsRefusedWithTheReason(String lines, String mistake) {
        assertThat(PropertyLines.SMALLEST.with(lines.split(" ")).mistakes()).containsExactly(mistake);
    }

    /** Its files are one split each, whose offset says what was sent of each stream. */
    @Test
    void aContainerLogMayHaveWhatOtherFilesMayNot() {
        assertThat(PropertyLines.SMALLEST
                        .with(
                                "inputs.shop.format=cri",
                                "inputs.shop.maxPartDistance=1MiB",
                                "inputs.shop.flushAfter=2s",
                                "inputs.shop.multiline.start=a",
                                "inputs.shop.multiline.timeout=3s")
                        .mistakes())
                .isEmpty();
        assertThat(PropertyLines.SMALLEST
                        .with("inputs.shop.maxPartDistance=1MiB")
                        .mistakes())
                .containsExactly("inputs.shop.maxPartDistance: 'maxPartDistance' is of container logs: add 'format:"
                        + " cri' or 'docker'");
    }

    @Test
    void aMaskThatChangesNoFileIsTaken() {
        assertThat(PropertyLines.SMALLEST
                        .with("rules.errors.fix.mask=x", "rules.errors.fix.when=never")
                        .mistakes())
                .isEmpty();
    }

    @Test
    void withoutPropertiesBothListsAreMissing() {
        assertThat(PropertyLines.SMALLEST.with(EMPTY.split(" ")).mistakes())
                .containsExactly(
                        "inputs: expected a list of inputs, found nothing",
                        "rules: expected a list of rules, found nothing");
    }

    @Test
    void conditionsWithoutEndAreRefused() {
        String deep = "rules.errors.match" + ".not".repeat(5_000) + ".literal";

        assertThat(PropertyLines.SMALLEST
                        .with("rules.errors.match.literal=", deep + "=a")
                        .mistakes())
                .containsExactly(
                        "rules.errors.match.not: more than 1,000 conditions and lists of them, or nested deeper"
                                + " than 20 levels");
    }

    @Test
    void aWarningNamesItsPropertyToo() throws PropertiesException {
        assertThat(PropertyLines.SMALLEST.with("inputs.shop.fields.a={host}").warnings())
                .containsExactly(
                        "inputs.shop.fields.a: a text of 'fields' is no template: '{host}' is sent as it stands;"
                                + " name it in 'topic', 'key' or 'headers' of the rules instead");
    }

    @Test
    void aNameOnSeveralLinesIsShownOnOne() {
        assertThat(PropertyLines.SMALLEST.with("inputs.a\nb.path=/a").mistakes())
                .singleElement()
                .asString()
                .startsWith("inputs.a\uFFFDb.path: 'a\uFFFDb' is not named in 'inputs'");
    }
}
