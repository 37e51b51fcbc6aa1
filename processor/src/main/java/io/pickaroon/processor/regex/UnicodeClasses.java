package io.pickaroon.processor.regex;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The classes of {@code \p{..}}: general categories and scripts, as the Unicode version of the JVM has them. */
final class UnicodeClasses {
    private static final Map<String, Integer> CATEGORIES = categories();

    private UnicodeClasses() {}

    private static Map<String, Integer> categories() {
        Map<String, Integer> categories = new HashMap<>();
        String[] names = {
            "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Co", "Cs",
            "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf"
        };
        byte[] types = {
            Character.UPPERCASE_LETTER,
            Character.LOWERCASE_LETTER,
            Character.TITLECASE_LETTER,
            Character.MODIFIER_LETTER,
            Character.OTHER_LETTER,
            Character.NON_SPACING_MARK,
            Character.ENCLOSING_MARK,
            Character.COMBINING_SPACING_MARK,
            Character.DECIMAL_DIGIT_NUMBER,
            Character.LETTER_NUMBER,
            Character.OTHER_NUMBER,
            Character.SPACE_SEPARATOR,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR,
            Character.CONTROL,
            Character.FORMAT,
            Character.PRIVATE_USE,
            Character.SURROGATE,
            Character.DASH_PUNCTUATION,
            Character.START_PUNCTUATION,
            Character.END_PUNCTUATION,
            Character.CONNECTOR_PUNCTUATION,
            Character.OTHER_PUNCTUATION,
            Character.MATH_SYMBOL,
            Character.CURRENCY_SYMBOL,
            Character.MODIFIER_SYMBOL,
            Character.OTHER_SYMBOL,
            Character.INITIAL_QUOTE_PUNCTUATION,
            Character.FINAL_QUOTE_PUNCTUATION
        };
        for (int i = 0; i < names.length; i++) {
            categories.merge(names[i], 1 << types[i], (a, b) -> a | b);
            categories.merge(names[i].substring(0, 1), 1 << types[i], (a, b) -> a | b);
        }
        return categories;
    }

    /** The class of a name as RE2 has it, such as {@code Lu}, {@code L}, {@code Greek} or {@code Any}; empty if there is none. */
    static Optional<CodePoints> named(String name) {
        if (name.equals("Any")) {
            return Optional.of(CodePoints.ALL);
        }
        Integer types = CATEGORIES.get(name);
        if (types != null) {
            return Optional.of(
                    CodePoints.where(c -> (1 << Character.getType(c) & types) != 0, Character.MAX_CODE_POINT));
        }
        return script(name)
                .map(script ->
                        CodePoints.where(c -> Character.UnicodeScript.of(c) == script, Character.MAX_CODE_POINT));
    }

    private static Optional<Character.UnicodeScript> script(String name) {
        if (name.length() < 3 || !Character.isUpperCase(name.charAt(0))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Character.UnicodeScript.valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
