package io.pickaroon.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatusTableTest {
    /** A rule's figure has dead letters in it, and that of an input has not. */
    @Test
    void whatCountsDeadLettersSaysSo() {
        String table = StatusTable.of(SampleStatus.READY.status());

        assertThat(table.lines().filter(line -> line.startsWith("input  ")))
                .hasSize(2)
                .satisfiesExactly(
                        inputs -> assertThat(inputs).containsPattern(" emitted +dead "),
                        rules -> assertThat(rules).containsPattern(" matched +emitted\\+dead +sampled out +fixes "));
    }
}
