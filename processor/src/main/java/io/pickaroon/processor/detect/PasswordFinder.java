package io.pickaroon.processor.detect;

/**
 * Values of names that are or end in a {@link PasswordName}, and the password in a URL. Not directories as in {@code
 * PWD=/path}. Hidden as a whole; a number of JSON becomes zeros, so that JSON stays JSON.
 */
final class PasswordFinder implements Finder {
    private static final byte[] OLD = Ascii.bytes("old");
    private static final byte[] SCHEME_END = Ascii.bytes("://");
    /** What follows a colon in the names of PAM services, as in {@code pam_unix(passwd:session)}. */
    private static final byte[][] OF_PAM = {
        Ascii.bytes("session"), Ascii.bytes("auth"), Ascii.bytes("account"), Ascii.bytes("chauthtok")
    };

    private static final int LONGEST_NAME = 64;

    private final NamedValue value = new NamedValue();

    @Override
    public void find(byte[] bytes, int start, int end, Places found) {
        for (int at = start; at < end; at++) {
            byte b = bytes[at];
            if (b == ':') {
                if (Ascii.startsWith(bytes, at, end, SCHEME_END)) {
                    findInUrl(bytes, at + SCHEME_END.length, end, found);
                }
            } else {
                int behind = PasswordName.end(bytes, at, end);
                if (behind > 0) {
                    at = findValue(bytes, start, at, behind, end, found) - 1;
                }
            }
        }
    }

    /** Returns where to look on: behind the value, so that no byte is looked at for each name before it. */
    private int findValue(byte[] bytes, int start, int name, int behind, int end, Places found) {
        int wholeName = name;
        while (wholeName > Math.max(start, name - LONGEST_NAME)
                && (Ascii.isWord(bytes[wholeName - 1]) || bytes[wholeName - 1] == '-')) {
            wholeName--;
        }
        boolean isOption = bytes[wholeName] == '-' && bytes[wholeName + 1] == '-';
        if (isPath(bytes, start, wholeName, behind, end)
                || isOfPam(bytes, behind, end)
                || !value.read(bytes, behind, end, isOption)) {
            return behind;
        }
        if (value.isNumber()) {
            JsonNumber.hide(bytes, value.start(), value.end(), found);
        } else if (!Ascii.isMasked(bytes, value.start(), value.end()) && !isDirectory(bytes, wholeName, name, behind)) {
            found.addHidden(value.start(), value.end());
        }
        return value.end();
    }

    private boolean isDirectory(byte[] bytes, int wholeName, int name, int behind) {
        boolean isName = PasswordName.PWD.isAt(bytes, name, behind)
                && (wholeName == name
                        || name - wholeName == OLD.length && Ascii.startsWithInAnyCase(bytes, wholeName, name, OLD));
        int at = value.start();
        boolean isOnDrive =
                at + 2 < value.end() && Ascii.isLetter(bytes[at]) && bytes[at + 1] == ':' && bytes[at + 2] == '\\';
        return isName && (bytes[at] == '/' || bytes[at] == '~' || isOnDrive);
    }

    /** True for a file that a message is about, as in {@code /etc/passwd: not found}. */
    private static boolean isPath(byte[] bytes, int start, int wholeName, int behind, int end) {
        return wholeName > start && bytes[wholeName - 1] == '/' && behind < end && bytes[behind] == ':';
    }

    private static boolean isOfPam(byte[] bytes, int behind, int end) {
        for (byte[] word : OF_PAM) {
            int to = behind + 1 + word.length;
            if (to < end && bytes[behind] == ':' && bytes[to] == ')' && Ascii.startsWith(bytes, behind + 1, to, word)) {
                return true;
            }
        }
        return false;
    }

    /** @param userInfo behind the slashes */
    private static void findInUrl(byte[] bytes, int userInfo, int end, Places found) {
        int colon = -1;
        int last = -1;
        for (int at = userInfo; at < end; at++) {
            byte b = bytes[at];
            if (Ascii.isSpace(b) || "/?#\"'<>\\`".indexOf(b) >= 0) {
                break;
            }
            if (b == '@') {
                last = at;
            } else if (b == ':' && colon < 0) {
                colon = at;
            }
        }
        if (colon >= 0 && last > colon + 1 && !Ascii.isMasked(bytes, colon + 1, last)) {
            found.addHidden(colon + 1, last);
        }
    }
}
