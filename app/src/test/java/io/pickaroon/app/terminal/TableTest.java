package io.pickaroon.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void numbersAreAlignedToTheRightAndTextToTheLeft() {
        String text = new Table()
                .row("FILE", "BYTES", "STATE")
                .row("/var/log/a", "1,234", "same")
                .row("b", "7", "gone")
                .render();

        assertThat(text.lines())
                .containsExactly(
                        "FILE        BYTES  STATE", //
                        "/var/log/a  1,234  same",
                        "b               7  gone");
    }

    @Test
    void refusesARowOfAnotherWidth() {
        Table table = new Table().row("a", "b");

        assertThatThrownBy(() -> table.row("c")).isInstanceOf(IllegalArgumentException.class);
    }
}
