package io.pickaroon.processor.scan;

import io.pickaroon.processor.rule.MatchPlaces;
import io.pickaroon.processor.rule.RecordMatcher;
import io.pickaroon.processor.search.MatchVisitor;
import io.pickaroon.processor.window.ShownRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Hides what escapes keep from masks in a record as a whole: in names, in values of which another one counts, in a record that
 * does not parse. The escapes are those of JSON, and a backslash before anything else stands for itself. What a mask finds in the
 * record with its escapes as well is not hidden: conditions decide about it, and the mask says how much of it is kept. The file is left alone. Used by one thread at a time; allocates only to
 * grow, but for characters outside ASCII that are escapes.
 */
final class EscapedMasks implements MatchVisitor {
    private static final int HEX_DIGITS = 4;
    private static final String LETTERS = "\"\\/bfnrt";
    private static final String STAND_FOR = "\"\\/\b\f\n\r\t";

    private final ShownRecord shown;
    private byte[] decoded = {};
    /** Of each decoded byte, and of their end, where in the record's array it comes from. */
    private int[] sources = {};

    private int length;
    /** Where the mask matches in the record with its escapes. */
    private final MatchPlaces known = new MatchPlaces();

    private byte[] record = {};
    private int recordStart;
    private int recordEnd;
    private char character;
    private boolean hides;

    EscapedMasks(ShownRecord shown) {
        this.shown = shown;
    }

    /** Begins with a record. Returns false if it has no escape, so that there is nothing to hide. */
    boolean begin(byte[] newRecord, int start, int end) {
        record = newRecord;
        recordStart = start;
        recordEnd = end;
        hides = false;
        length = 0;
        int at = start;
        while (at < end && record[at] != '\\') {
            at++;
        }
        if (at == end) {
            return false;
        }
        decode(start, end);
        return length < end - start;
    }

    /** Hides what a rule's mask finds behind the escapes. */
    void hide(RecordMatcher matcher, String group, char newCharacter) {
        character = newCharacter;
        if (matcher.hasMatches(decoded, 0, length, group)) {
            known.begin(recordStart, recordEnd);
            matcher.visitMatches(record, recordStart, recordEnd, group, known);
            matcher.visitMatches(decoded, 0, length, group, this);
        }
    }

    /** True if something of the record was hidden that was not before. */
    boolean haveHidden() {
        return hides;
    }

    @Override
    public void match(int start, int end) {
        if (start < end && !known.contains(sources[start], sources[end])) {
            hides |= shown.hide(sources[start], sources[end], character);
        }
    }

    /** True if a text stands somewhere behind the escapes of the record, and no byte of it there is masked. */
    boolean shows(byte[] text, int from, int to) {
        for (int at = 0; at <= length - (to - from); at++) {
            if (Arrays.equals(text, from, to, decoded, at, at + to - from)
                    && !shown.isMasked(sources[at], sources[at + to - from])) {
                return true;
            }
        }
        return false;
    }

    private void decode(int start, int end) {
        if (decoded.length < end - start) {
            decoded = new byte[end - start];
            sources = new int[end - start + 1];
        }
        int at = start;
        while (at < end) {
            int letter = record[at] == '\\' && at + 1 < end ? LETTERS.indexOf(record[at + 1]) : -1;
            int unit = letter < 0 ? codeUnit(record, at, end) : -1;
            if (letter >= 0) {
                add((byte) STAND_FOR.charAt(letter), at);
                at += 2;
            } else if (unit >= 0) {
                at = addCharacter(unit, at, end);
            } else {
                add(record[at], at);
                at++;
            }
        }
        sources[length] = end;
    }

    private void add(byte b, int source) {
        decoded[length] = b;
        sources[length] = source;
        length++;
    }

    /** Adds what an escape of a code unit stands for, with the second one of a pair; returns where it ends. */
    private int addCharacter(int unit, int at, int end) {
        int next = at + 2 + HEX_DIGITS;
        if (unit < 0x80) {
            add((byte) unit, at);
            return next;
        }
        int low = Character.isHighSurrogate((char) unit) ? codeUnit(record, next, end) : -1;
        boolean isPair = low >= 0 && Character.isLowSurrogate((char) low);
        int codePoint = isPair ? Character.toCodePoint((char) unit, (char) low) : unit;
        byte[] text = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, decoded, length, text.length);
        Arrays.fill(sources, length, length + text.length, at);
        length += text.length;
        return isPair ? next + 2 + HEX_DIGITS : next;
    }

    /** What a backslash, a u and four hexadecimal digits stand for; -1 if they are not there. */
    private static int codeUnit(byte[] record, int at, int end) {
        if (at + 2 + HEX_DIGITS > end || record[at] != '\\' || record[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 2 + HEX_DIGITS; i++) {
            int digit = Character.digit(record[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = 16 * unit + digit;
        }
        return unit;
    }
}
