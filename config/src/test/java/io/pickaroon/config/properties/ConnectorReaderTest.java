package io.pickaroon.config.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.config.settings.DetectorName;
import io.pickaroon.config.settings.FixSettings;
import io.pickaroon.config.settings.HeaderSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.ParseSettings;
import io.pickaroon.config.settings.ReadMode;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What properties say is what the settings have. */
class ConnectorReaderTest {
    private static InputSettings input(String... lines) throws PropertiesException {
        return PropertyLines.SMALLEST.with(lines).read().settings().inputs().getFirst();
    }

    private static RuleSettings rule(String... lines) throws PropertiesException {
        return PropertyLines.SMALLEST.with(lines).read().settings().rules().getFirst();
    }

    @Test
    void theFewestPropertiesAreAnInputAndARule() throws PropertiesException {
        ConnectorSettings read = PropertyLines.SMALLEST.read();

        assertThat(read.settings().inputs().getFirst().id()).isEqualTo("shop");
        assertThat(read.settings().inputs().getFirst().files().include()).containsExactly("/mnt/shop/*.log");
        assertThat(read.mode("shop")).isEqualTo(ReadMode.GROWING);
        assertThat(read.settings().rules().getFirst().inputs()).containsExactly("shop");
        assertThat(read.settings().rules().getFirst().match()).isEqualTo(new MatchSettings.Literal("ERROR", false));
        assertThat(read.settings().checkpoint()).isEmpty();
    }

    @Test
    void detectorsAreAList() throws PropertiesException {
        RuleSettings rule = rule(
                "rules.errors.match.literal=", "rules.errors.match.detect=card, us-ssn", "rules.errors.fix.when=never");

        assertThat(rule.match()).isEqualTo(new MatchSettings.Detect(List.of(DetectorName.CARD, DetectorName.US_SSN)));
        assertThat(rule.fix().orElseThrow().change()).isEqualTo(new FixSettings.DetectorMask('*'));
    }

    @Test
    void whatIsNotOfTheSettingsIsLeftAlone() throws PropertiesException {
        Settings settings = PropertyLines.SMALLEST
                .with("name=c", "tasks.max=4", "split.bytes=256MiB", "transforms=a", "errors.log.enable=true")
                .read()
                .settings();

        assertThat(settings.inputs()).hasSize(1);
    }

    @Test
    void anInputHasTheKeysOfTheFile() throws PropertiesException {
        InputSettings input = input(
                "inputs.shop.include=/mnt/a.log, /mnt/b\\,c.log",
                "inputs.shop.exclude=*.tmp",
                "inputs.shop.windowBytes=64MiB",
                "inputs.shop.ignoreOlder=30d",
                "inputs.shop.multiline.start=^\\d",
                "inputs.shop.host=nfs-1",
                "inputs.shop.fields.env=${prod}",
                "inputs.shop.fields.a.b=",
                "inputs.shop.parse=json");

        assertThat(input.files().include()).containsExactly("/mnt/a.log", "/mnt/b,c.log");
        assertThat(input.files().exclude()).containsExactly("*.tmp");
        assertThat(input.windowBytes()).isEqualTo(64 << 20);
        assertThat(input.files().ignoreOlder()).contains(Duration.ofDays(30));
        assertThat(input.records().multiline().orElseThrow().start()).contains("^\\d");
        assertThat(input.origin().host()).contains("nfs-1");
        assertThat(input.origin().fields()).isEqualTo(Map.of("env", "${prod}", "a.b", ""));
        assertThat(input.origin().parse()).isEqualTo(new ParseSettings.Json());
    }

    @Test
    void anExpressionOfFieldsStandsBelowParse() throws PropertiesException {
        assertThat(input("inputs.shop.parse.regex=u=(?<user>\\w+)").origin().parse())
                .isEqualTo(new ParseSettings.Regex("u=(?<user>\\w+)"));
    }

    @Test
    void aModeIsOfItsInput() throws PropertiesException {
        ConnectorSettings read = PropertyLines.SMALLEST
                .with("inputs=old,shop", "inputs.old.include=/mnt/old.gz", "inputs.old.mode=complete")
                .read();

        assertThat(read.modes()).isEqualTo(Map.of("old", ReadMode.COMPLETE, "shop", ReadMode.GROWING));
        assertThat(read.settings().inputs()).extracting(InputSettings::id).containsExactly("old", "shop");
        assertThat(read.settings().rules().getFirst().inputs()).containsExactly("old", "shop");
    }

    @Test
    void aNameMayBeginAsAnotherOne() throws PropertiesException {
        Settings settings = PropertyLines.SMALLEST
                .with("inputs=shop,shop.b", "inputs.shop.b.include=/mnt/b", "rules.errors.inputs=shop.b")
                .read()
                .settings();

        assertThat(settings.inputs().getLast().files().include()).containsExactly("/mnt/b");
        assertThat(settings.rules().getFirst().inputs()).containsExactly("shop.b");
    }

    @Test
    void conditionsHaveNames() throws PropertiesException {
        assertThat(rule(
                                "rules.errors.match.literal=",
                                "inputs.shop.parse=json",
                                "rules.errors.match.all=text,either,not",
                                "rules.errors.match.all.text.anyOf=a\\,b,\\ c",
                                "rules.errors.match.all.text.ignoreCase=true",
                                "rules.errors.match.all.either.any=1,2",
                                "rules.errors.match.all.either.any.1.regex=a,b",
                                "rules.errors.match.all.either.any.2.field.name=level",
                                "rules.errors.match.all.either.any.2.field.in=error,fatal",
                                "rules.errors.match.all.not.not.literal=healthcheck")
                        .match())
                .isEqualTo(new MatchSettings.All(List.of(
                        new MatchSettings.AnyOf(List.of("a,b", " c"), true),
                        new MatchSettings.Any(List.of(
                                new MatchSettings.Regex("a,b", false),
                                new MatchSettings.Field("level", new MatchSettings.In(List.of("error", "fatal"))))),
                        new MatchSettings.Not(new MatchSettings.Literal("healthcheck", false)))));
    }

    @Test
    void headersAreWordsOrHaveTextsOfTheirOwn() throws PropertiesException {
        HeaderSettings headers = rule(
                        "rules.errors.emit.headers=file, tenant, id",
                        "inputs.shop.fields.tenant=a",
                        "rules.errors.emit.headers.tenant={field.tenant}")
                .emit()
                .orElseThrow()
                .headers();

        assertThat(((HeaderSettings.Listed) headers).headers())
                .extracting(header ->
                        header.name() + header.value().map(value -> "=" + value).orElse(""))
                .containsExactly("file", "tenant={field.tenant}", "id");
    }

    @Test
    void allAndNoneAreWordsForAllHeaders() throws PropertiesException {
        assertThat(rule("rules.errors.emit.headers=none").emit().orElseThrow().headers())
                .isEqualTo(new HeaderSettings.None());
        assertThat(rule("rules.errors.emit.headers=all", "rules.errors.emit.headers.all=x")
                        .emit()
                        .orElseThrow()
                        .headers())
                .isInstanceOf(HeaderSettings.Listed.class);
    }

    @Test
    void nothingIsExpanded() throws PropertiesException {
        assertThat(rule("rules.errors.match.literal=$${HOME} ${HOME}").match())
                .isEqualTo(new MatchSettings.Literal("$${HOME} ${HOME}", false));
        assertThat(rule("rules.errors.match.literal=${HOME}").isWrittenOut()).isTrue();
    }

    @Test
    void aTopicForDeadLettersMakesMissingValuesNoMistake() throws PropertiesException {
        PropertyLines lines =
                PropertyLines.SMALLEST.with("inputs.shop.parse=json", "rules.errors.emit.key={field.user}");

        assertThat(lines.mistakes())
                .containsExactly(
                        "rules.errors.emit.key: a record without 'field.user', of which the key is made, would stop"
                            + " the run; give it a default, as in '{field.user:unknown}', or write the name of a topic"
                            + " in 'dead.letter.topic'");
        OutputSettings.Kafka output = (OutputSettings.Kafka)
                lines.withDeadLetters("dead").read().settings().output();
        assertThat(output.deadLetter()).contains(new OutputSettings.DeadLetter.Topic("dead"));
    }

    @Test
    void aPropertyThatIsNullIsNotGiven() throws PropertiesException {
        Map<String, String> properties = new TreeMap<>(PropertyLines.SMALLEST.properties());
        properties.put("inputs.shop.windowBytes", null);

        assertThat(new PropertyLines(properties, Optional.empty())
                        .read()
                        .settings()
                        .inputs())
                .hasSize(1);
    }

    @Test
    void allMistakesAreInTheMessage() {
        assertThatThrownBy(PropertyLines.SMALLEST.with("inputs.shop.mode=open", "rules.errors.emit.format=xml")::read)
                .isInstanceOf(PropertiesException.class)
                .hasMessage("""
                    inputs.shop.mode: expected one of 'growing', 'complete', found 'open'
                    rules.errors.emit.format: expected one of 'message', 'raw', 'json', 'otlp', found 'xml'\
                    """);
    }
}
