package io.pickaroon.config;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts environment variables into a scalar value: <code>${NAME}</code>, <code>${NAME:default}</code>, and
 * <code>$${</code> for a plain <code>${</code>. A variable that is set to nothing counts as set. The result is a value
 * and never read as YAML, nor expanded again.
 */
final class Expansion {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$\\{|\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::([^{}]*))?\\})?");

    private final UnaryOperator<String> environment;

    /** @param environment the value of a variable, null when it is not set */
    Expansion(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    String expand(String raw) throws Mismatch {
        if (!raw.contains("${")) {
            return raw;
        }
        Matcher reference = REFERENCE.matcher(raw);
        StringBuilder expanded = new StringBuilder();
        int copied = 0;
        while (reference.find()) {
            expanded.append(raw, copied, reference.start()).append(replacement(reference));
            copied = reference.end();
        }
        return expanded.append(raw, copied, raw.length()).toString();
    }

    private String replacement(Matcher reference) throws Mismatch {
        if (reference.group().startsWith("$$")) {
            return "${";
        }
        String name = reference.group(1);
        if (name == null) {
            throw new Mismatch("expected ${NAME} or ${NAME:default}, without braces inside; write $${ for a plain ${");
        }
        String value = environment.apply(name);
        if (value != null) {
            return value;
        }
        if (reference.group(2) == null) {
            throw new Mismatch("environment variable '" + name + "' is not set and ${" + name + "} has no default;"
                    + " set it or write ${" + name + ":default}");
        }
        return reference.group(2);
    }
}
