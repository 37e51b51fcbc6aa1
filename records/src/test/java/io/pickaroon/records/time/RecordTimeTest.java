package io.pickaroon.records.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.records.Allocation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordTimeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String NONE = "none";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "iso8601; 2026-11-29T08:05:30.12+01:00 GET; 2026-11-29T07:05:30.120Z",
                "iso8601; 2026-11-29 08:05:30,120 INFO; 2026-11-29T07:05:30.120Z",
                "iso8601; 2026-11-29_08:05:30Z; 2026-11-29T08:05:30Z",
                "iso8601; [2026-11-29 08:05:30 +0200] x; 2026-11-29T06:05:30Z",
                "iso8601; 2026-11-29T08:05:30+02 x; 2026-11-29T06:05:30Z",
                "iso8601; 2026-11-29T08:05:30.123456789Z x; 2026-11-29T08:05:30.123Z",
                "iso8601; 2026-11-29 08:05:30 - x; 2026-11-29T07:05:30Z",
                "iso8601; 2026-11-29 08:05:30 -12 files; 2026-11-29T20:05:30Z",
                "iso8601; 2026-11-29 08:05:30.120 UTC [123] x; 2026-11-29T08:05:30.120Z",
                "iso8601; 2026-11-29 08:05:30 GMT; 2026-11-29T08:05:30Z",
                "iso8601; 2026-11-29 08:05:30 UTCS x; 2026-11-29T07:05:30Z",
                "iso8601; \"2026-07-29 08:05:30\" x; 2026-07-29T06:05:30Z",
                "iso8601; 2026-11-29T08:05:30x; " + NONE,
                "iso8601; 2026-11-29T08:05; " + NONE,
                "iso8601; 2026-02-30T08:05:30Z; " + NONE,
                "iso8601; 2026-11-29T08:05:60Z; " + NONE,
                "iso8601; at 2026-11-29T08:05:30Z; " + NONE,
                "iso8601; 12026-11-29T08:05:30Z; " + NONE,
                "iso8601; 1969-11-29T08:05:30Z; " + NONE,
                "iso8601; ; " + NONE,
                "syslog; Nov 29 08:05:30 host x; 2026-11-29T07:05:30Z",
                "syslog; <34>Nov  9 08:05:30.250 host x; 2026-11-09T07:05:30.250Z",
                "syslog; nov 9 08:05:30 host x; 2026-11-09T07:05:30Z",
                "syslog; Dec  1 08:05:30 host x; 2025-12-01T07:05:30Z",
                "syslog; Feb 29 08:05:30 host x; 2024-02-29T07:05:30Z",
                "syslog; Feb 30 08:05:30 host x; " + NONE,
                "syslog; <165>1 2003-08-24T05:14:15.000003-07:00 host x; 2003-08-24T12:14:15Z",
                "syslog; 2026-11-29T08:05:30.123456+01:00 host x; 2026-11-29T07:05:30.123Z",
                "syslog; Nov 29 8:05:30 host x; " + NONE,
                "syslog; <1234>Nov 29 08:05:30 host x; " + NONE,
                "clf; 127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] \"GET\"; 2000-10-10T20:55:36Z",
                "clf; [::1] - [x] [10/Oct/2000:13:55:36 +0000] \"GET\"; 2000-10-10T13:55:36Z",
                "clf; [1/Oct/2000:13:55:36 -0700]; " + NONE,
                "clf; 10/Oct/2000:13:55:36 -0700; " + NONE,
                "epoch; 1795939530 x; 2026-11-29T08:05:30Z",
                "epoch; [1795939530.5] x; 2026-11-29T08:05:30.500Z",
                "epoch; 1795939530120 x; 2026-11-29T08:05:30.120Z",
                "epoch; 1795939530120456 x; 2026-11-29T08:05:30.120Z",
                "epoch; 1795939530120456789 x; 2026-11-29T08:05:30.120Z",
                "epoch; 17959395301 x; " + NONE,
                "epoch; 1795939530a x; " + NONE,
                "epoch; 17959395301204567890 x; " + NONE,
                "log4j; 2026-11-29 08:05:30,120 [main]; 2026-11-29T07:05:30.120Z",
                "log4j; INFO  [2026-11-29 08:05:30,120] x; 2026-11-29T07:05:30.120Z",
                "log4j; WARN 29 Nov 2026 08:05:30,120 x; 2026-11-29T07:05:30.120Z",
                "log4j; 9 Nov 2026 08:05:30 x; 2026-11-09T07:05:30Z",
                "log4j; at java.lang.Thread.run; " + NONE,
                "glog; I1129 08:05:30.123456 1 a.go:1] x; 2026-11-29T07:05:30.123Z",
                "glog; E20261129 08:05:30.123456 1 a.go:1] x; 2026-11-29T07:05:30.123Z",
                "glog; I1201 08:05:30.123456 1 a.go:1] x; 2025-12-01T07:05:30.123Z",
                "glog; I1329 08:05:30.123456 1 a.go:1] x; " + NONE,
                "glog; II1129 08:05:30.123456; " + NONE,
            })
    void aNamedTimeIsReadFromTheBeginningOfARecord(String name, String record, String expected) {
        RecordTime time = RecordTime.named(name, BERLIN);

        long read = read(time, record == null ? "" : record);

        assertThat(read).isEqualTo(expected.equals(NONE) ? RecordTime.NONE : millis(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2026-11-29T08:05:30Z; 2026-11-29T08:05:30Z",
                "29/Nov/2026:08:05:30 +0000; 2026-11-29T08:05:30Z",
                "Nov 29 08:05:30; 2026-11-29T07:05:30Z",
                "1129 08:05:30; " + NONE,
                "1795939530.25; 2026-11-29T08:05:30.250Z",
                "2026-11-29T08:05:30Z x; " + NONE,
            })
    void aTextIsReadUnderAnyNameToItsEnd(String text, String expected) {
        long read = read(RecordTime.ofAnyName(BERLIN), text);

        assertThat(read).isEqualTo(expected.equals(NONE) ? RecordTime.NONE : millis(expected));
    }

    @Test
    void aPatternMayLackTheYear() {
        RecordTime time = RecordTime.ofFormat("MMM d HH:mm:ss", BERLIN);

        assertThat(time.mayLackYear()).isTrue();
        assertThat(read(time, "Nov 29 08:05:30")).isEqualTo(millis("2026-11-29T07:05:30Z"));
        assertThat(read(time, "Dec 29 08:05:30")).isEqualTo(millis("2025-12-29T07:05:30Z"));
    }

    @Test
    void aPatternWithAYearIsReadAsTimestampsReadIt() {
        RecordTime time = RecordTime.ofFormat("EEE MMM dd HH:mm:ss yyyy", BERLIN);

        assertThat(time.mayLackYear()).isFalse();
        assertThat(read(time, "Sun Dec 04 04:47:44 2005")).isEqualTo(millis("2005-12-04T03:47:44Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "MMM d, year and hour are missing",
        "HH:mm:ss, missing",
        "'MMM d ''HH', Pattern ends with an incomplete string"
    })
    void aPatternThatLacksMoreIsRefused(String format, String message) {
        assertThatThrownBy(() -> RecordTime.ofFormat(format, BERLIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void ofAnHourThatComesTwiceItTakesTheEarlierAndAnHourThatIsSkippedIsNone() {
        RecordTime time = RecordTime.named("log4j", BERLIN);

        assertThat(read(time, "2026-10-25 02:30:00,000")).isEqualTo(millis("2026-10-25T00:30:00Z"));
        assertThat(read(time, "2026-03-29 02:30:00,000")).isEqualTo(RecordTime.NONE);
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> RecordTime.named("iso8061", BERLIN))
                .hasMessage("unknown time 'iso8061'; did you mean 'iso8601'?");
    }

    @Test
    void theYearOfAnyDayIsThatOfTheCalendar() {
        for (LocalDate day = LocalDate.of(1970, 1, 1); day.getYear() < 2110; day = day.plusDays(1)) {
            long start = day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
            assertThat(CivilTime.yearOf(start)).isEqualTo(day.getYear());
            assertThat(CivilTime.yearOf(start + CivilTime.MILLIS_OF_DAY - 1)).isEqualTo(day.getYear());
        }
    }

    @Test
    void nothingIsAllocatedForARecord() {
        byte[] record = "<34>Nov 29 08:05:30 host x".getBytes(StandardCharsets.UTF_8);
        RecordTime time = RecordTime.named("syslog", BERLIN);
        long latest = millis("2026-11-30T12:00:00Z");

        assertThat(Allocation.bytesPerCall(() -> time.read(record, 0, record.length, latest)))
                .isZero();
    }

    private static long read(RecordTime time, String text) {
        byte[] bytes = ("##" + text).getBytes(StandardCharsets.UTF_8);
        return time.read(bytes, 2, bytes.length, millis("2026-11-30T12:00:00Z"));
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
