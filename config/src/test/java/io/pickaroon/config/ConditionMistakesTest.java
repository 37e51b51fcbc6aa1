package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.check.PropertiesCheck;
import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.problem.Problem;
import io.pickaroon.config.problem.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with conditions, and with fixes of what they match, is told where it stands. */
class ConditionMistakesTest {
    private static final String FILE = """
        inputs:
          - { id: app, include: [ a.log ], parse: { regex: 'l=(?<level>\\w+)' }, fields: { env: prod } }
          - { id: raw, include: [ r.log ] }
        rules:
          - { id: only, inputs: [ app ], match: %s }
        output: { console: {} }
        """;

    @TempDir
    Path directory;

    private SettingsFile file(String match) {
        return SettingsFile.of(directory, FILE.formatted(match));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ all: [] }                          | 5:48 expected at least one condition, found an empty list",
                "{ any: { literal: a } }              | 5:48 expected a list of conditions, found a mapping",
                "{ all: [ { literal: a }, b ] }       | 5:66 expected a mapping for 'match' with 'literal', 'anyOf',"
                        + " 'regex', 'detect', 'all', 'any', 'not', 'field', 'ignoreCase', found 'b'",
                "{ all: [ { literal: a, regex: b } ] } | 5:64 'regex' cannot stand beside 'literal': expected exactly"
                        + " one of 'literal', 'anyOf', 'regex', 'detect', 'all', 'any', 'not', 'field' in 'match'",
                "{ literal: a, not: { literal: b } }  | 5:55 'not' cannot stand beside 'literal': expected exactly one"
                        + " of 'literal', 'anyOf', 'regex', 'detect', 'all', 'any', 'not', 'field' in 'match'",
                "{ all: [ { literal: a } ], ignoreCase: true } | 5:68 'ignoreCase' has a meaning only with 'literal',"
                        + " 'anyOf', 'regex'; give it to each of them",
                "{ not: { any: [ { literal: '' } ] } } | 5:68 expected a text, found an empty one, which every record"
                        + " would match",
                "{ field: { name: level } }           | 5:50 expected exactly one of 'equals', 'in', 'matches' in"
                        + " 'field', found none",
                "{ field: { name: level, equals: a, in: [ b ] } } | 5:76 'in' cannot stand beside 'equals': expected"
                        + " exactly one of 'equals', 'in', 'matches' in 'field'",
                "{ field: { name: level, eq: a } }    | 5:65 unknown key 'eq' in 'field'; did you mean 'equals'?",
                "{ field: { name: a.b.c.d.e.f.g.h.i, equals: c } } | 5:58 expected a field's name of at most 8 parts"
                        + " between dots, found 'a.b.c.d.e.f.g.h.i'",
                "{ field: { equals: a } }             | 5:50 missing key 'name' in 'field'",
                "{ field: { name: level, in: [] } }   | 5:69 expected at least one text, found an empty list",
                "{ field: { name: level, equals: '' } } | 5:73 expected a text, found an empty one: a field without a"
                        + " value is a missing one, for which a condition is false",
                "{ field: { name: 'a:b', equals: c } } | 5:58 expected a field's name of 1 to 200 characters without"
                        + " '{', '}', ':' and control characters, found 'a:b'",
                "{ field: { name: levl, equals: c } } | 5:58 no input of the rule has a field 'levl'; did you mean"
                        + " 'level'?",
                "{ all: [ { literal: a }, { not: { field: { name: user, equals: c } } } ] } | 5:90 no input of the"
                        + " rule has a field 'user'; its fields are 'env', 'level'",
            })
    void isToldWithItsPlace(String match, String mistake) {
        assertThat(file(match + ", emit: { topic: t }").mistakes()).containsExactly(mistake);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ all: [ { literal: a }, { literal: b } ] }, fix: { mask: x } | 5:91 a fix without 'group' changes"
                        + " what one pattern matches, and 'match' has 2 of them; name a group of one expression with"
                        + " 'group'",
                "{ not: { literal: a } }, fix: { mask: x } | 5:71 a fix without 'group' changes what one pattern"
                        + " matches, and 'match' has none outside of 'not'; add a 'literal', 'anyOf' or 'regex' to"
                        + " 'all'",
                "{ field: { name: env, equals: a } }, fix: { mask: x } | 5:83 a fix without 'group' changes what one"
                        + " pattern matches, and 'match' has none outside of 'not'; add a 'literal', 'anyOf' or"
                        + " 'regex' to 'all'",
                "{ all: [ { literal: ab }, { not: { literal: c } } ] }, fix: { replace: x } | 5:112 a fix keeps the"
                        + " length: 'x' has 1 byte, the literal 'ab' has 2 bytes",
                "{ all: [ { regex: '(?<a>1)' }, { regex: '(?<a>2)' } ] }, fix: { mask: x, group: a } | 5:121 several"
                        + " expressions of 'match' have a group named 'a'; give the one that is changed a name of its"
                        + " own",
                "{ all: [ { regex: '(?<a>1)' }, { regex: '(?<b>2)' } ] }, fix: { mask: x, group: c } | 5:121 no"
                        + " regular expression of 'match' has a group named 'c'; did you mean 'a'?",
                "{ all: [ { literal: a }, { literal: b } ] }, fix: { mask: x, group: c } | 5:109 'group' has a meaning"
                        + " only when 'match' has a 'regex'",
                "{ all: [ { literal: a }, { not: { regex: '(?<c>x)' } } ] }, fix: { mask: x, group: c } | 5:124"
                        + " 'group' has a meaning only when 'match' has a 'regex'",
                "{ literal: a }, emit: { topic: t }, fix: { replace: x, when: never } | 5:102 'never' goes only with"
                        + " 'mask': what replaces a match is written to the file and not sent",
                "{ literal: a }, emit: { topic: t }, fix: { mask: x, when: never, protectHead: 1 } | 5:106"
                        + " 'protectHead' has no meaning where the file is never changed",
                "{ literal: a }, emit: { topic: t }, fix: { mask: x, when: never, allowHardLinks: true } | 5:106"
                        + " 'allowHardLinks' has no meaning where the file is never changed",
                "{ literal: a }, fix: { mask: x, when: never } | 5:79 'never' masks what is emitted, and no rule emits"
                        + " records of the inputs of this one; add 'emit' to a rule of them",
            })
    void aFixKnowsWhatItChanges(String rule, String mistake) {
        assertThat(file(rule).mistakes()).containsExactly(mistake);
    }

    @ParameterizedTest
    @CsvSource({"app, true", "raw, false"})
    void aRuleMasksWhatAnotherOneOfItsInputsEmits(String input, boolean isUsed) {
        String text = FILE.formatted("{ literal: a }, fix: { mask: x, when: never }")
                .replace(
                        "output:",
                        "  - { id: o, inputs: [ " + input + " ], match: { literal: b }, emit: { topic: t } }\noutput:");

        assertThat(SettingsFile.of(directory, text).mistakes().isEmpty()).isEqualTo(isUsed);
    }

    @Test
    void aFixOfOneGroupOfSeveralExpressions() {
        assertThat(file("{ all: [ { literal: a }, { any: [ { regex: '(?<a>1)' }, { regex: '(?<b>2)' } ] } ] },"
                                + " fix: { mask: x, group: b }")
                        .mistakes())
                .isEmpty();
    }

    @Test
    void aFieldOfAnInputWithoutFieldsIsRefused() {
        String text = FILE.formatted("{ field: { name: level, equals: a } }, emit: { topic: t }");

        assertThat(SettingsFile.of(directory, text.replace("[ app ]", "[ raw ]"))
                        .mistakes())
                .containsExactly("5:58 no input of the rule has fields; add 'parse' to it, or 'fields' with 'level'");
    }

    @Test
    void aFieldThatOnlySomeInputsHaveIsSaid() throws SettingsException {
        String text = FILE.formatted("{ field: { name: level, equals: a } }, emit: { topic: t }");
        List<Problem> warnings = new ArrayList<>();
        SettingsFile file = SettingsFile.of(directory, text.replace("[ app ]", "[ app, raw ]"));

        SettingsReader.read(file.path(), _ -> null, RegexCheck.NONE, PropertiesCheck.NONE, warnings::add);

        assertThat(warnings)
                .extracting(warning -> warning.line() + ":" + warning.column() + " " + warning.message())
                .containsExactly("5:63 no record of the input 'raw' has a field 'level', so that the condition is false"
                        + " for all of them");
    }

    @Test
    void aGroupBelowNotIsInNoRecord() {
        String match = "{ all: [ { regex: '(?<p>a)' }, { not: { any: [ { regex: '(?<q>b)' } ] } } ] }";

        assertThat(file(match + ", emit: { topic: t, key: '{group.q:}' }").mistakes())
                .containsExactly("5:145 the group 'q' stands below 'not': what it matches is in no record of the rule");
        assertThat(file(match + ", emit: { topic: t, key: '{group.p:}' }").mistakes())
                .isEmpty();
    }

    @Test
    void anyFieldMayBeAskedOfJson() {
        String text = FILE.formatted("{ field: { name: a.items.0, in: [ b ] } }, emit: { topic: t }")
                .replaceAll("parse: \\{.*?\\}", "parse: json");

        assertThat(SettingsFile.of(directory, text).mistakes()).isEmpty();
    }

    @ParameterizedTest
    @Timeout(120)
    @CsvSource({"'&m { not: *m }', 5:41", "'&m { all: [ *m, *m ] }', 5:41"})
    void aConditionOfItselfEnds(String match, String place) {
        assertThat(file(match + ", emit: { topic: t }").mistakes())
                .isNotEmpty()
                .allMatch(mistake -> mistake.equals(
                        place + " more than 1,000 conditions and lists of them, or nested deeper than 20 levels"));
    }

    @Test
    @Timeout(120)
    void conditionsOfConditionsDoNotMultiply() {
        StringBuilder text = new StringBuilder("a: &a { literal: x }\n");
        for (char name = 'b'; name <= 'g'; name++) {
            String before = "*" + (char) (name - 1) + " ";
            text.append(name)
                    .append(": &")
                    .append(name)
                    .append(" { any: [ ")
                    .append((before + ", ").repeat(7))
                    .append(before)
                    .append("] }\n");
        }
        text.append(FILE.formatted("{ not: *g }, emit: { topic: t }"));

        assertThat(SettingsFile.of(directory, text.toString()).mistakes())
                .anyMatch(mistake -> mistake.contains("more than 1,000 conditions and lists of them"));
    }

    @Test
    void twentyLevelsOfConditionsAreRead() {
        String match = "{ not: ".repeat(19) + "{ literal: a }" + " }".repeat(19);

        assertThat(file(match + ", emit: { topic: t }").mistakes()).isEmpty();
        assertThat(file("{ all: [ ".repeat(14) + "{ literal: a }" + " ] }".repeat(14) + ", emit: { topic: t }")
                        .mistakes())
                .isEmpty();
    }
}
