package io.pickaroon.processor.detect;

/**
 * The ranges of issuers of payment cards, by the first six digits, and how long their numbers are (ISO/IEC 7812, and what the
 * networks publish). Those of airlines (UATP) begin with 1, as times since 1970 do, which have 13, 16 or 19 digits and not 15.
 */
final class CardIssuers {
    static final int SHORTEST = 12;
    static final int LONGEST = 19;

    /** First and last of a range, and a bit for each length. */
    private static final int[][] RANGES = {
        range(100000, 199999, 15), // UATP
        range(400000, 499999, 13, 16, 19), // Visa
        range(510000, 559999, 16), // Mastercard
        range(222100, 272099, 16),
        range(340000, 349999, 15), // American Express
        range(370000, 379999, 15),
        range(300000, 305999, 14, 15, 16, 17, 18, 19), // Diners Club
        range(309500, 309599, 14, 15, 16, 17, 18, 19),
        range(360000, 369999, 14, 15, 16, 17, 18, 19),
        range(380000, 399999, 14, 15, 16, 17, 18, 19),
        range(352800, 358999, 16, 17, 18, 19), // JCB
        range(600000, 609999, 16, 17, 18, 19), // Discover, RuPay, Hipercard
        range(644000, 659999, 16, 17, 18, 19), // Discover, RuPay, Elo, Verve, Troy
        range(620000, 629999, 16, 17, 18, 19), // UnionPay
        range(810000, 829999, 16, 17, 18, 19), // UnionPay, RuPay
        range(508000, 508999, 16), // RuPay
        range(506000, 507999, 16, 18, 19), // Verve, Elo
        range(509000, 509999, 16), // Elo
        range(636000, 639999, 16, 17, 18, 19), // InterPayment, Elo, InstaPayment
        range(500000, 505999, 12, 13, 14, 15, 16, 17, 18, 19), // Maestro, Dankort, Elo
        range(560000, 589999, 12, 13, 14, 15, 16, 17, 18, 19), // Maestro
        range(630400, 630499, 12, 13, 14, 15, 16, 17, 18, 19),
        range(670000, 679999, 12, 13, 14, 15, 16, 17, 18, 19),
        range(220000, 220499, 16, 17, 18, 19), // Mir
        range(979200, 979299, 16), // Troy
        range(860000, 860099, 16), // Uzcard
        range(986000, 986099, 16) // Humo
    };

    private CardIssuers() {}

    /** @param first the first six digits, as a number */
    static boolean have(int first, int length) {
        for (int[] range : RANGES) {
            if (first >= range[0] && first <= range[1] && (range[2] >> length & 1) != 0) {
                return true;
            }
        }
        return false;
    }

    private static int[] range(int first, int last, int... lengths) {
        int bits = 0;
        for (int length : lengths) {
            bits |= 1 << length;
        }
        return new int[] {first, last, bits};
    }
}
