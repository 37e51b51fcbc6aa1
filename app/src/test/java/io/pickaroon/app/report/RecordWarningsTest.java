package io.pickaroon.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a status says about records that were not sent as their rules say. */
class RecordWarningsTest {
    private final DaemonStatus status = SampleStatus.READY.status();

    @Test
    void theTableWarnsOfEachReason() {
        assertThat(StatusTable.of(status).lines())
                .contains(
                        "warning: input shop: records that do not parse, so that they have no field: 8",
                        "warning: input shop: dead-lettered: 1 unknown-topic",
                        "warning: input shop: sent with the time of reading: 2, timestamp ahead");
    }

    @Test
    void theObjectHasTheCountOfEachReasonToo() {
        assertThat(StatusJson.of(status))
                .contains(
                        "\"input shop: sent with the time of reading: 2, timestamp ahead\"",
                        "\"deadLettered\":{\"unknown-topic\":1}",
                        "\"sentWithReadTime\":{\"ahead\":2}",
                        "\"unparsedRecords\":8");
    }
}
