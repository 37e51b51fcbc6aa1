package io.pickaroon.processor.regex;

import java.util.Random;

/** Writes regular expressions of all the kinds there are, over few bytes, so that they often match. */
final class RandomExpression {
    private static final String[] ATOMS = {
        "a",
        "b",
        "c",
        "1",
        "_",
        "-",
        "\\.",
        "\\x41",
        "\\x{62}",
        "\\t",
        ".",
        "\\d",
        "\\D",
        "\\w",
        "\\W",
        "\\s",
        "\\S",
        "[ab]",
        "[^a]",
        "[a-c1-]",
        "[]a]",
        "[^]b]",
        "[[:alpha:]]",
        "[[:^digit:]_]",
        "[\\w-]",
        "[\\x80-\\xff]",
        "\\C",
        "\\Qa.\\E",
        "ab",
        "abc",
        "{",
        "a{,2}",
        "é"
    };
    private static final String[] ASSERTIONS = {"^", "$", "\\b", "\\B", "\\A", "\\z", ""};
    private static final String[] QUANTIFIERS = {
        "*", "+", "?", "{2}", "{0,1}", "{1,3}", "{2,}", "{0}", "*?", "+?", "{1,2}?"
    };
    private static final String[] GROUPS = {"(", "(?:", "(?<name>", "(?P<name>", "(?i:", "(?s:", "(?-i:", "(?U:", "(?m:"
    };

    private final Random random;

    RandomExpression(Random random) {
        this.random = random;
    }

    String next() {
        return (random.nextInt(8) == 0 ? "(?i)" : random.nextInt(16) == 0 ? "(?m)" : "") + choice(3);
    }

    /** That many bytes, each of them one of the characters, which are below 256. */
    static byte[] bytes(Random random, String characters, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) characters.charAt(random.nextInt(characters.length()));
        }
        return bytes;
    }

    private String choice(int depth) {
        StringBuilder text = new StringBuilder(sequence(depth));
        while (random.nextInt(4) == 0) {
            text.append('|').append(random.nextInt(10) == 0 ? "" : sequence(depth));
        }
        return text.toString();
    }

    private String sequence(int depth) {
        StringBuilder text = new StringBuilder();
        for (int parts = 1 + random.nextInt(4); parts > 0; parts--) {
            if (random.nextInt(7) == 0) {
                text.append(any(ASSERTIONS));
            } else if (depth > 0 && random.nextInt(4) == 0) {
                text.append(any(GROUPS)).append(choice(depth - 1)).append(')').append(quantifier());
            } else {
                text.append(any(ATOMS)).append(quantifier());
            }
        }
        return text.toString();
    }

    private String quantifier() {
        return random.nextInt(3) == 0 ? any(QUANTIFIERS) : "";
    }

    private String any(String[] texts) {
        return texts[random.nextInt(texts.length)];
    }
}
