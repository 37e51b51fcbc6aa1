package io.pickaroon.processor.regex;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.rule.CompiledPattern;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.search.ByteSet;
import io.pickaroon.processor.search.Needle;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredNeedlesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "ERROR~ERROR, enough",
                "ERROR|FATAL~ERROR FATAL, enough",
                "\\b(ERROR|FATAL)\\b~ERROR FATAL",
                "ERROR|FATAL|[A-Z]\\w+Exception~ERROR FATAL ?Exception",
                "card=(?<pan>\\d{13,19})~card=?????????????",
                "colou?r~colour color, enough",
                "x*required(a|b)+~required?",
                "x*required(ab|ba)+~required",
                "(?i)Panic~?????, enough",
                "AKIA[0-9A-Z]{16}~AKIA????????????????, enough",
                "HTTP/1\\.1\" 5\\d\\d-~HTTP/1.1\" 5??-, enough",
                "[a-z]+@[a-z]+\\.com~?.com",
                "[[:alpha:]]*~''",
                ".*~''",
                "a|.*~''",
                "(?m)^a$~a",
            })
    void knowsWhatEveryMatchContains(String expression, String expected) {
        CompiledPattern test = CompiledPattern.of(new Pattern.Regex(expression, false));
        String found = test.needles().stream().map(RequiredNeedlesTest::text).collect(Collectors.joining(" "));
        assertThat(found + (test.needlesSuffice() ? ", enough" : "")).isEqualTo(expected);
    }

    /** Sets of one byte as that, larger ones as question marks. */
    private static String text(Needle needle) {
        StringBuilder text = new StringBuilder();
        for (ByteSet set : needle.sets()) {
            int only = -1;
            for (int value = 0; value < 256; value++) {
                only = set.contains(value) ? (only == -1 ? value : '?') : only;
            }
            text.append((char) only);
        }
        return text.toString();
    }
}
