package io.pickaroon.records.time;

import io.pickaroon.records.ByteBuilder;

/** Writes times in UTC with milliseconds, such as {@code 2026-11-29T08:05:30.120Z}. Stateless. */
public final class UtcText {
    private UtcText() {}

    /**
     * Appends a time. The year has at least four digits.
     *
     * @param epochMillis milliseconds since 1970
     */
    public static void append(ByteBuilder to, long epochMillis) {
        long day = Math.floorDiv(epochMillis, CivilTime.MILLIS_OF_DAY);
        long millisOfDay = Math.floorMod(epochMillis, CivilTime.MILLIS_OF_DAY);
        appendDate(to, day);
        to.append((byte) 'T');
        appendPadded(to, millisOfDay / 3_600_000, 10);
        to.append((byte) ':');
        appendPadded(to, millisOfDay / 60_000 % 60, 10);
        to.append((byte) ':');
        appendPadded(to, millisOfDay / 1000 % 60, 10);
        to.append((byte) '.');
        appendPadded(to, millisOfDay % 1000, 100);
        to.append((byte) 'Z');
    }

    /** Year, month and day of a day that is counted from the first one of 1970. */
    private static void appendDate(ByteBuilder to, long epochDay) {
        long days = epochDay + CivilTime.DAYS_TO_1970;
        long era = Math.floorDiv(days, CivilTime.DAYS_OF_ERA);
        long dayOfEra = days - CivilTime.DAYS_OF_ERA * era;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long monthFromMarch = (5 * dayOfYear + 2) / 153;
        long month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = yearOfEra + 400 * era + (month <= 2 ? 1 : 0);
        if (year > 9999) {
            to.append((byte) '+');
            to.append(year);
        } else {
            if (year < 0) {
                to.append((byte) '-');
            }
            appendPadded(to, Math.abs(year), 1000);
        }
        to.append((byte) '-');
        appendPadded(to, month, 10);
        to.append((byte) '-');
        appendPadded(to, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, 10);
    }

    /** @param unit of the first digit: 10 for two digits, 100 for three */
    private static void appendPadded(ByteBuilder to, long value, int unit) {
        for (int digit = unit; digit > 0; digit /= 10) {
            to.append((byte) ('0' + value / digit % 10));
        }
    }
}
