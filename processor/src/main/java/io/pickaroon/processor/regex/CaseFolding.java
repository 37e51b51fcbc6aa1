package io.pickaroon.processor.regex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which characters are the same in either case: an ASCII letter its two ASCII forms and nothing else, any other character
 * all those with the same simple case folding in Unicode (so {@code ſ} is also {@code s} and {@code S}, but {@code s} is
 * not {@code ſ}). Nothing is folded to several characters: {@code ß} is {@code ẞ}, but not {@code ss}.
 */
final class CaseFolding {
    /** No character from here on has cases. */
    private static final int END_OF_CASES = 0x1f000;

    private static final int DOTTED_CAPITAL_I = 0x130;
    private static final int DOTLESS_I = 0x131;

    private CaseFolding() {}

    /** Of each character that has other forms all its forms. */
    private static final class Forms {
        static final Map<Integer, List<Integer>> OF = forms();

        private static Map<Integer, List<Integer>> forms() {
            Map<Integer, List<Integer>> byFolded = new HashMap<>();
            for (int c = 0; c < END_OF_CASES; c++) {
                int folded = Character.toLowerCase(Character.toUpperCase(c));
                if ((folded != c || Character.toUpperCase(c) != c) && c != DOTTED_CAPITAL_I && c != DOTLESS_I) {
                    byFolded.computeIfAbsent(folded, _ -> new ArrayList<>()).add(c);
                }
            }
            Map<Integer, List<Integer>> forms = new HashMap<>();
            byFolded.forEach((folded, same) -> {
                if (!same.contains(folded)) {
                    same.add(folded);
                }
                same.forEach(c -> forms.put(c, same));
            });
            return forms;
        }
    }

    /** The characters in all their forms. */
    static CodePoints inBothCases(CodePoints characters) {
        CodePoints ascii = characters.and(CodePoints.ASCII);
        CodePoints folded = characters.or(CodePoints.of(ascii.bytes().inBothCases()));
        CodePoints others = characters.and(CodePoints.ASCII.not());
        if (others.isEmpty()) {
            return folded;
        }
        boolean[] added = new boolean[END_OF_CASES];
        Forms.OF.forEach((c, forms) -> {
            if (others.contains(c)) {
                forms.forEach(form -> added[form] = true);
            }
        });
        return folded.or(CodePoints.where(c -> added[c], END_OF_CASES - 1));
    }
}
