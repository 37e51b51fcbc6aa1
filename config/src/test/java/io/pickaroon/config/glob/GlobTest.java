package io.pickaroon.config.glob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.PatternSyntaxException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    private static boolean matches(String pattern, String path) {
        return Glob.alternatives(pattern).stream().map(Glob::of).anyMatch(glob -> glob.matches(path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/l/*.log               | /l/a.log /l/.log /l/.a.log                | /l/a.log1 /l/d/a.log /a.log",
                "/l/a?.log              | /l/ab.log /l/aü.log /l/a😀.log            | /l/a.log /l/abc.log /l/a/.log",
                "/l/**/z.log            | /l/z.log /l/a/z.log /l/a/b/z.log          | /l/az.log /z.log /l/a/zz.log",
                "/l/**/b/**/z.log       | /l/b/z.log /l/a/b/z.log /l/b/c/d/z.log /l/b/b/z.log | /l/z.log /l/bb/z.log",
                "/**/a/**/b/**/c        | /a/b/c /x/a/y/b/z/c /a/a/b/b/c            | /a/c /b/a/c /ab/c",
                "/l/**                  | /l/a /l/a/b                               | /l /la /m/l",
                "/l/**/*                | /l/a /l/a/b/c                             | /l",
                "/l/**.log              | /l/a.log /l/a/b.log                       | /l/a.logs",
                "/l/a**z                | /l/az /l/a/z /l/ab/cz                     | /l/a",
                "/l/***/z               | /l/z /l/a/b/z                             | /l/az",
                "/l/[^a-c]x             | /l/dx /l/^x /l/éx                         | /l/ax /l/cx /l//x",
                "/l/[!a-c]x             | /l/dx /l/!x                               | /l/ax",
                "/l/[a^]x               | /l/ax /l/^x                               | /l/bx",
                "/l/[]a]x               | /l/]x /l/ax                               | /l/bx",
                "/l/[!]a]x              | /l/bx                                     | /l/]x /l/ax",
                "/l/[a-]x               | /l/ax /l/-x                               | /l/bx",
                "/l/[\\]\\-a]x          | /l/]x /l/-x /l/ax                         | /l/\\x",
                "/l/[à-ü]x              | /l/éx                                     | /l/ex",
                "/l/[[:digit:]_]x       | /l/7x /l/_x                               | /l/ax /l/:x",
                "/l/[^[:alpha:]]x       | /l/7x                                     | /l/ax",
                "/l/{a,b*}.log          | /l/a.log /l/b.log /l/bc.log               | /l/c.log /l/{a,b}.log",
                "/{l,m/n}/x{,.[0-9]}    | /l/x /m/n/x.1                             | /l/x. /m/x",
                "/l/{a,{b,c}d}          | /l/a /l/bd /l/cd                          | /l/b /l/ad",
                "/l/\\{a\\}\\*\\?\\[x]  | /l/{a}*?[x]                               | /l/a /l/{a}bc[x]",
                "/l/[{,}]               | /l/{ /l/, /l/}                            | /l/a",
                "/l/a}b],c              | /l/a}b],c                                 | /l/abc",
            })
    void takesWhatAShellWouldTake(String pattern, String taken, String left) {
        assertThat(taken.split(" ")).allMatch(path -> matches(pattern, path));
        assertThat(left.split(" ")).noneMatch(path -> matches(pattern, path));
    }

    @Test
    void takesLineBreaksAndBlanksInNames() {
        assertThat(matches("/l/*.log", "/l/a\nb .log")).isTrue();
        assertThat(matches("/l/a?b", "/l/a\nb")).isTrue();
        assertThat(matches("/l/**", "/l/\n/\t")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/l/[a",
                "/l/[]",
                "/l/[!]",
                "/l/[z-a]",
                "/l/[a/b]",
                "/l/[[:foo:]]",
                "/l/[[=a=]]",
                "/l/{a",
                "/l/{a,b",
                "/l/{a}",
                "/l/{1..9}",
                "/l/\\",
                "/l/{a,[b}"
            })
    void refusesWhatCannotBeMeant(String pattern) {
        assertThatThrownBy(() -> matches(pattern, "/l/a")).isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void refusesBracesThatStandForTooMuch() {
        assertThatThrownBy(() -> Glob.alternatives("{a,b}".repeat(10))).hasMessageContaining("more than 1,000");
    }

    @Test
    void aPatternOfManyStarsTakesNoTime() {
        assertThat(Glob.of("/" + "*a".repeat(200) + "b").matches("/" + "a".repeat(4_000)))
                .isFalse();
    }

    @Test
    void knowsWhereItsFilesMayBe() {
        assertThat(Glob.of("/l/\\[x\\]/d*/**/z.log").commonDirectory()).isEqualTo("/l/[x]/");
        assertThat(Glob.of("/l/a.log").commonDirectory()).isEqualTo("/l/");
        Glob glob = Glob.of("/l/a*/logs/**/z.log");
        assertThat(List.of("/", "/l", "/l/ab", "/l/ab/logs", "/l/ab/logs/x/y")).allMatch(glob::mayBeBelow);
        assertThat(List.of("/m", "/l/b", "/l/ab/x", "/l/ab/logsx")).noneMatch(glob::mayBeBelow);
    }

    @Property(tries = 3_000)
    void agreesWithANaiveMatcher(@ForAll("patterns") String pattern, @ForAll("paths") String path) {
        assertThat(Glob.of(pattern).matches(path)).isEqualTo(naive(pattern, path));
    }

    @Property(tries = 2_000)
    void entersEveryDirectoryOfAPathThatItTakes(@ForAll("patterns") String pattern, @ForAll("paths") String path) {
        if (Glob.of(pattern).matches(path)) {
            for (int slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
                assertThat(Glob.of(pattern).mayBeBelow(path.substring(0, slash)))
                        .isTrue();
            }
            assertThat(path).startsWith(Glob.of(pattern).commonDirectory());
        }
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("a", "b", "*", "?", "**", "[ab]", "[^a]", "a*", "*b", "a**", "**b", "[!b]*", "\\*")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(steps -> "/" + String.join("/", steps));
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("a", "b", "ab", "ba", "*", "c", ".a", "a\nb")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(steps -> "/" + String.join("/", steps));
    }

    /** Tries every way, step by step of the definition. */
    private static boolean naive(String pattern, String path) {
        if (pattern.isEmpty()) {
            return path.isEmpty();
        }
        if (pattern.startsWith("/**/")) {
            int next = path.indexOf('/', 1);
            return path.startsWith("/")
                    && (naive(pattern.substring(3), path) || next > 0 && naive(pattern, path.substring(next)));
        }
        if (pattern.startsWith("**")) {
            return naive(pattern.substring(2), path) || !path.isEmpty() && naive(pattern, path.substring(1));
        }
        if (pattern.startsWith("*")) {
            return naive(pattern.substring(1), path)
                    || !path.isEmpty() && path.charAt(0) != '/' && naive(pattern, path.substring(1));
        }
        if (path.isEmpty()) {
            return false;
        }
        char c = path.charAt(0);
        if (pattern.startsWith("[")) {
            int end = pattern.indexOf(']');
            String inside = pattern.substring(1, end);
            boolean negated = inside.charAt(0) == '^' || inside.charAt(0) == '!';
            return c != '/'
                    && inside.indexOf(c, negated ? 1 : 0) >= 0 != negated
                    && naive(pattern.substring(end + 1), path.substring(1));
        }
        if (pattern.startsWith("\\")) {
            return c == pattern.charAt(1) && naive(pattern.substring(2), path.substring(1));
        }
        return (pattern.charAt(0) == '?' ? c != '/' : c == pattern.charAt(0))
                && naive(pattern.substring(1), path.substring(1));
    }
}
