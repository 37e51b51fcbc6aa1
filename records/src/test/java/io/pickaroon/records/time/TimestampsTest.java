package io.pickaroon.records.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.records.Allocation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    private static final String ISO = "ISO_OFFSET_DATE_TIME";
    private static final String EXPECTED =
            "expected 'ISO_OFFSET_DATE_TIME', 'epochMillis', 'epochSeconds' or a pattern of"
                    + " Java, such as 'yyyy-MM-dd HH:mm:ss'";
    private static final String NAMES =
            "reads names of zones such as CET or EST, and a name does not say which offset is meant; write Z or XXX"
                + " for offsets such as +0100 or +01:00, VV for zones such as Europe/Berlin, or, where all times have"
                + " the same name, the name in quotes, as in 'UTC', with 'zone'";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                ISO + ", 2026-11-29T08:05:30Z, 2026-11-29T08:05:30Z",
                ISO + ", 2026-11-29T08:05Z, 2026-11-29T08:05:00Z",
                ISO + ", 2026-11-29t08:05:30.1z, 2026-11-29T08:05:30.100Z",
                ISO + ", 2026-11-29T08:05:30.123456789+01:00, 2026-11-29T07:05:30.123Z",
                ISO + ", 2026-11-29T08:05:30.9999-05:30, 2026-11-29T13:35:30.999Z",
                ISO + ", 2026-11-29T08:05:30+01, 2026-11-29T07:05:30Z",
                ISO + ", 2026-11-29T08:05:30+01:30:15, 2026-11-29T06:35:15Z",
                ISO + ", 2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
                ISO + ", 1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
                ISO + ", 9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
                "epochMillis, 0, 1970-01-01T00:00:00Z",
                "epochMillis, 1795939530123, 2026-11-29T08:05:30.123Z",
                "epochMillis, 001795939530123, 2026-11-29T08:05:30.123Z",
                "epochSeconds, 1795939530, 2026-11-29T08:05:30Z",
                "epochSeconds, 1795939530.5, 2026-11-29T08:05:30.500Z",
                "epochSeconds, 1795939530.123999, 2026-11-29T08:05:30.123Z",
                "uuuu-MM-dd HH:mm:ss, 2026-11-29 08:05:30, 2026-11-29T08:05:30Z",
                "yyyy-MM-dd HH:mm:ss.SSS, 2026-11-29 08:05:30.120, 2026-11-29T08:05:30.120Z",
                "yyyyMMddHHmmssSSS, 20261129080530120, 2026-11-29T08:05:30.120Z",
                "dd/MMM/yyyy:HH:mm:ss Z, 29/Nov/2026:08:05:30 +0100, 2026-11-29T07:05:30Z",
                "dd/MMM/yyyy:HH:mm:ss Z, 29/NOV/2026:08:05:30 -0030, 2026-11-29T08:35:30Z",
                "d.M.yyyy H:m, 9.1.2026 8:5, 2026-01-09T08:05:00Z",
                "d.M.yyyy H:m, 29.11.2026 18:15, 2026-11-29T18:15:00Z",
                "yyyy-MM-dd'T'HH:mm:ssXXX, 2026-11-29T08:05:30Z, 2026-11-29T08:05:30Z",
                "yyyy-MM-dd'T'HH:mm:ssxx, 2026-11-29T08:05:30+0000, 2026-11-29T08:05:30Z",
                "yyyy-MM-dd HH, 2026-11-29 08, 2026-11-29T08:00:00Z",
                "`''''yyyy-MM-dd'''' HH:mm`, '2026-11-29' 08:05, 2026-11-29T08:05:00Z",
                "`''yyyy-MM-dd'o''clock'HH:mm`, '2026-11-29o'clock08:05, 2026-11-29T08:05:00Z",
                "`'it''s' yyyy-MM-dd HH:mm`, it's 2026-11-29 08:05, 2026-11-29T08:05:00Z",
                "EEE MMM d HH:mm:ss yyyy, Sun Nov 29 08:05:30 2026, 2026-11-29T08:05:30Z",
                "M/d/yy h:mm a, 11/29/26 8:05 PM, 2026-11-29T20:05:00Z",
                "yyyy-MM-dd HH:mm:ss VV, 2026-11-29 08:05:30 Europe/Berlin, 2026-11-29T07:05:30Z",
                "M MMM d yyyy HH, 11 Nov 29 2026 08, 2026-11-29T08:00:00Z",
                "yyyy-MM-dd HH:mm O, 2026-11-29 08:05 GMT+8, 2026-11-29T00:05:00Z",
                "yyyy-MM-dd HH:mm 'z', 2026-11-29 08:05 z, 2026-11-29T08:05:00Z",
                "yyyy-MM-dd HH:mm 'CET', 2026-11-29 08:05 CET, 2026-11-29T08:05:00Z",
                "yyyy MMM ppd HH:mm, 2026 Nov 29 08:05, 2026-11-29T08:05:00Z",
                "yyyy MMM ppd HH:mm, 2026 Nov  9 08:05, 2026-11-09T08:05:00Z",
                "`yyyy-MM-dd HH:mm:ss,SSSZ`, `2026-11-29 08:05:30,123+0200`, 2026-11-29T06:05:30.123Z",
                "yyyy-MM-dd HH:mm[:ss], 2026-11-29 08:05, 2026-11-29T08:05:00Z"
            })
    void reads(String format, String text, Instant time) {
        assertThat(read(Timestamps.of(format, ZoneOffset.UTC), text)).isEqualTo(time.toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                ISO + ", ``",
                ISO + ", -",
                ISO + ", 2026-11-29T08:05:30",
                ISO + ", 2026-11-29 08:05:30Z",
                ISO + ", ` 2026-11-29T08:05:30Z`",
                ISO + ", `2026-11-29T08:05:30Z `",
                ISO + ", 2026-02-30T08:05:30Z",
                ISO + ", 2026-02-29T08:05:30Z",
                ISO + ", 2100-02-29T08:05:30Z",
                ISO + ", 2026-04-31T08:05:30Z",
                ISO + ", 2026-00-10T08:05:30Z",
                ISO + ", 2026-13-10T08:05:30Z",
                ISO + ", 2026-01-00T08:05:30Z",
                ISO + ", 2026-11-29T24:00:00Z",
                ISO + ", 2026-11-29T23:59:60Z",
                ISO + ", 2026-11-29T23:60:00Z",
                ISO + ", 2026-11-29T08:05:30+18:01",
                ISO + ", 2026-11-29T08:05:30+01:60",
                ISO + ", 2026-11-29T08:05:30+1:00",
                ISO + ", 2026-11-29T08:05:30+0100",
                ISO + ", 2026-11-29T08:05:30.1234567890Z",
                ISO + ", 26-11-29T08:05:30Z",
                ISO + ", 12026-11-29T08:05:30Z",
                ISO + ", 1969-12-31T23:59:59Z",
                ISO + ", 1970-01-01T00:00:00+00:01",
                "epochMillis, ``",
                "epochMillis, -1",
                "epochMillis, +1",
                "epochMillis, 1.5",
                "epochMillis, 1e12",
                "epochMillis, 1234567890123456",
                "epochMillis, ` 1`",
                "epochSeconds, 1795939530.",
                "epochSeconds, .5",
                "epochSeconds, 1.5x",
                "epochSeconds, 1234567890123",
                "yyyy-MM-dd HH:mm:ss, 2026-11-29 08:05:3",
                "yyyy-MM-dd HH:mm:ss, 2026-11-29 08:05:300",
                "yyyy-MM-dd HH:mm:ss, 2026-02-30 08:05:30",
                "yyyy-MM-dd HH:mm:ss, 2026-11-29 08:05:60",
                "yyyy-MM-dd HH:mm:ss.SSS, 2026-11-29 08:05:30.12",
                "dd/MMM/yyyy:HH:mm:ss Z, 29/Now/2026:08:05:30 +0100",
                "dd/MMM/yyyy:HH:mm:ss Z, 29/Nov/2026:08:05:30 +01:00",
                "yyyy-MM-dd'T'HH:mm:ssxxx, 2026-11-29T08:05:30Z",
                "EEE MMM d HH:mm:ss yyyy, Mon Nov 29 08:05:30 2026",
                "M MMM d yyyy HH, 10 Nov 29 2026 08",
                "EEE MMM d HH:mm:ss yyyy, Sun Feb 30 08:05:30 2026",
                "EEE MMM d HH:mm:ss yyyy, Sun Nov 29 24:00:00 2026"
            })
    void refuses(String format, String text) {
        assertThat(read(Timestamps.of(format, ZoneOffset.UTC), text)).isEqualTo(Timestamps.UNREADABLE);
    }

    /** With the steps of this package, and with the JDK's formatter: 'EE' is not known here. */
    @ParameterizedTest
    @ValueSource(strings = {"yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss[ EE]"})
    void aClockThatIsChanged(String pattern) {
        Timestamps berlin = Timestamps.of(pattern, ZoneId.of("Europe/Berlin"));
        assertThat(instant(berlin, "2026-03-29 01:59:59")).isEqualTo("2026-03-29T00:59:59Z");
        assertThat(read(berlin, "2026-03-29 02:00:00")).isEqualTo(Timestamps.UNREADABLE);
        assertThat(read(berlin, "2026-03-29 02:59:59")).isEqualTo(Timestamps.UNREADABLE);
        assertThat(instant(berlin, "2026-03-29 03:00:00")).isEqualTo("2026-03-29T01:00:00Z");

        assertThat(instant(berlin, "2026-10-25 01:59:59")).isEqualTo("2026-10-24T23:59:59Z");
        assertThat(instant(berlin, "2026-10-25 02:00:00")).isEqualTo("2026-10-25T00:00:00Z");
        assertThat(instant(berlin, "2026-10-25 02:59:59")).isEqualTo("2026-10-25T00:59:59Z");
        assertThat(instant(berlin, "2026-10-25 03:00:00")).isEqualTo("2026-10-25T02:00:00Z");
        assertThat(instant(berlin, "2026-10-25 02:30:00")).isEqualTo("2026-10-25T00:30:00Z");
        assertThat(instant(berlin, "2026-07-01 12:00:00")).isEqualTo("2026-07-01T10:00:00Z");
        assertThat(instant(berlin, "2026-01-01 12:00:00")).isEqualTo("2026-01-01T11:00:00Z");
    }

    @Test
    void anOffsetInTheTextCountsMoreThanTheZone() {
        Timestamps berlin = Timestamps.of("yyyy-MM-dd HH:mm XX", ZoneId.of("Europe/Berlin"));
        assertThat(instant(berlin, "2026-03-29 02:30 Z")).isEqualTo("2026-03-29T02:30:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "MMM d HH:mm:ss, the pattern 'MMM d HH:mm:ss' does not give a whole time: the year is missing",
                "yyyy-MM-dd, the pattern 'yyyy-MM-dd' does not give a whole time: the hour is missing",
                "HH:mm:ss, `the pattern 'HH:mm:ss' does not give a whole time: year, month and day are missing`",
                "yyyy-MM-dd hh:mm, the pattern 'yyyy-MM-dd hh:mm' does not give a whole time: the hour is missing; 'h'"
                        + " counts to 12 and needs 'a' for AM and PM: write HH for hours from 00 to 23",
                "YYYY-MM-dd HH:mm, the pattern 'YYYY-MM-dd HH:mm' does not give a whole time: the year is missing; 'Y'"
                        + " is the year of a week: write yyyy",
                "yyyy-'MM'-dd HH:mm, the pattern 'yyyy-'MM'-dd HH:mm' does not give a whole time: the month is missing",
                "%Y-%m-%d, `the pattern '%Y-%m-%d' does not give a whole time: year, month and hour are missing; a"
                        + " pattern of Java has no '%', as in 'yyyy-MM-dd HH:mm:ss'`",
                "``, `it is empty; " + EXPECTED + "`",
                "epochmilis, Unknown pattern letter: o; did you mean 'epochMillis'?",
                "ISO_OFFSET_DATETIME, Unknown pattern letter: I; did you mean 'ISO_OFFSET_DATE_TIME'?",
                "RFC3339, Unknown pattern letter: R; did you mean 'ISO_OFFSET_DATE_TIME'?",
                "iso, Unknown pattern letter: i; did you mean 'ISO_OFFSET_DATE_TIME'?",
                "ISO_INSTANT, Unknown pattern letter: I; did you mean 'ISO_OFFSET_DATE_TIME'?",
                "ISO_LOCAL_DATE_TIME, `Unknown pattern letter: I; " + EXPECTED + "`",
                "epochNanos, `Unknown pattern letter: o; " + EXPECTED + "`",
                "yyyy-MM-dd HH:mm:ss z, `'z' " + NAMES + "`",
                "yyyy-MM-dd HH:mm:ss[ zzzz], `'z' " + NAMES + "`",
                "yyyy-MM-dd HH:mm:ss v, `'v' " + NAMES + "`",
                "yyyy-MM-dd 'T, `Pattern ends with an incomplete string literal: yyyy-MM-dd 'T; " + EXPECTED + "`"
            })
    void refusesAFormat(String format, String message) {
        assertThatThrownBy(() -> Timestamps.of(format, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        ISO + ", true",
        "epochSeconds, true",
        "yyyy-MM-dd HH:mm XXX, true",
        "yyyy-MM-dd HH:mm VV, true",
        "yyyy-MM-dd HH:mm[ XXX], false",
        "yyyy-MM-dd HH:mm 'X', false",
        "yyyy-MM-dd HH:mm, false"
    })
    void whetherATimeSaysItsZone(String format, boolean says) {
        assertThat(Timestamps.saysZone(format)).isEqualTo(says);
    }

    @Test
    void aHugeTextIsUnreadable() {
        assertThat(read(Timestamps.of("EEE d MMM yyyy HH:mm", ZoneOffset.UTC), " ".repeat(10_000_000)))
                .isEqualTo(Timestamps.UNREADABLE);
        assertThat(read(Timestamps.of("epochMillis", ZoneOffset.UTC), "9".repeat(1_000_000)))
                .isEqualTo(Timestamps.UNREADABLE);
    }

    @ParameterizedTest
    @CsvSource({
        ISO + ", 2026-11-29T08:05:30.120+01:00",
        "yyyy-MM-dd HH:mm:ss, 2026-11-29 08:05:30",
        "epochMillis, 1795939530123"
    })
    void readingAllocatesNothing(String format, String text) {
        Timestamps timestamps = Timestamps.of(format, ZoneId.of("Europe/Berlin"));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(timestamps.read(bytes, 0, bytes.length)).isPositive();
        assertThat(Allocation.bytesPerCall(() -> timestamps.read(bytes, 0, bytes.length)))
                .isZero();
    }

    private static String instant(Timestamps timestamps, String text) {
        return Instant.ofEpochMilli(read(timestamps, text)).toString();
    }

    /** In the middle of an array with other digits around it. */
    private static long read(Timestamps timestamps, String text) {
        byte[] bytes = ("12" + text + "34").getBytes(StandardCharsets.UTF_8);
        return timestamps.read(bytes, 2, bytes.length - 2);
    }
}
