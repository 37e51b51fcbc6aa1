package io.pickaroon.processor.detect;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the name of a password is or ends in. The only list of them: {@link PasswordFinder} reads the values of these names, and
 * {@link Candidates} stop at a letter of each that is rare in logs.
 */
enum PasswordName {
    PASSWORD('w'),
    PASSWD('w'),
    PWD('w'),
    SECRET('c');

    private static final PasswordName[] ALL = values();

    @SuppressWarnings("ImmutableEnumChecker") // it is never written to
    private final byte[] lower = Ascii.bytes(name().toLowerCase(Locale.ROOT));

    private final char rareLetter;
    /** How many letters stand before it. */
    private final int before;

    PasswordName(char rareLetter) {
        this.rareLetter = rareLetter;
        this.before = name().toLowerCase(Locale.ROOT).indexOf(rareLetter);
    }

    /** An expression for each of them, in either case. */
    static String expression() {
        return Arrays.stream(ALL)
                .map(name -> name.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("|", "(?i:", ")"));
    }

    /** The rare letters, each once. */
    static String rareLetters() {
        return Arrays.stream(ALL)
                .map(name -> String.valueOf(name.rareLetter))
                .distinct()
                .collect(Collectors.joining());
    }

    /** Index behind the name that begins here, or -1. */
    static int end(byte[] bytes, int at, int end) {
        for (PasswordName name : ALL) {
            if (Ascii.startsWithInAnyCase(bytes, at, end, name.lower)) {
                return at + name.lower.length;
            }
        }
        return -1;
    }

    /** True if a name stands around its rare letter, which stands here in either case. */
    static boolean isAround(char rareLetter, byte[] bytes, int start, int at, int end) {
        for (PasswordName name : ALL) {
            if (name.rareLetter == rareLetter && name.isAround(bytes, start, at, end)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAround(byte[] bytes, int start, int at, int end) {
        return at - before >= start && Ascii.startsWithInAnyCase(bytes, at - before, end, lower);
    }

    /** True if it stands here, in either case. */
    boolean isAt(byte[] bytes, int at, int end) {
        return Ascii.startsWithInAnyCase(bytes, at, end, lower);
    }
}
