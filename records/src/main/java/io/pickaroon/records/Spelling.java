package io.pickaroon.records;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. Stateless. */
public final class Spelling {
    private static final int MOST_EDITS = 3;

    private Spelling() {}

    /**
     * The candidate that needs the fewest letters changed, added, dropped or swapped with their neighbour; empty if none
     * is near: at most one edit for every three letters, and {@value #MOST_EDITS} in all. Of an option of one letter, the
     * same letter in the other case.
     */
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        boolean isLetter = word.length() == 2 && word.startsWith("-");
        int allowed = isLetter ? 0 : Math.min(MOST_EDITS, Math.max(1, word.length() / 3));
        return candidates.stream()
                .filter(candidate -> Math.abs(word.length() - candidate.length()) <= allowed)
                .filter(candidate -> edits(word, candidate) <= allowed)
                .min(Comparator.comparingInt(candidate -> edits(word, candidate)));
    }

    /** Distance of Damerau and Levenshtein in its restricted form, letter case ignored. */
    private static int edits(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                edits[i][j] = Math.min(edits[i - 1][j - 1] + change, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[a.length()][b.length()];
    }
}
