package io.pickaroon.config.glob;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Expands <code>{a,b}</code> in a glob, nested or not, before anything else is read, as shells do. */
final class Braces {
    private static final int MAX_ALTERNATIVES = 1_000;
    private static final Pattern RANGE = Pattern.compile("[^,{}]+\\.\\.[^,{}]+");

    private final String glob;
    private int at;

    private Braces(String glob) {
        this.glob = glob;
    }

    /**
     * The globs without braces that the glob stands for, at most {@value #MAX_ALTERNATIVES}.
     *
     * @throws PatternSyntaxException if a brace is not closed, or has no choice in it
     */
    static List<String> expand(String glob) {
        return new Braces(glob).sequence(0);
    }

    /** Reads up to the comma or brace that ends an alternative, or to the end. */
    private List<String> sequence(int depth) {
        List<String> texts = List.of("");
        while (at < glob.length() && !(depth > 0 && (glob.charAt(at) == ',' || glob.charAt(at) == '}'))) {
            texts = product(texts, glob.charAt(at) == '{' ? group(depth + 1) : List.of(plain()));
        }
        return texts;
    }

    private List<String> group(int depth) {
        int start = at;
        List<String> alternatives = new ArrayList<>();
        int choices = 0;
        do {
            at++;
            alternatives.addAll(sequence(depth));
            choices++;
        } while (at < glob.length() && glob.charAt(at) == ',');
        if (at == glob.length()) {
            throw refused("'{' is not closed; write \\{ for the character itself", start);
        }
        at++;
        if (choices == 1) {
            String text = glob.substring(start, at);
            boolean isRange =
                    RANGE.matcher(text.substring(1, text.length() - 1)).matches();
            throw refused(
                    isRange
                            ? text + " is no range here; write [1-9] for one character, or {1,2,10} for each text"
                            : text + " gives no choice; write {a,b} for a choice, or \\{ and \\} for the characters"
                                    + " themselves",
                    start);
        }
        return alternatives;
    }

    /** An escaped character, a bracket expression, or one character. */
    private String plain() {
        int start = at;
        at = switch (glob.charAt(at)) {
            case '\\' -> Math.min(at + 2, glob.length());
            case '[' -> Brackets.end(glob, at);
            default -> at + 1;
        };
        return glob.substring(start, at);
    }

    private List<String> product(List<String> heads, List<String> tails) {
        if ((long) heads.size() * tails.size() > MAX_ALTERNATIVES) {
            throw refused("its braces stand for more than 1,000 patterns", at);
        }
        return heads.stream()
                .flatMap(head -> tails.stream().map(tail -> head + tail))
                .toList();
    }

    private PatternSyntaxException refused(String description, int index) {
        return new PatternSyntaxException(description, glob, index);
    }
}
