package io.pickaroon.app.fix;

import io.pickaroon.app.error.UserError;
import io.pickaroon.app.search.Wanted;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what a fix looks for, and what it puts there, into rules that emit nothing. */
public final class FixRules {
    private FixRules() {}

    /**
     * One rule for each pattern, all with the same fix.
     *
     * @throws UserError if a pattern cannot be searched for, has no such group, or is a text of another length than its
     *     replacement
     */
    public static List<Rule> of(Wanted wanted, Fix fix) {
        List<Rule> rules = new ArrayList<>();
        try {
            for (Pattern pattern : wanted.patterns()) {
                requireSameLength(pattern, fix);
                rules.add(rule("pattern-" + (rules.size() + 1), pattern, fix));
            }
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), e);
        }
        return List.copyOf(rules);
    }

    private static Rule rule(String id, Pattern pattern, Fix fix) {
        try {
            return new Rule(id, pattern, false, Optional.of(fix));
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "--group %1$s: %2$s has no group of that name; write (?<%1$s>..) in an expression given with -e"
                            .formatted(
                                    fix.group(),
                                    pattern instanceof Pattern.Regex regex ? "'" + regex.expression() + "'" : "a text"),
                    e);
        }
    }

    private static void requireSameLength(Pattern pattern, Fix fix) {
        if (pattern instanceof Pattern.Literal literal && fix.change() instanceof Fix.Replace replace) {
            int found = lengthBytes(literal.text());
            int replacement = lengthBytes(replace.text());
            if (found != replacement) {
                throw new UserError(
                        "'%s' has %d bytes and its replacement '%s' has %d; a fix never changes a length: pad or shorten it"
                                .formatted(literal.text(), found, replace.text(), replacement));
            }
        }
    }

    private static int lengthBytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
