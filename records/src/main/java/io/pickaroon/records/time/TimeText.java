package io.pickaroon.records.time;

import java.nio.charset.StandardCharsets;

/**
 * A text with a time in it that is read from its beginning to its end, piece by piece: each piece moves the place, or says
 * that it is not there. It is set again for each text. Not thread-safe.
 */
final class TimeText {
    private static final byte[] MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = {};
    private int at;
    private int end;

    /** What {@link #number} read. */
    int number;

    void set(byte[] text, int from, int to) {
        bytes = text;
        at = from;
        end = to;
    }

    boolean isAtEnd() {
        return at == end;
    }

    /** Where it has come to, to go back there with {@link #goTo}. */
    int place() {
        return at;
    }

    /** Goes to a place of the text. */
    void goTo(int place) {
        at = place;
    }

    /** Goes behind the next character of this kind; false if none follows. */
    boolean goBehind(char character) {
        while (at < end) {
            if (bytes[at++] == character) {
                return true;
            }
        }
        return false;
    }

    /** True if no letter and no digit follows, so that what was read is not the beginning of something longer. */
    boolean isAtBoundary() {
        return at == end || !isDigit(bytes[at]) && !isLetter(bytes[at]);
    }

    /** How many digits follow, at most so many. */
    int digits(int most) {
        int count = 0;
        while (count < most && at + count < end && isDigit(bytes[at + count])) {
            count++;
        }
        return count;
    }

    /** Reads ASCII letters; returns how many. */
    int letters() {
        int start = at;
        while (at < end && isLetter(bytes[at])) {
            at++;
        }
        return at - start;
    }

    /** Reads digits as a number; the caller knows that it fits. */
    long digitsAsNumber(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = 10 * value + bytes[at++] - '0';
        }
        return value;
    }

    /** Reads an ASCII character, letters of either case. */
    boolean is(int character) {
        if (at < end && lower(bytes[at]) == lower(character)) {
            at++;
            return true;
        }
        return false;
    }

    /** Reads a number of so many digits, all of them that come up to the most. */
    boolean number(int fewest, int most) {
        int start = at;
        number = 0;
        while (at < end && at - start < most && isDigit(bytes[at])) {
            number = 10 * number + bytes[at++] - '0';
        }
        return at - start >= fewest;
    }

    /** Reads digits behind a decimal point: {@link #number} are the first three, as thousandths. */
    boolean thousandths(int fewest, int most) {
        int start = at;
        int unit = 100;
        number = 0;
        while (at < end && at - start < most && isDigit(bytes[at])) {
            number += unit * (bytes[at++] - '0');
            unit /= 10;
        }
        return at - start >= fewest;
    }

    /** Reads the first three letters of an English month: {@link #number} is 1 for January. */
    boolean month() {
        for (int i = 0; i < 12 && at + 3 <= end; i++) {
            if (lower(bytes[at]) == MONTHS[3 * i]
                    && lower(bytes[at + 1]) == MONTHS[3 * i + 1]
                    && lower(bytes[at + 2]) == MONTHS[3 * i + 2]) {
                at += 3;
                number = i + 1;
                return true;
            }
        }
        return false;
    }

    /**
     * Reads an offset, sign and hours and minutes: {@link #number} is its seconds.
     *
     * @param colon between hours and minutes
     */
    boolean offset(boolean colon) {
        int sign = sign();
        if (sign == 0 || !number(2, 2)) {
            return false;
        }
        int hours = number;
        if (colon && !is(':') || !number(2, 2) || number > 59) {
            return false;
        }
        number = sign * (3600 * hours + 60 * number);
        return true;
    }

    /** Reads an offset as ISO 8601 writes it, minutes and seconds where they are there: {@link #number} is its seconds. */
    boolean isoOffset() {
        int sign = sign();
        if (sign == 0 || !number(2, 2)) {
            return false;
        }
        int seconds = 3600 * number;
        for (int unit = 60; unit > 0 && at < end; unit /= 60) {
            if (!is(':') || !number(2, 2) || number > 59) {
                return false;
            }
            seconds += unit * number;
        }
        number = sign * seconds;
        return true;
    }

    private int sign() {
        return is('+') ? 1 : is('-') ? -1 : 0;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isLetter(byte b) {
        return lower(b) >= 'a' && lower(b) <= 'z';
    }

    private static int lower(int character) {
        return character >= 'A' && character <= 'Z' ? character | 0x20 : character;
    }
}
