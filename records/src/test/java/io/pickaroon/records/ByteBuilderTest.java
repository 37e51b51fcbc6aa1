package io.pickaroon.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.records.time.UtcText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteBuilderTest {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final ByteBuilder text = new ByteBuilder(1 << 20);

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, -1, -10, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1})
    void appendsNumbers(long value) {
        text.append(value);
        assertThat(text).hasToString(Long.toString(value));
    }

    @Property(tries = 2000)
    void appendsAnyNumber(@ForAll long value) {
        text.clear();
        text.append(value);
        assertThat(text).hasToString(Long.toString(value));
    }

    @Property(tries = 5000)
    void appendsTimesAsTheJdkFormatsThem(
            @ForAll @LongRange(min = -70_000_000_000_000L, max = 300_000_000_000_000L) long millis) {
        text.clear();
        UtcText.append(text, millis);
        assertThat(text).hasToString(UTC.format(Instant.ofEpochMilli(millis)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00.000Z",
        "-1, 1969-12-31T23:59:59.999Z",
        "951782400000, 2000-02-29T00:00:00.000Z",
        "4107542399999, 2100-02-28T23:59:59.999Z",
        "253402300800000, +10000-01-01T00:00:00.000Z"
    })
    void appendsTimes(long millis, String expected) {
        UtcText.append(text, millis);
        assertThat(text).hasToString(expected);
    }

    @Property(tries = 2000)
    void appendsCharactersAsUtf8(@ForAll String characters) {
        text.clear();
        characters.codePoints().forEach(text::appendCodePoint);
        byte[] expected = characters
                .codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        assertThat(text.toByteArray()).isEqualTo(expected);
    }

    @Test
    void growsAndStopsAtItsLimit() {
        ByteBuilder limited = new ByteBuilder(1000);
        byte[] part = new byte[300];
        for (int i = 0; i < 3; i++) {
            limited.append(part);
        }
        assertThat(limited.isTruncated()).isFalse();
        limited.append(part);
        assertThat(limited.length()).isEqualTo(1000);
        assertThat(limited.isTruncated()).isTrue();
        limited.append((byte) 1);
        assertThat(limited.length()).isEqualTo(1000);

        limited.clear();
        assertThat(limited.length()).isZero();
        assertThat(limited.isTruncated()).isFalse();
    }

    @Test
    void holdsAtLeastOneByte() {
        assertThatThrownBy(() -> new ByteBuilder(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
