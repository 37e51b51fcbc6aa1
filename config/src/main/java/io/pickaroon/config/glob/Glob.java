package io.pickaroon.config.glob;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for paths, as in bash with {@code globstar} and {@code dotglob}. Immutable.
 *
 * <pre>
 *   *          any characters of one name, none included; names that begin with a dot, too
 *   ?          one character of a name
 *   [a-z]      one of these characters; [!a-z] and [^a-z] one of all others
 *   **         as a whole step: any number of directories, none included; at the end, everything below
 *   a**b       within a step (unlike in bash): any characters, slashes included
 *   {a,b}      a choice, expanded first
 *   \x         the character x itself
 * </pre>
 *
 * <p>A path is matched in time linear in its length, whatever the pattern.
 */
public final class Glob {
    private final List<Step> steps;
    /** What all paths begin with, step for step. */
    private final String prefix;

    private final int prefixSteps;

    /** Reads the braces of a pattern that has a meaning for them. */
    @FunctionalInterface
    interface BraceReader {
        /** Adds the steps for the brace at a place, and returns where what it opens ends. */
        int read(String pattern, int at, List<Step> steps);
    }

    private Glob(List<Step> steps) {
        this.steps = List.copyOf(steps);
        this.prefixSteps =
                (int) this.steps.stream().takeWhile(step -> step.literal() >= 0).count();
        StringBuilder text = new StringBuilder();
        this.steps.stream().limit(prefixSteps).forEach(step -> text.appendCodePoint(step.literal()));
        this.prefix = text.toString();
    }

    /**
     * The patterns without braces that a pattern stands for, each to be given to {@link #of}.
     *
     * @throws PatternSyntaxException if a brace is not closed, has no choice in it, or stands for more than 1,000 patterns
     */
    public static List<String> alternatives(String pattern) {
        return Braces.expand(pattern);
    }

    /**
     * Reads a pattern.
     *
     * @param pattern one of {@link #alternatives}
     * @throws PatternSyntaxException if it is none
     */
    public static Glob of(String pattern) {
        return of(pattern, (_, at, steps) -> {
            steps.add(Step.literal('{'));
            return at + 1;
        });
    }

    static Glob of(String pattern, BraceReader braces) {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < pattern.length()) {
            int c = pattern.codePointAt(at);
            int end = at + Character.charCount(c);
            switch (c) {
                case '*' -> {
                    end = starsEnd(pattern, at);
                    boolean isWholeStep = (at == 0 || pattern.charAt(at - 1) == '/')
                            && end < pattern.length()
                            && pattern.charAt(end) == '/';
                    steps.add(Step.of(
                            end - at == 1
                                    ? Step.Kind.ANY_IN_NAME
                                    : isWholeStep ? Step.Kind.DIRECTORIES : Step.Kind.ANY));
                    end += end - at > 1 && isWholeStep ? 1 : 0;
                }
                case '?' -> steps.add(Step.one(any -> any != '/'));
                case '[' -> {
                    steps.add(Step.one(Brackets.members(pattern, at)));
                    end = Brackets.end(pattern, at);
                }
                case '\\' -> {
                    if (end == pattern.length()) {
                        throw new PatternSyntaxException("nothing follows the last '\\'", pattern, at);
                    }
                    int escaped = pattern.codePointAt(end);
                    steps.add(Step.literal(escaped));
                    end += Character.charCount(escaped);
                }
                case '{' -> end = braces.read(pattern, at, steps);
                default -> steps.add(Step.literal(c));
            }
            at = end;
        }
        return new Glob(steps);
    }

    List<Step> steps() {
        return steps;
    }

    private static int starsEnd(String pattern, int start) {
        int end = start;
        while (end < pattern.length() && pattern.charAt(end) == '*') {
            end++;
        }
        return end;
    }

    /** Whether the pattern takes the whole path. */
    public boolean matches(String path) {
        return after(path)[steps.size()];
    }

    /** Whether it may take a path that begins with this directory. */
    public boolean mayBeBelow(String directory) {
        boolean[] states = after(directory.endsWith("/") ? directory : directory + "/");
        for (int i = 0; i < steps.size(); i++) {
            if (states[i]) {
                return true;
            }
        }
        return false;
    }

    /** The directory, with a slash at its end, that all paths have in common as far as that is written in the pattern. */
    public String commonDirectory() {
        return prefix.substring(0, prefix.lastIndexOf("/") + 1);
    }

    /** Which steps may be next, the one behind the last included, when the text is read. */
    private boolean[] after(String text) {
        boolean[] states = new boolean[steps.size() + 1];
        boolean[] next = new boolean[steps.size() + 1];
        boolean isPrefixRead = text.startsWith(prefix);
        int start = isPrefixRead ? prefix.length() : 0;
        states[isPrefixRead ? prefixSteps : 0] = true;
        skip(states, start == 0 || prefix.endsWith("/"));
        int c;
        for (int at = start; at < text.length(); at += Character.charCount(c)) {
            c = text.codePointAt(at);
            Arrays.fill(next, false);
            for (int i = 0; i < steps.size(); i++) {
                if (states[i]) {
                    Step step = steps.get(i);
                    next[i] |= step.stays(c);
                    next[i + 1] |= step.takes(c);
                }
            }
            skip(next, c == '/');
            boolean[] free = states;
            states = next;
            next = free;
        }
        return states;
    }

    private void skip(boolean[] states, boolean atName) {
        for (int i = 0; i < steps.size(); i++) {
            states[i + 1] |= states[i] && steps.get(i).mayTakeNothing(atName);
        }
    }
}
