package io.pickaroon.processor.regex;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The classes of {@code \p{..}}: general categories and scripts, as the Unicode version of the JVM has them. */
final class UnicodeClasses {
    /** By the number that {@link Character#getType} gives; empty where there is no category, or RE2 does not know it. */
    private static final String[] CATEGORIES_BY_TYPE = {
        "", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "", "Co",
        "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf"
    };

    /** The types of a category, or of all whose names begin with a letter, each as one bit. */
    private static final Map<String, Integer> TYPES = types();

    private UnicodeClasses() {}

    private static Map<String, Integer> types() {
        Map<String, Integer> types = new HashMap<>();
        for (int type = 0; type < CATEGORIES_BY_TYPE.length; type++) {
            String category = CATEGORIES_BY_TYPE[type];
            if (!category.isEmpty()) {
                types.merge(category, 1 << type, (a, b) -> a | b);
                types.merge(category.substring(0, 1), 1 << type, (a, b) -> a | b);
            }
        }
        return types;
    }

    /** The class of a name as RE2 has it, such as {@code Lu}, {@code L}, {@code Greek} or {@code Any}; empty if there is none. */
    static Optional<CodePoints> named(String name) {
        if (name.equals("Any")) {
            return Optional.of(CodePoints.ALL);
        }
        Integer types = TYPES.get(name);
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
