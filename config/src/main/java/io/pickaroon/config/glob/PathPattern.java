package io.pickaroon.config.glob;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * An absolute {@link Glob} in which parts of names have names of their own, such as
 * <code>/var/log/pods/{namespace}_{pod}/{container}/*.log</code>: it says what they are in a path. Immutable.
 *
 * <p>A name stands for at least one character, never for a slash. Where a path can be read in several ways, each name and each
 * star takes as few characters as possible, from left to right. Braces are no choices here. A path is read in time linear in
 * its length, whatever the pattern.
 */
public final class PathPattern {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,99}");

    /** @param step the first of its two steps: one character, then any of the same name */
    private record Named(String name, int step) {}

    private final String text;
    private final String glob;
    private final List<Step> steps;
    private final List<Named> named;

    private PathPattern(String text, String glob, List<Step> steps, List<Named> named) {
        this.text = text;
        this.glob = glob;
        this.steps = steps;
        this.named = List.copyOf(named);
    }

    /**
     * Reads a pattern.
     *
     * @throws PatternSyntaxException if it is none, is not absolute, or has no name or one of them twice
     */
    public static PathPattern of(String text) {
        if (!text.startsWith("/")) {
            throw new PatternSyntaxException("it has to begin with '/'", text, 0);
        }
        List<Named> named = new ArrayList<>();
        StringBuilder glob = new StringBuilder();
        int[] copied = {0};
        Glob read = Glob.of(text, (pattern, at, steps) -> {
            int end = pattern.indexOf('}', at) + 1;
            String name = name(pattern, at, end, steps.size(), named);
            // Two stars would cross slashes.
            glob.append(pattern, copied[0], at).append(pattern.startsWith("*", end) ? "?" : "?*");
            copied[0] = end;
            named.add(new Named(name, steps.size()));
            steps.add(Step.one(any -> any != '/'));
            steps.add(Step.of(Step.Kind.ANY_IN_NAME));
            return end;
        });
        if (named.isEmpty()) {
            throw new PatternSyntaxException("no part of it has a name, as in /var/log/{app}.log", text, 0);
        }
        return new PathPattern(text, glob.append(text, copied[0], text.length()).toString(), read.steps(), named);
    }

    private static String name(String pattern, int at, int end, int step, List<Named> before) {
        if (end == 0) {
            throw new PatternSyntaxException("'{' is not closed; write \\{ for the character itself", pattern, at);
        }
        String name = pattern.substring(at + 1, end - 1);
        if (!NAME.matcher(name).matches()) {
            throw new PatternSyntaxException(
                    "'{" + name + "}' is no name of letters, digits, '_' or '-'; write \\{ for the character itself",
                    pattern,
                    at);
        }
        if (before.stream().anyMatch(other -> other.name().equals(name))) {
            throw new PatternSyntaxException("the name '" + name + "' is there twice", pattern, at);
        }
        if (!before.isEmpty() && before.getLast().step() + 2 == step) {
            throw new PatternSyntaxException(
                    "nothing between '" + before.getLast().name() + "' and '" + name + "' says where one ends",
                    pattern,
                    at);
        }
        return name;
    }

    /** The glob of the paths that it takes. */
    public String glob() {
        return glob;
    }

    /** The names, in the order of the pattern. */
    public List<String> names() {
        return named.stream().map(Named::name).toList();
    }

    /** What the names are in a path, in the order of the pattern; empty if the pattern does not take it. */
    public Optional<List<String>> values(String path) {
        int[] characters = path.codePoints().toArray();
        List<BitSet> ends = ends(characters);
        if (!ends.getFirst().get(0)) {
            return Optional.empty();
        }
        int[] starts = new int[steps.size() + 1];
        int at = 0;
        for (int i = 0; i < steps.size(); i++) {
            starts[i] = at;
            at = end(steps.get(i), ends.get(i + 1), characters, at);
        }
        starts[steps.size()] = at;
        return Optional.of(named.stream()
                .map(each -> new String(characters, starts[each.step()], starts[each.step() + 2] - starts[each.step()]))
                .toList());
    }

    /** For each step, and for the end, from which characters on the rest of the path can be taken. */
    private List<BitSet> ends(int[] characters) {
        BitSet last = new BitSet();
        last.set(characters.length);
        List<BitSet> ends = new ArrayList<>(List.of(last));
        for (Step step : steps.reversed()) {
            BitSet behind = ends.getFirst();
            BitSet here = new BitSet();
            for (int at = characters.length; at >= 0; at--) {
                boolean more = at < characters.length;
                here.set(
                        at,
                        step.mayTakeNothing(isAtName(characters, at)) && behind.get(at)
                                || more && step.takes(characters[at]) && behind.get(at + 1)
                                || more && step.stays(characters[at]) && here.get(at + 1));
            }
            ends.addFirst(here);
        }
        return ends;
    }

    /** Where a step ends that begins at a place: as early as the steps behind it can go on. */
    private static int end(Step step, BitSet behind, int[] characters, int at) {
        if (step.kind() == Step.Kind.CHARACTER) {
            return at + 1;
        }
        int end = behind.nextSetBit(at);
        while (!step.mayTakeNothing(isAtName(characters, end))) {
            end = behind.nextSetBit(end + 1);
        }
        return end;
    }

    private static boolean isAtName(int[] characters, int at) {
        return at == 0 || characters[at - 1] == '/';
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathPattern pattern && pattern.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
