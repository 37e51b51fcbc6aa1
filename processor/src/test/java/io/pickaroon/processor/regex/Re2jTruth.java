package io.pickaroon.processor.regex;

import com.google.re2j.Matcher;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** RE2/J, to which each byte is shown as the character of the same number. */
record Re2jTruth(com.google.re2j.Pattern pattern) {
    /** Empty if RE2/J refuses the expression. Of characters outside ASCII it may have é alone, in no class. */
    static Optional<Re2jTruth> of(String expression, boolean ignoreCase) {
        try {
            return Optional.of(new Re2jTruth(com.google.re2j.Pattern.compile(
                    expression.replace("é", "(?-i:\\xc3\\xa9)"),
                    ignoreCase ? com.google.re2j.Pattern.CASE_INSENSITIVE : 0)));
        } catch (PatternSyntaxException _) {
            return Optional.empty();
        }
    }

    boolean find(byte[] bytes, int from, int to) {
        return matcher(bytes, from, to).find();
    }

    /** Where each match stands, and the group in it, as indexes in the array. */
    List<List<Integer>> matches(byte[] bytes, int from, int to, int group) {
        List<List<Integer>> matches = new ArrayList<>();
        Matcher matcher = matcher(bytes, from, to);
        while (matcher.find()) {
            int groupStart = matcher.start(group);
            int groupEnd = matcher.end(group);
            matches.add(List.of(
                    from + matcher.start(),
                    from + matcher.end(),
                    groupStart < 0 ? -1 : from + groupStart,
                    groupEnd < 0 ? -1 : from + groupEnd));
        }
        return matches;
    }

    private Matcher matcher(byte[] bytes, int from, int to) {
        return pattern.matcher(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    }

    /** What the engine itself finds, in the same form. */
    static List<List<Integer>> found(ByteRegex regex, byte[] bytes, int from, int to) {
        List<List<Integer>> matches = new ArrayList<>();
        for (boolean found = regex.find(bytes, from, to); found; found = regex.findNext()) {
            matches.add(List.of(regex.start(), regex.end(), regex.groupStart(0), regex.groupEnd(0)));
        }
        return matches;
    }
}
