package io.pickaroon.config.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '`',
            value = {
                "a,b|[a][b]",
                " a , b\t|[a][b]",
                "a b|[a b]",
                "a\\,b|[a,b]",
                "\\ a\\ ,b|[ a ][b]",
                "/l/\\{a\\}\\*.log|[/l/\\{a\\}\\*.log]",
                "a\\\\,b|[a\\][b]",
                "a\\\\\\,b|[a\\,b]",
                "a\\|[a\\]",
                "a,,b|[a][][b]",
                "a,|[a][]",
            })
    void isSplitAtCommas(String text, String items) {
        assertThat(String.join(
                        "",
                        ListText.split(text).stream()
                                .map(item -> "[" + item + "]")
                                .toList()))
                .isEqualTo(items);
    }

    @Test
    void blanksAloneAreNoItem() {
        assertThat(ListText.split(" \t")).isEmpty();
    }

    @Property
    void whatIsJoinedIsSplitIntoTheSame(@ForAll("items") List<String> items) {
        assertThat(ListText.split(ListText.join(items))).isEqualTo(items);
    }

    @Provide
    static Arbitrary<List<String>> items() {
        return Arbitraries.strings()
                .withChars("a\\, \t\n{\u2003")
                .ofMinLength(1)
                .ofMaxLength(6)
                .list()
                .ofMaxSize(5);
    }
}
