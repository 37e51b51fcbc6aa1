package io.pickaroon.records.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps of this package read what the JDK's formatter reads. */
class TimePatternTest {
    private static final List<String> PATTERNS = List.of(
            "uuuu-MM-dd HH:mm:ss",
            "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
            "yyyyMMddHHmmss",
            "dd/MMM/yyyy:HH:mm:ss Z",
            "d.M.yyyy H:m:s",
            "MMM d yyyy HH:mm:ss.SSSSSS",
            "yyyy/MM/dd HH:mm xxx",
            "HH:mm:ss,SS dd-MM-yyyy xx");
    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
    private static final long MOST_SECONDS = 253_402_200_000L;
    private static final String REPLACEMENTS = "0123456789 :-+./TZtz,Jan";

    /** A byte in three texts is another one, so that most are not times. */
    @Property(tries = 20_000)
    void readsWhatTheJdkReads(@ForAll long seed, @ForAll @IntRange(max = 7) int which) {
        Random random = new Random(seed);
        String pattern = PATTERNS.get(which);
        Timestamps steps = Timestamps.of(pattern, ZONE);
        assertThat(TimePattern.of(pattern)).isPresent();
        TimeFormatter jdk = new TimeFormatter(pattern, ZONE);

        Instant time = Instant.ofEpochSecond(random.nextLong(MOST_SECONDS), random.nextInt(1_000_000_000));
        byte[] text = changed(
                DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
                        .withZone(random.nextBoolean() ? ZONE : ZoneOffset.ofTotalSeconds(60 * random.nextInt(1080)))
                        .format(time),
                random);

        assertThat(steps.read(text, 0, text.length))
                .as("%s as %s", new String(text, StandardCharsets.UTF_8), pattern)
                .isEqualTo(Math.max(-1, jdk.read(text, 0, text.length)));
    }

    @Property(tries = 20_000)
    void readsIsoAsTheJdkDoes(@ForAll long seed) {
        Random random = new Random(seed);
        Instant time = Instant.ofEpochSecond(random.nextLong(MOST_SECONDS), random.nextInt(1_000_000_000));
        String offset = List.of("+HH", "+HHmm", "+HH:MM", "+HH:MM:ss").get(random.nextInt(4));
        DateTimeFormatter formatter = new DateTimeFormatterBuilder()
                .appendPattern("uuuu-MM-dd'T'HH:mm")
                .appendPattern(List.of("", ":ss", ":ss.SSS", ":ss.SSSSSSSSS").get(random.nextInt(4)))
                .appendOffset(offset, "Z")
                .toFormatter(Locale.ROOT)
                .withZone(ZoneOffset.ofTotalSeconds(random.nextInt(7) == 0 ? 0 : random.nextInt(-64_800, 64_801)));
        byte[] text = changed(formatter.format(time), random);
        long expected;
        try {
            expected = OffsetDateTime.parse(new String(text, StandardCharsets.UTF_8))
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException notATime) {
            expected = -1;
        }

        assertThat(Timestamps.of("ISO_OFFSET_DATE_TIME", ZONE).read(text, 0, text.length))
                .as(new String(text, StandardCharsets.UTF_8))
                .isEqualTo(Math.max(-1, expected));
    }

    /** One reader for times that go on, and jump: what it remembers of the zone is right at each of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Casablanca", "UTC", "+05:30"
            })
    void offsetsAreThoseOfTheZone(String name) {
        ZoneId zone = ZoneId.of(name);
        LocalOffsets offsets = new LocalOffsets(zone);
        Random random = new Random(name.hashCode());
        long local = 0;
        for (int i = 0; i < 200_000; i++) {
            local = random.nextInt(1000) == 0 ? random.nextLong(4_000_000_000L) : local + random.nextInt(1800);
            LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
            List<ZoneOffset> valid = zone.getRules().getValidOffsets(time);
            int expected = valid.isEmpty()
                    ? LocalOffsets.NONE
                    : ZonedDateTime.ofLocal(time, zone, null)
                            .withEarlierOffsetAtOverlap()
                            .getOffset()
                            .getTotalSeconds();
            assertThat(offsets.at(local)).as("%s in %s", time, zone).isEqualTo(expected);
        }
    }

    private static byte[] changed(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(3) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) REPLACEMENTS.charAt(random.nextInt(REPLACEMENTS.length()));
        }
        return bytes;
    }
}
