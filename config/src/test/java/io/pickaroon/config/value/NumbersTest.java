package io.pickaroon.config.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.config.problem.Mismatch;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    private static final ScalarType<Integer> SIZE = Numbers.size(0, 1 << 30);
    private static final ScalarType<Duration> DURATION = Numbers.duration(Duration.ofMillis(1), Duration.ofDays(2));

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "7B, 7",
        "1kB, 1000",
        "1KB, 1000",
        "1MB, 1000000",
        "1GB, 1000000000",
        "64KiB, 65536",
        "16MiB, 16777216",
        "16 MiB, 16777216",
        "1GiB, 1073741824"
    })
    void readsSizes(String text, int bytes) throws Mismatch {
        assertThat(SIZE.parser().parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "4KiB/s, 4096",
        "4096/s, 4096",
        "5 MiB/s, 5242880",
        "1MB/s, 1000000",
        "64GiB/s, 68719476736",
        "1024GiB/s, 1099511627776"
    })
    void readsRates(String text, long bytesPerSecond) throws Mismatch {
        assertThat(Numbers.rate(4096, 1L << 40).parser().parse(text)).isEqualTo(bytesPerSecond);
    }

    @ParameterizedTest
    @CsvSource({"200ms, 200", "5s, 5000", "2m, 120000", "1h, 3600000", "1d, 86400000", "0005s, 5000"})
    void readsDurations(String text, long millis) throws Mismatch {
        assertThat(DURATION.parser().parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({
        "16M, did you mean '16MiB'?",
        "16mib, did you mean '16MiB'?",
        "16mb, did you mean '16MB'?",
        "1k, did you mean '1KiB'?",
        "1 G, did you mean '1GiB'?",
        "1TiB, 'units are ''GiB'', ''MiB'', ''KiB'', ''GB'', ''MB'', ''KB'', ''kB'', ''B'''"
    })
    void suggestsTheUnitOfASize(String text, String suggestion) {
        assertThatThrownBy(() -> SIZE.parser().parse(text))
                .isInstanceOfSatisfying(
                        Mismatch.class,
                        mismatch -> assertThat(mismatch.suggestion()).contains(suggestion));
    }

    @ParameterizedTest
    @CsvSource({
        "5sec, did you mean '5s'?",
        "5 seconds, did you mean '5s'?",
        "5min, did you mean '5m'?",
        "5msec, did you mean '5ms'?",
        "5S, did you mean '5s'?"
    })
    void suggestsTheUnitOfADuration(String text, String suggestion) {
        assertThatThrownBy(() -> DURATION.parser().parse(text))
                .isInstanceOfSatisfying(
                        Mismatch.class,
                        mismatch -> assertThat(mismatch.suggestion()).contains(suggestion));
    }

    @ParameterizedTest
    @CsvSource({"''", "-1", "1.5MiB", "MiB", "1e3", "0x10", "999999999999999999GiB", "9999999999999999999", "1073741825"
    })
    void refusesOtherSizes(String text) {
        assertThatThrownBy(() -> SIZE.parser().parse(text)).hasMessageStartingWith("expected a size from 0B to 1GiB");
    }

    @ParameterizedTest
    @CsvSource({"''", "5", "-5s", "1.5s", "0s", "3d", "999999999999999999d", "PT5S"})
    void refusesOtherDurations(String text) {
        assertThatThrownBy(() -> DURATION.parser().parse(text))
                .hasMessageStartingWith("expected a duration from 1ms to 2d");
    }

    @Property
    void aSizeIsReadAsItIsShown(@ForAll @IntRange(max = 1 << 30) int bytes) throws Mismatch {
        assertThat(SIZE.parser().parse(Unit.text(bytes, Unit.SIZES))).isEqualTo(bytes);
    }
}
