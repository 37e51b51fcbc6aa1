package io.pickaroon.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatusLineTest {
    private static final String ERASE = "\r\033[K";

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final StatusLine line = new StatusLine(new PrintStream(screen, true, StandardCharsets.UTF_8));

    @Test
    void isTakenOffTheScreenBeforeAnOrdinaryLine() {
        line.show("50%");
        line.stream().println("WARN naïve");

        assertThat(screen.toString(StandardCharsets.UTF_8)).isEqualTo(ERASE + "50%" + ERASE + "WARN naïve\n");
    }

    @Test
    void comesBackOnlyAfterAHalfWrittenLineIsComplete() {
        line.stream().print("half");
        line.show("50%");
        line.stream().print(" whole\n");
        line.show("60%");

        assertThat(screen.toString(StandardCharsets.UTF_8)).isEqualTo("half whole\n" + ERASE + "60%");
    }

    @Test
    void clearingTwiceErasesOnce() {
        line.show("50%");
        line.clear();
        line.clear();

        assertThat(screen.toString(StandardCharsets.UTF_8)).isEqualTo(ERASE + "50%" + ERASE);
    }
}
