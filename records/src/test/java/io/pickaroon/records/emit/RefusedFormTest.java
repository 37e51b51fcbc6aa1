package io.pickaroon.records.emit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Records that cannot be made as they are configured, as their topic alone is asked for. */
class RefusedFormTest {
    @Test
    void whatRefusesARecordIsKnownWhenItsTopicIsMade() {
        FormFixture header =
                new FormFixture().topic("t-{host}").header("h", "{host}").header("a", "{field.a}");
        assertThat(header.rendered().problem())
                .isPresent()
                .isEqualTo(topicOf(header).problem());
        FormFixture missing = new FormFixture().key("{field.a}");
        assertThat(missing.rendered().problem())
                .isPresent()
                .isEqualTo(topicOf(missing).problem());
        FormFixture longKey = new FormFixture().key("k".repeat(RecordForm.MAX_KEY_BYTES + 1));
        assertThat(longKey.rendered().problem())
                .isPresent()
                .isEqualTo(topicOf(longKey).problem());
        assertThat(longKey.rendered().isKeyCut()).isTrue();
        assertThat(longKey.line()).doesNotContain("\"key\"");
        assertThat(topicOf(new FormFixture().header("h", "{field.a:}")).problem())
                .isEmpty();
    }

    private static RenderedRecord topicOf(FormFixture fixture) {
        RenderedRecord rendered = new RenderedRecord();
        fixture.form().newRenderer().renderTopic(fixture.written(), fixture.origin(), rendered);
        return rendered;
    }
}
