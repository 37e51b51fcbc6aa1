package io.pickaroon.config.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody may have meant by a word that is not known. */
public final class Suggestion {
    private static final int MAX_WORD_LENGTH = 100;

    private Suggestion() {}

    /** The known word that is so close that it was probably meant; the first one of equals. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        if (word.length() > MAX_WORD_LENGTH) {
            return Optional.empty();
        }
        String plain = plain(word);
        return known.stream()
                .filter(candidate -> {
                    int longest = Math.max(plain.length(), plain(candidate).length());
                    return distance(plain, plain(candidate)) <= Math.max(1, longest / 3);
                })
                .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))))
                .or(() -> beginningWith(plain, known));
    }

    /** The only known word that begins like this. */
    private static Optional<String> beginningWith(String plain, Collection<String> known) {
        List<String> found = known.stream()
                .filter(candidate -> plain(candidate).startsWith(plain))
                .limit(2)
                .toList();
        return plain.length() >= 2 && found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** The nearest known word as a question, to be put behind a message. */
    public static Optional<String> didYouMean(String word, Collection<String> known) {
        return nearest(word, known).map(candidate -> "did you mean '" + candidate + "'?");
    }

    /** The {@link #distance} without regard to case and to what separates the parts of a word. */
    public static int plainDistance(String one, String other) {
        return distance(plain(one), plain(other));
    }

    /**
     * How many characters are inserted, removed, replaced or swapped with their neighbour to make one word of the other
     * (optimal string alignment).
     */
    public static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").replace(".", "");
    }
}
