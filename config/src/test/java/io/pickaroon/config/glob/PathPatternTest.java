package io.pickaroon.config.glob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
    @Test
    void namesTheParts() {
        PathPattern pattern = PathPattern.of("/var/log/pods/{namespace}_{pod}_{uid}/{container}/{n}.log");

        assertThat(pattern.names()).containsExactly("namespace", "pod", "uid", "container", "n");
        assertThat(pattern.glob()).isEqualTo("/var/log/pods/?*_?*_?*/?*/?*.log");
        assertThat(pattern.values("/var/log/pods/shop_cart-7f_01ab/web/0.log"))
                .contains(List.of("shop", "cart-7f", "01ab", "web", "0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/{a}.log          | /x.log          | x",
                "/{a}.log          | /.log           | -",
                "/{a}.log          | /x/y.log        | -",
                "/{a}.log          | /x.txt          | -",
                "/{a}.log          | /x.log.log      | x.log",
                "/{a}_{b}          | /x_y_z          | x y_z",
                "/{a}_{b}          | /__             | -",
                "/{a}_{b}          | /___            | _ _",
                "/{a}-{b}.log      | /a-b-c.log      | a b-c",
                "/*-{b}            | /a-b-c          | b-c",
                "/{a}*             | /abc            | a",
                "/{a}?{b}          | /abc            | a c",
                "/{a}[0-9]         | /a12            | a1",
                "/**/{a}.log       | /x.log          | x",
                "/**/{a}.log       | /u/v/x.log      | x",
                "/{a}/**/{b}       | /u/v/w/x        | u x",
                "/{a}/**/{b}       | /u/x            | u x",
                "/{a}/**           | /u/v/w          | u",
                "/d**/{b}          | /d/e/f          | f",
                "/\\{{a}\\}        | /{x}            | x",
                "/ä{a}             | /ä😀            | 😀",
            })
    void takesAsFewCharactersAsPossible(String pattern, String path, String values) {
        assertThat(PathPattern.of(pattern).values(path))
                .isEqualTo(values.equals("-") ? Optional.empty() : Optional.of(List.of(values.split(" "))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{a}.log",
                "/a.log",
                "/{}.log",
                "/{a b}.log",
                "/{a,b}.log",
                "/{1}.log",
                "/{a}/{a}.log",
                "/{a}{b}.log",
                "/{a",
                "/{a}[",
                "/{a}\\"
            })
    void refusesWhatIsNone(String pattern) {
        assertThatThrownBy(() -> PathPattern.of(pattern)).isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void isEqualByItsText() {
        assertThat(PathPattern.of("/{a}"))
                .isEqualTo(PathPattern.of("/{a}"))
                .hasSameHashCodeAs(PathPattern.of("/{a}"))
                .isNotEqualTo(PathPattern.of("/{b}"))
                .hasToString("/{a}");
    }

    @Test
    void takesLinearTime() {
        PathPattern pattern = PathPattern.of("/" + "*a".repeat(100) + "{n}_" + "{m}");
        String path = "/" + "a".repeat(100_000);

        assertTimeout(
                Duration.ofSeconds(100), () -> assertThat(pattern.values(path)).isEmpty());
    }

    /** Whatever a pattern takes its glob takes, and lazy groups of the JDK find the same values. */
    @Test
    void agreesWithItsGlobAndWithExpressions() {
        Random random = new Random(11);
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder pattern = new StringBuilder("/{z}");
            StringBuilder expression = new StringBuilder("/(?<z>[^/]+?)");
            boolean wasName = true;
            for (int parts = random.nextInt(6); parts > 0; parts--) {
                int kind = random.nextInt(wasName ? 4 : 5);
                wasName = kind == 4;
                pattern.append(List.of("a", "_", "/", "*", "{n" + parts + "}").get(kind));
                expression.append(List.of("a", "_", "/", "[^/]*?", "(?<n" + parts + ">[^/]+?)")
                        .get(kind));
            }
            PathPattern read;
            try {
                read = PathPattern.of(pattern.toString());
            } catch (PatternSyntaxException e) {
                throw new AssertionError(pattern.toString(), e);
            }
            if (pattern.indexOf("**") >= 0) { // crosses slashes
                continue;
            }
            StringBuilder path = new StringBuilder("/");
            for (int length = random.nextInt(8); length > 0; length--) {
                path.append("a_/b".charAt(random.nextInt(4)));
            }
            Matcher expected = Pattern.compile(expression.toString()).matcher(path);
            boolean matches = expected.matches();
            taken += matches ? 1 : 0;

            assertThat(Glob.of(read.glob()).matches(path.toString()))
                    .as("%s of %s", read.glob(), path)
                    .isEqualTo(matches);
            assertThat(read.values(path.toString()).isPresent()).isEqualTo(matches);
            if (matches) {
                assertThat(read.values(path.toString()).orElseThrow())
                        .as("%s of %s", pattern, path)
                        .isEqualTo(read.names().stream().map(expected::group).toList());
            }
        }
        assertThat(taken).isGreaterThan(500);
    }
}
