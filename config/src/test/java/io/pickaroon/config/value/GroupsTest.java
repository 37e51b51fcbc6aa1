package io.pickaroon.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "abc                    ! ``   ! ``",
                "(?<a>x)                ! a    ! a",
                "(?P<a>x)               ! a    ! a",
                "(?<a>\\d+) (?<b>.*)    ! a b  ! a",
                "(?<a>x|yy)z            ! a    ! a",
                "(?<a>x|)z              ! a    ! ``",
                "(?<a>x)|y              ! a    ! ``",
                "(?:(?<a>x)|y)          ! a    ! ``",
                "(?<a>x)?               ! a    ! ``",
                "(?<a>x)??              ! a    ! ``",
                "(?<a>x)*               ! a    ! ``",
                "(?<a>x)+               ! a    ! a",
                "(?<a>x){0,3}           ! a    ! ``",
                "(?<a>x){00}            ! a    ! ``",
                "(?<a>x){1,}            ! a    ! a",
                "(?<a>x*)               ! a    ! ``",
                "(?<a>x*y?)             ! a    ! ``",
                "(?<a>x*y)              ! a    ! a",
                "(?<a>^$\\b)            ! a    ! ``",
                "(?<a>(?<b>x)?y)        ! a b  ! a",
                "(?:(?<a>x))?(?<b>y)    ! a b  ! b",
                "((?<a>x)y)?            ! a    ! ``",
                "(?i)(?<a>x)            ! a    ! a",
                "(?i:(?<a>x))           ! a    ! a",
                "(?<a>(?i))             ! a    ! ``",
                "(?<a>[)])              ! a    ! a",
                "(?<a>[]|(?<b>]x)       ! a    ! a",
                "(?<a>[^]])             ! a    ! a",
                "(?<a>[[:alpha:]\\]])   ! a    ! a",
                "(?<a>\\pL)             ! a    ! a",
                "(?<a>\\x{41})          ! a    ! a",
                "(?<a>\\(?<b>x)         ! a    ! a",
                "\\(?<a>x               ! ``   ! ``",
                "\\Q(?<a>x)\\E(?<b>x)   ! b    ! b",
                "(?<a>\\Qx\\E*)         ! a    ! ``",
                "(?<a>x{2)              ! a    ! a",
            })
    void knowsWhichHoldSomethingInEveryMatch(String expression, String names, String certain) {
        Groups groups = Groups.of(expression);

        assertThat(groups.names()).isEqualTo(words(names));
        assertThat(groups.certain()).containsExactlyInAnyOrderElementsOf(words(certain));
    }

    @ParameterizedTest
    @CsvSource({"a, 0", "(a), 1", "(?:a), 0", "(?i:a)(?i)b, 0", "(?<a>b)(c), 2", "((a)|(?P<b>c)), 3", "[(]\\((a), 1"})
    void countsThoseWithoutANameToo(String expression, int count) {
        assertThat(Groups.of(expression).count()).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({"(?<a>x", "(?<a>x))", "(?<a>[x)", "(?<=x)(?<a>x)", "(?<a>x)\\"})
    void ofWhatItCannotReadNoneIsCertain(String expression) {
        assertThat(Groups.of(expression)).isEqualTo(new Groups(List.of("a"), Set.of(), 1));
    }

    @Test
    void deepAndLongExpressionsEnd() {
        assertThat(Groups.of("(".repeat(100_000)).certain()).isEmpty();
        assertThat(Groups.of("(?<a>" + "[" + "\\]".repeat(100_000) + "]" + ")").certain())
                .containsExactly("a");
        assertThat(Groups.of("(?<a>x)" + "|y".repeat(100_000)).certain()).isEmpty();
    }

    /** The JDK's expressions agree with RE2's in what is made here. */
    @Test
    void whatIsCertainIsThereInEveryMatchOfRandomExpressions() {
        Random random = new Random(7);
        int certain = 0;
        for (int i = 0; i < 3_000; i++) {
            String expression = expression(random, 2, new int[1]);
            Groups groups = Groups.of(expression);
            Pattern pattern;
            try {
                pattern = Pattern.compile(expression);
            } catch (PatternSyntaxException e) {
                throw new AssertionError(expression, e);
            }
            assertThat(groups.names())
                    .containsExactlyInAnyOrderElementsOf(pattern.namedGroups().keySet());
            certain += groups.certain().size();
            for (String text : List.of("", "x", "y", "xy", "yx", "xxyy", "yyx")) {
                Matcher matcher = pattern.matcher(text);
                while (matcher.find()) {
                    for (String name : groups.certain()) {
                        assertThat(matcher.group(name))
                                .as("%s of %s in %s", name, expression, text)
                                .isNotEmpty();
                    }
                }
            }
        }
        assertThat(certain).isGreaterThan(300);
    }

    private static String expression(Random random, int depth, int[] groups) {
        StringBuilder text = new StringBuilder();
        for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
            text.append(
                    switch (depth == 0 ? 0 : random.nextInt(4)) {
                        case 0 ->
                            List.of("x", "y", "[xy]", "\\w", ".", "^", "\\b").get(random.nextInt(7));
                        case 1 -> "(?<g" + groups[0]++ + ">" + expression(random, depth - 1, groups) + ")";
                        case 2 -> "(?:" + expression(random, depth - 1, groups) + ")";
                        default -> "(" + expression(random, depth - 1, groups) + ")";
                    });
            text.append(List.of("", "", "", "*", "?", "+", "{0,1}", "{1,2}", "+?", "??")
                    .get(random.nextInt(10)));
            text.append(random.nextInt(6) == 0 ? "|" : "");
        }
        return text.toString();
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }
}
