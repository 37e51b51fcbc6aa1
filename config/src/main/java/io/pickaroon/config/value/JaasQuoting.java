package io.pickaroon.config.value;

/**
 * Writes values into a login configuration (JAAS) so that they are read back as they were: within quotes the quote, the
 * backslash and line breaks are escaped; a value that stands alone behind {@code =} is put in quotes. Elsewhere, for a
 * login configuration that comes as a whole, nothing is changed.
 */
final class JaasQuoting {
    private static final char NONE = 0;

    private JaasQuoting() {}

    /** As {@link Expansion.Quoting} says. */
    static String quoted(String value, String before) {
        char quote = openQuote(before);
        if (quote != NONE) {
            return escaped(value, quote);
        }
        return before.stripTrailing().endsWith("=") ? '"' + escaped(value, '"') + '"' : value;
    }

    private static char openQuote(String text) {
        char quote = NONE;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == NONE) {
                quote = c == '"' || c == '\'' ? c : NONE;
            } else if (c == '\\') {
                i++;
            } else if (c == quote) {
                quote = NONE;
            }
        }
        return quote;
    }

    private static String escaped(String value, char quote) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\\' -> text.append("\\\\");
                default -> text.append(c == quote ? "\\" : "").append(c);
            }
        }
        return text.toString();
    }
}
