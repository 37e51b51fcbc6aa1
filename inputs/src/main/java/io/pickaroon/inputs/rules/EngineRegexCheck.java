package io.pickaroon.inputs.rules;

import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.secret.SecretRule;
import java.util.List;
import java.util.Optional;

/** Checks the expressions of a configuration with the engine. */
public final class EngineRegexCheck implements RegexCheck {
    /** Expressions that are written to match everything. */
    private static final java.util.regex.Pattern EVERYTHING = java.util.regex.Pattern.compile("[.*^$()?sm:]*");

    /** What the engine says of one after its text, which the caller shows with its place. */
    private static final String NO_EXPRESSION = "' is no regular expression in RE2 syntax: ";

    @Override
    public Optional<String> problemWith(String expression) {
        try {
            new Pattern.Regex(expression, false);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            String message = e.getMessage();
            int after = message.indexOf(NO_EXPRESSION);
            return Optional.of(after < 0 ? message : message.substring(after + NO_EXPRESSION.length()));
        }
    }

    @Override
    public Optional<String> problemWithGroup(String expression, int group) {
        try {
            new SecretRule("", expression, group, 0, List.of(), List.of());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override
    public Optional<String> surpriseIn(String expression) {
        return !EVERYTHING.matcher(expression).matches() && new Pattern.Regex(expression, false).matchesEveryRecord()
                ? Optional.of("the expression matches the empty text, so every record matches")
                : Optional.empty();
    }
}
