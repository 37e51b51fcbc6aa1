package io.pickaroon.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.records.time.UtcText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("SITE", "north", "EMPTY", "", "BRACES", "{host}");
    private static final TemplateScope SCOPE = TemplateScope.of(ENVIRONMENT::get)
            .withNames(Variable.GROUP, List.of("user", "pan"))
            .withCertainNames(Variable.PATH, List.of("pod"))
            .withCertainNames(Variable.FIELD, List.of("team"))
            .withAnyName(Variable.FIELD);
    private static final RecordValues VALUES = new RecordValues(Map.of(
            "host", "h1",
            "file", "/var/log/a.log",
            "file.name", "a.log",
            "offset", "17",
            "group.user", "ann",
            "path.pod", "web-0",
            "field.a.b", "dotted",
            "field.braces", "{host}",
            "field.team", "shop"));

    private final ByteBuilder text = new ByteBuilder(1000);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain | plain",
                "`` | ``",
                "{host} | h1",
                "a{host}b{file.name}c | ah1ba.logc",
                "{host}{host} | h1h1",
                "{group.user}@{path.pod}:{offset} | ann@web-0:17",
                "{field.a.b} | dotted",
                "{field.none:unknown} | unknown",
                "{group.pan:a:b c} | a:b c",
                "[{field.none:}] | []",
                "{host:unused} | h1",
                "{{host}} | {host}",
                "{{{host}}} | {h1}",
                "}}{{ | }{",
                "{field.braces} | {host}",
                "{env.SITE}-{host} | north-h1",
                "{env.BRACES} | {host}",
                "{env.EMPTY:none} | none",
                "{env.UNSET:} | ``",
                "größe {host} \uD83D\uDE00 | größe h1 \uD83D\uDE00",
            })
    void renders(String template, String expected) throws TemplateException {
        assertThat(parse(template).render(VALUES, text)).isEmpty();
        assertThat(text).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "a{field.none}b, field.none",
        "{group.user}{group.pan}, group.pan",
        "{field.x:1}{field.x}, field.x",
        "{id}, id"
    })
    void saysWhichValueIsMissing(String template, String missing) throws TemplateException {
        assertThat(parse(template).render(VALUES, text).map(TemplateName::toString))
                .contains(missing);
        assertThat(text.length()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a}b | 2 | closes nothing",
                "{host}} | 7 | write }} for a brace",
                "a{host | 2 | is not closed; write {{",
                "a{ho{st} | 5 | neither a name nor a default can hold a brace",
                "a{host:{x}} | 8 | neither a name nor a default can hold a brace",
                "ab{} | 4 | a name is missing between { and }; names are env.NAME, field.NAME, field.team, file,"
                        + " file.name,",
                "ab{:x} | 4 | a name is missing",
                "\uD83D\uDE00ö{} | 4 | a name is missing",
                "{field} | 2 | needs a name behind a dot, as in {field.NAME}",
                "{field.:x} | 2 | needs a name behind a dot",
                "{env.UNSET} | 2 | 'UNSET' is not set or empty, and there is no default; set it or write",
                "{env.EMPTY} | 2 | 'EMPTY' is not set or empty",
                "{group.x} | 2 | there is no group 'x'; there are: pan, user",
                "{zzzzzz} | 2 | there is no name 'zzzzzz'",
            })
    void refusesAtAColumn(String template, int column, String message) {
        assertThatThrownBy(() -> parse(template))
                .isInstanceOfSatisfying(
                        TemplateException.class, e -> assertThat(e.column()).isEqualTo(column))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "{hots}, host",
        "{ host }, host",
        "{Host}, host",
        "{filename}, file.name",
        "{name}, file.name",
        "{host.name}, ",
        "{user}, group.user",
        "{group.usr}, group.user",
        "{grup.user}, group.user",
        "{path.pot}, path.pod",
        "{feild.level}, field.level",
        "{groups.anything}, group.anything",
        "{envv.SITE}, env.SITE",
        "{zzzzzz}, "
    })
    void suggestsTheNearestName(String template, String meant) {
        assertThatThrownBy(() -> parse(template))
                .isInstanceOfSatisfying(
                        TemplateException.class, e -> assertThat(e.suggestion()).isEqualTo(Optional.ofNullable(meant)));
    }

    @Test
    void aScopeCanLeaveVariablesOut() {
        assertThatThrownBy(() -> Template.parse("{time}", SCOPE.without(Variable.TIME, Variable.ID)))
                .hasMessageStartingWith("'time' cannot be used here; names are env.NAME, ");
        assertThatThrownBy(() -> Template.parse("{field.x}", TemplateScope.of(ENVIRONMENT::get)))
                .hasMessage("there is no field 'x', and no other field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "group.", "env.", "path."})
    void aWrongNameIsShownInAShortLine(String prefix) {
        assertThatThrownBy(() -> parse("{" + prefix + "x\n".repeat(1_000_000) + "}"))
                .isInstanceOf(TemplateException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250).doesNotContain("\n"));
    }

    @Test
    void knowsItsNames() throws TemplateException {
        Template template =
                parse("{host}-{field.b}{field.a:x}{field.b:y}{group.pan}{env.SITE}{path.pod}{field.team}{field.b}");
        assertThat(template.names())
                .extracting(TemplateName::toString)
                .containsExactly("host", "field.b", "field.a", "group.pan", "path.pod", "field.team");
        assertThat(template.members(Variable.FIELD)).containsExactly("b", "a", "team");
        assertThat(template.namesThatCanBeMissing())
                .extracting(TemplateName::toString)
                .containsExactly("field.b", "group.pan");
        assertThat(template.isLiteral()).isFalse();
        assertThat(template)
                .hasToString("{host}-{field.b}{field.a:x}{field.b:y}{group.pan}{env.SITE}{path.pod}"
                        + "{field.team}{field.b}");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            quoteCharacter = '`',
            value = {
                "logs-{host}, logs-, false",
                "{host}-logs, ``, false",
                "lo{{gs, lo{gs, true",
                "a{env.SITE}b{host}c, anorthb, false",
                "{env.SITE}, north, true",
                "``, ``, true"
            })
    void knowsItsLiteralPrefix(String template, String prefix, boolean isLiteral) throws TemplateException {
        assertThat(parse(template).literalPrefix()).isEqualTo(prefix);
        assertThat(parse(template).isLiteral()).isEqualTo(isLiteral);
    }

    @ParameterizedTest
    @EnumSource(Variable.class)
    void everyVariableCanBeUsed(Variable variable) throws TemplateException {
        TemplateScope scope = TemplateScope.of(_ -> "value")
                .withAnyName(Variable.FIELD)
                .withAnyName(Variable.GROUP)
                .withAnyName(Variable.PATH);
        String name = variable.word() + (variable.hasMembers() ? ".x" : "");
        assertThat(Template.parse("{" + name + "}", scope).render((_, to) -> to.append((byte) 'v'), text))
                .isEmpty();
        assertThat(text).hasToString(variable == Variable.ENV ? "value" : "v");
    }

    @Test
    void bytesThatAreNotUtf8StayAsTheyAre() throws TemplateException {
        byte[] value = {(byte) 0xFF, 0, (byte) 0xC3};
        parse("<{id}>").render((_, to) -> to.append(value), text);
        assertThat(text.toByteArray()).containsExactly('<', 0xFF, 0, 0xC3, '>');
    }

    @Test
    void whatExceedsTheBufferIsLeftOutAndNotMissing() throws TemplateException {
        ByteBuilder small = new ByteBuilder(4);
        assertThat(parse("{host}-{file}{group.user}").render(VALUES, small)).isEmpty();
        assertThat(small).hasToString("h1-/");
        assertThat(small.isTruncated()).isTrue();
    }

    @Test
    void renderingAllocatesNothing() throws TemplateException {
        Template template = parse("logs-{host}-{field.none:unknown}-{offset}-{time}");
        byte[] host = "h1".getBytes(StandardCharsets.US_ASCII);
        TemplateValues values = (name, to) -> {
            switch (name.variable()) {
                case HOST -> to.append(host);
                case OFFSET -> to.append(1_234_567_890_123L);
                case TIME -> UtcText.append(to, 1_764_403_530_120L);
                default -> {}
            }
        };
        assertThat(Allocation.bytesPerCall(() -> template.render(values, text))).isZero();
        assertThat(text).hasToString("logs-h1-unknown-1234567890123-2025-11-29T08:05:30.120Z");
    }

    private static Template parse(String text) throws TemplateException {
        return Template.parse(text, SCOPE);
    }
}
