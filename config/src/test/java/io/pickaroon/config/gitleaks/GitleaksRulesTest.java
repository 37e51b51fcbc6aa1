package io.pickaroon.config.gitleaks;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.problem.Problem;
import io.pickaroon.config.settings.SecretSettings;
import io.pickaroon.config.settings.SecretSettings.Allowed;
import io.pickaroon.config.settings.SecretSettings.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file in the format of gitleaks means, over files that it extends. */
class GitleaksRulesTest {
    private static final String ONE = "[[rules]]\nid='one'\nregex='a'\n";

    /** As the engine: no look-around, and one group at most. */
    private static final RegexCheck CHECK = new RegexCheck() {
        @Override
        public Optional<String> problemWith(String expression) {
            return expression.contains("(?=") ? Optional.of("no look-around") : Optional.empty();
        }

        @Override
        public Optional<String> problemWithGroup(String expression, int group) {
            return group > 1 ? Optional.of("there is no group " + group) : Optional.empty();
        }
    };

    @TempDir
    Path directory;

    private GitleaksRules read(String text) throws UnreadableFileException, GitleaksException {
        return GitleaksRules.read(file("rules.toml", text), CHECK);
    }

    private Path file(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As line, column and message, with what is suggested. */
    private List<String> lines(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.renderInOneLine().replace(directory + "/", ""))
                .toList();
    }

    private SecretSettings only(String text) throws UnreadableFileException, GitleaksException {
        GitleaksRules rules = read(text);
        assertThat(rules.usable()).hasSize(1);
        return rules.usable().getFirst();
    }

    @Test
    void aRuleHasAnExpressionAGroupAnEntropyAndKeywords() throws Exception {
        assertThat(only("""
            title = "ours"
            minVersion = "v8"
            [[Rules]]
            ID = "acme"
            description = "keys of Acme"
            regex = '''acme_(\\w{8})'''
            SecretGroup = 1
            entropy = 3
            keywords = ["acme_", "Acme"]
            tags = ["x"]
            """))
                .isEqualTo(new SecretSettings("acme", "acme_(\\w{8})", 1, 3.0, List.of("acme_", "Acme"), List.of()));
        assertThat(only(ONE + "entropy = 2.5\n").entropy()).isEqualTo(2.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "regexes=['b'] | SECRET b '' false",
                "regexTarget='line' ; regexes=['b'] ; stopwords=['c'] | LINE b c false",
                "condition='and' ; regexTarget='match' ; regexes=['b'] ; stopWords=['c'] | MATCH b c true",
                "condition='&&' ; regexes=['b'] | SECRET b '' true",
                "condition='or' ; paths=['p'] ; regexes=['b'] | SECRET b '' false",
            })
    void anAllowlistIsOfARule(String list, String expected) throws Exception {
        String text = list.replace(" ; ", "\n");
        String[] parts = expected.split(" ");
        Allowed allowed = new Allowed(
                Target.valueOf(parts[0]),
                List.of(parts[1]),
                parts[2].equals("''") ? List.of() : List.of(parts[2]),
                Boolean.parseBoolean(parts[3]));
        assertThat(only(ONE + "[[rules.allowlists]]\n" + text).allowed()).containsExactly(allowed);
        assertThat(only(ONE + "[rules.allowlist]\n" + text).allowed()).containsExactly(allowed);
        assertThat(only(ONE + "[[allowlists]]\n" + text).allowed()).containsExactly(allowed);
        assertThat(only(ONE + "[[allowlists]]\ntargetRules=['one']\n" + text).allowed())
                .containsExactly(allowed);
        assertThat(only(ONE + "[[rules]]\nid='two'\npath='p'\n[[allowlists]]\ntargetRules=['two']\n" + text)
                        .allowed())
                .isEmpty();
    }

    /** A record has no path and no commit. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "paths=['p']",
                "commits=['c']",
                "condition='AND' ; paths=['p'] ; regexes=['b']",
                "condition='AND' ; commits=['c'] ; stopwords=['b']",
                "condition='AND' ; regexes=['(?=b)'] ; stopwords=['b']",
                "regexes=['(?=b)']",
            })
    void whatIsNotKnownOfARecordAllowsNothing(String list) throws Exception {
        assertThat(only(ONE + "[[rules.allowlists]]\n" + list.replace(" ; ", "\n"))
                        .allowed())
                .isEmpty();
    }

    @Test
    void whatCannotBeUsedIsToldWithItsPlace() throws Exception {
        GitleaksRules rules = read(ONE + """
            keyword = ["x"]
            [[rules]]
            id = "look"
            regex = '(?=a)'
            [[rules]]
            id = "file"
            path = 'p'
            [[rules]]
            id = "both"
            path = 'p'
            regex = 'b'
            [[rules]]
            id = "group"
            regex = '(a)'
            secretGroup = 2
            [[rules]]
            id = "near"
            regex = 'a'
            [[rules.required]]
            id = "one"
            [[rules]]
            id = "part"
            regex = 'a'
            skipReport = true
            [[rules]]
            id = "none"
            [[rules]]
            id = "one"
            regex = 'c'
            [[rules.allowlists]]
            regexes = ['d', '(?=e)']
            """);
        assertThat(rules.usable()).extracting(SecretSettings::id).containsExactly("one", "both");
        assertThat(rules.usable().getFirst().regex()).isEqualTo("c");
        assertThat(rules.usable().getFirst().allowed())
                .containsExactly(new Allowed(Target.SECRET, List.of("d"), List.of(), false));
        assertThat(rules.ofPaths()).containsExactly("both");
        assertThat(lines(List.copyOf(rules.unused().values())))
                .containsExactly(
                        "rules.toml:5:1: rule 'look' is not used: its 'regex' is no regular expression in RE2 syntax:"
                                + " no look-around",
                        "rules.toml:8:1: rule 'file' is not used: it asks for the path of a file alone, and finds"
                                + " nothing in a record",
                        "rules.toml:15:1: rule 'group' is not used: there is no group 2",
                        "rules.toml:19:1: rule 'near' is not used: it asks for what other rules find near it"
                                + " ('required')",
                        "rules.toml:24:1: rule 'part' is not used: it only helps other rules ('skipReport')",
                        "rules.toml:28:1: rule 'none' is not used: it has no 'regex'");
        assertThat(lines(rules.warnings()))
                .containsExactlyInAnyOrder(
                        "rules.toml:4:1: unknown key 'keyword' in an item of 'rules', which is passed over; did you"
                                + " mean 'keywords'?",
                        "rules.toml:30:1: rule 'one' is given twice; the last one counts",
                        "rules.toml:34:17: this expression allows nothing, because it is none in RE2 syntax: no"
                                + " look-around");
    }

    @Test
    void aFileExtendsAnotherOneBesideIt() throws Exception {
        Files.createDirectory(directory.resolve("base"));
        file("base/most.toml", """
            [extend]
            path = "least.toml"
            [[rules]]
            id = "a"
            regex = 'a1'
            entropy = 1
            secretGroup = 1
            keywords = ["k1"]
            [[rules.allowlists]]
            stopwords = ["s1"]
            [[rules]]
            id = "b"
            regex = 'b1'
            [[allowlists]]
            regexes = ['g1']
            """);
        file("base/least.toml", "[[rules]]\nid='c'\nregex='c0'\n[[rules]]\nid='d'\nregex='d0'\n");
        GitleaksRules rules = read("""
            [extend]
            path = "base/most.toml"
            disabledRules = ["b", "bb"]
            [[rules]]
            id = "a"
            entropy = 2
            keywords = ["k2"]
            [[rules.allowlists]]
            stopwords = ["s2"]
            [[rules]]
            id = "d"
            regex = 'd2'
            [[allowlists]]
            targetRules = ["c", "b"]
            stopwords = ["t2"]
            """);
        Allowed global = new Allowed(Target.SECRET, List.of("g1"), List.of(), false);
        assertThat(rules.usable())
                .containsExactlyInAnyOrder(
                        new SecretSettings(
                                "a", "a1", 1, 2, List.of("k1", "k2"), List.of(word("s1"), word("s2"), global)),
                        new SecretSettings("c", "c0", 0, 0, List.of(), List.of(word("t2"), global)),
                        new SecretSettings("d", "d2", 0, 0, List.of(), List.of(global)));
        assertThat(lines(rules.warnings()))
                .containsExactly("rules.toml:3:23: there is no rule 'bb' to disable; did you mean 'b'?");
    }

    private static Allowed word(String word) {
        return new Allowed(Target.SECRET, List.of(), List.of(word), false);
    }
}
