package io.pickaroon.processor.detect;

/**
 * Telephone numbers in international form: a plus, a country (E.164), and groups of digits with single spaces, dashes, dots, slashes
 * or parentheses between. Of several groups as many are taken as a number of the country can have. The last two digits stay.
 */
final class PhoneFinder implements Finder {
    private static final int KEPT_DIGITS = 2;
    private static final int FEWEST_DIGITS = 8;
    private static final int MOST_DIGITS = 15;
    /** Countries with the fewest and most digits, country included; the longest text that fits counts. */
    private static final String[] PLANS = {
        "1 11 11",
        "7 11 11",
        "20 11 12",
        "27 11 11",
        "30 12 12",
        "31 11 11",
        "32 10 11",
        "33 11 11",
        "34 11 11",
        "36 10 11",
        "39 8 13",
        "40 11 11",
        "41 11 11",
        "43 8 13",
        "44 11 12",
        "45 10 10",
        "46 9 12",
        "47 10 10",
        "48 11 11",
        "49 8 13",
        "51 10 11",
        "52 12 13",
        "54 12 13",
        "55 12 13",
        "56 11 11",
        "57 12 12",
        "60 10 12",
        "61 11 11",
        "62 10 14",
        "63 11 12",
        "64 10 12",
        "65 10 10",
        "66 10 11",
        "81 11 12",
        "82 10 13",
        "84 11 12",
        "86 12 13",
        "90 12 12",
        "91 12 12",
        "92 11 12",
        "351 12 12",
        "352 8 12",
        "353 10 12",
        "358 9 13",
        "380 12 12",
        "420 12 12",
        "421 12 12",
        "852 11 11",
        "886 11 12",
        "966 12 12",
        "971 11 12",
        "972 11 12"
    };
    /** Of each country of up to three digits: the fewest digits, and the most in the upper half. */
    private static final int[] PLAN_OF = plans();

    @Override
    public void find(byte[] bytes, int start, int end, Places found) {
        for (int at = start; at + FEWEST_DIGITS < end; at++) {
            if (bytes[at] == '+' && isCountry(bytes[at + 1]) && (at == start || mayStandBefore(bytes[at - 1]))) {
                int to = endOfNumber(bytes, at + 1, end);
                if (to > 0) {
                    found.add(at, to);
                    found.hideAllBut(KEPT_DIGITS, bytes, at, to);
                    at = to - 1;
                }
            }
        }
    }

    private static boolean isCountry(byte b) {
        return b >= '1' && b <= '9';
    }

    private static boolean mayStandBefore(byte b) {
        return !Ascii.isWord(b) && b != '+' && b != '.' && b != '/';
    }

    /** The end of the longest number of whole groups, or -1. */
    private static int endOfNumber(byte[] bytes, int start, int end) {
        int plan = planOf(bytes, start, end);
        int most = plan >> 16;
        int digits = 0;
        int number = -1;
        int at = start;
        while (true) {
            int from = at;
            while (at < end && at - from <= MOST_DIGITS && Ascii.isDigit(bytes[at])) {
                at++;
            }
            if (at == from) {
                return number;
            }
            boolean isTrunk =
                    at - from == 1 && bytes[from] == '0' && bytes[from - 1] == '(' && at < end && bytes[at] == ')';
            digits += isTrunk ? 0 : at - from;
            if (digits > most) {
                return number;
            }
            if (digits >= (plan & 0xffff) && (at == end || !Ascii.isWord(bytes[at]))) {
                number = at;
            }
            at = afterSeparator(bytes, at, end);
        }
    }

    /** Behind a separator, which may be a space beside a parenthesis. */
    private static int afterSeparator(byte[] bytes, int at, int end) {
        int to = at;
        if (to < end && bytes[to] == ')') {
            to++;
        }
        if (to < end && " -./".indexOf(bytes[to]) >= 0) {
            to++;
        }
        if (to < end && bytes[to] == '(') {
            to++;
        }
        return to == at ? end : to;
    }

    private static int planOf(byte[] bytes, int start, int end) {
        int country = 0;
        int plan = FEWEST_DIGITS | MOST_DIGITS << 16;
        for (int i = start; i < Math.min(end, start + 3) && Ascii.isDigit(bytes[i]); i++) {
            country = 10 * country + bytes[i] - '0';
            plan = PLAN_OF[country] == 0 ? plan : PLAN_OF[country];
        }
        return plan;
    }

    private static int[] plans() {
        int[] plans = new int[1000];
        for (String plan : PLANS) {
            String[] numbers = plan.split(" ", -1);
            plans[Integer.parseInt(numbers[0])] = Integer.parseInt(numbers[1]) | Integer.parseInt(numbers[2]) << 16;
        }
        return plans;
    }
}
