package io.pickaroon.processor.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A name of passwords is known to all that look for them. */
class PasswordNameTest {
    private static final List<Detector> PASSWORDS = List.of(Detector.PASSWORD);

    @ParameterizedTest
    @EnumSource(PasswordName.class)
    void isSeenAndFoundInEitherCase(PasswordName name) {
        for (String written : List.of(name.name(), name.name().toLowerCase(Locale.ROOT))) {
            String record = "user=joe db_" + written + "=hunter2";

            assertThat(new Candidates(PASSWORDS).in(Ascii.bytes(record), 0, record.length()))
                    .isNotZero();
            assertThat(Masked.by(PASSWORDS, record)).isEqualTo("user=joe db_" + written + "=*******");
        }
    }
}
