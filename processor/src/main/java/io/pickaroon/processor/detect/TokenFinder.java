package io.pickaroon.processor.detect;

/**
 * Tokens with a prefix that says whose they are, which stays: the prefix, then at least some characters of a set, and neither
 * before nor behind it another one that could belong to it.
 */
final class TokenFinder implements Finder {
    /** @param needsDigit whether one of the characters has to be a digit */
    private record Form(byte[] prefix, int fewest, int most, Set set, boolean needsDigit) {
        Form(String prefix, int fewest, int most, Set set, boolean needsDigit) {
            this(Ascii.bytes(prefix), fewest, most, set, needsDigit);
        }
    }

    private enum Set {
        ALNUM,
        WITH_UNDERSCORE,
        WITH_DASH,
        WITH_SLASH;

        boolean has(byte b) {
            return Ascii.isAlnum(b)
                    || switch (this) {
                        case ALNUM -> false;
                        case WITH_UNDERSCORE -> b == '_';
                        case WITH_DASH -> b == '-';
                        case WITH_SLASH -> b == '/';
                    };
        }
    }

    static final TokenFinder GITHUB = new TokenFinder(
            new Form("ghp_", 36, 255, Set.ALNUM, false),
            new Form("gho_", 36, 255, Set.ALNUM, false),
            new Form("ghu_", 36, 255, Set.ALNUM, false),
            new Form("ghs_", 36, 255, Set.ALNUM, false),
            new Form("ghr_", 36, 255, Set.ALNUM, false),
            new Form("github_pat_", 22, 255, Set.WITH_UNDERSCORE, false));
    static final TokenFinder SLACK = new TokenFinder(
            new Form("xoxa-", 10, 255, Set.WITH_DASH, true),
            new Form("xoxb-", 10, 255, Set.WITH_DASH, true),
            new Form("xoxc-", 10, 255, Set.WITH_DASH, true),
            new Form("xoxd-", 10, 255, Set.WITH_DASH, true),
            new Form("xoxe-", 10, 255, Set.WITH_DASH, true),
            new Form("xoxo-", 10, 255, Set.WITH_DASH, true),
            new Form("xoxp-", 10, 255, Set.WITH_DASH, true),
            new Form("xoxr-", 10, 255, Set.WITH_DASH, true),
            new Form("xoxs-", 10, 255, Set.WITH_DASH, true),
            new Form("xapp-", 10, 255, Set.WITH_DASH, true),
            new Form("hooks.slack.com/services/", 20, 255, Set.WITH_SLASH, false));
    static final TokenFinder STRIPE = new TokenFinder(
            new Form("sk_live_", 10, 255, Set.ALNUM, false),
            new Form("sk_test_", 10, 255, Set.ALNUM, false),
            new Form("sk_prod_", 10, 255, Set.ALNUM, false),
            new Form("rk_live_", 10, 255, Set.ALNUM, false),
            new Form("rk_test_", 10, 255, Set.ALNUM, false),
            new Form("rk_prod_", 10, 255, Set.ALNUM, false));

    private final Form[] forms;
    private final boolean[] first = new boolean[256];

    private TokenFinder(Form... forms) {
        this.forms = forms;
        for (Form form : forms) {
            first[form.prefix[0]] = true;
        }
    }

    @Override
    public void find(byte[] bytes, int start, int end, Places found) {
        for (int at = start; at < end; at++) {
            if (first[bytes[at] & 0xff] && (at == start || !Ascii.isWord(bytes[at - 1]))) {
                at = Math.max(at, findAt(bytes, at, end, found) - 1);
            }
        }
    }

    /** Where a token ends, or what looks like one; -1 if none begins here. */
    private int findAt(byte[] bytes, int at, int end, Places found) {
        for (Form form : forms) {
            if (Ascii.startsWith(bytes, at, end, form.prefix)) {
                int secret = at + form.prefix.length;
                int to = secret;
                boolean hasDigit = !form.needsDigit;
                while (to < end && form.set.has(bytes[to])) {
                    hasDigit |= Ascii.isDigit(bytes[to]);
                    to++;
                }
                int length = to - secret;
                boolean fits = length >= form.fewest && length <= form.most && hasDigit;
                if (fits && (to == end || !Ascii.isWord(bytes[to])) && !Ascii.isMasked(bytes, secret, to)) {
                    found.add(at, to);
                    found.hide(secret, to);
                }
                return to;
            }
        }
        return -1;
    }
}
