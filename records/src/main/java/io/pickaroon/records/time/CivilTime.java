package io.pickaroon.records.time;

/**
 * Date and time of day as a clock shows them, in the Gregorian calendar, with the offset from UTC if there is one. It is filled
 * again for each text that is read. Not thread-safe.
 *
 * <p>Days are counted as in "chrono-Compatible Low-Level Date Algorithms" (Howard Hinnant): years begin in March, so that the
 * leap day is the last one.
 */
final class CivilTime {
    static final long MILLIS_OF_DAY = 86_400_000;
    static final int NO_OFFSET = Integer.MIN_VALUE;

    private static final int MOST_OFFSET_SECONDS = 18 * 3600;
    static final int DAYS_OF_ERA = 146_097;
    static final int DAYS_TO_1970 = 719_468;

    int year;
    int month;
    int day;
    int hour;
    int minute;
    int second;
    int millis;
    int offsetSeconds;

    void clear() {
        year = 0;
        month = 0;
        day = 0;
        hour = 0;
        minute = 0;
        second = 0;
        millis = 0;
        offsetSeconds = NO_OFFSET;
    }

    /** Whether there is such a day and such a time of day. A second 60 is none. */
    boolean isValid() {
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= daysOfMonth()
                && hour <= 23
                && minute <= 59
                && second <= 59
                && (offsetSeconds == NO_OFFSET || Math.abs(offsetSeconds) <= MOST_OFFSET_SECONDS);
    }

    private int daysOfMonth() {
        boolean isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return switch (month) {
            case 2 -> isLeapYear ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Seconds from the beginning of 1970 as the same clock showed it. */
    long localSeconds() {
        long yearFromMarch = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(yearFromMarch, 400);
        long yearOfEra = yearFromMarch - 400 * era;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = 365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        long epochDay = DAYS_OF_ERA * era + dayOfEra - DAYS_TO_1970;
        return 86_400 * epochDay + 3600L * hour + 60L * minute + second;
    }

    /** The year of a time in UTC. */
    static int yearOf(long epochMillis) {
        long days = Math.floorDiv(epochMillis, MILLIS_OF_DAY) + DAYS_TO_1970;
        long dayOfEra = Math.floorMod(days, (long) DAYS_OF_ERA);
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long year = yearOfEra + 400 * Math.floorDiv(days, (long) DAYS_OF_ERA);
        // Years begin in March here: January and February are from day 306 on.
        return (int) (dayOfYear >= 306 ? year + 1 : year);
    }
}
