package io.pickaroon.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class DurationTextTest {
    private final DurationText text = new DurationText(Duration.ofSeconds(1), Duration.ofDays(1));

    @Test
    void readsWhatConfigurationsHave() {
        assertThat(text.convert("1500ms")).isEqualTo(Duration.ofMillis(1500));
        assertThat(text.convert(" 90s ")).isEqualTo(Duration.ofSeconds(90));
        assertThat(text.convert("1d")).isEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "60    | expected a duration from 1s to 1d, found '60' without a unit; units are 'd', 'h', 'm', 's',"
                        + " 'ms'",
                "5sec  | expected a duration from 1s to 1d, found '5sec' with an unknown unit; did you mean '5s'?",
                "999ms | expected a duration from 1s to 1d, found '999ms'",
                "25h   | expected a duration from 1s to 1d, found '25h'",
                "-1s   | expected a duration from 1s to 1d, found '-1s'",
                "soon  | expected a duration from 1s to 1d, found 'soon'",
            })
    void saysWhatWasExpected(String written, String message) {
        assertThatThrownBy(() -> text.convert(written))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage(message);
    }
}
