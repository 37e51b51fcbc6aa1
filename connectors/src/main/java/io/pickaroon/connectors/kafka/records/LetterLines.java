package io.pickaroon.connectors.kafka.records;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.RecordRenderer;
import io.pickaroon.records.emit.RenderedRecord;
import io.pickaroon.records.emit.ShownRecord;
import java.io.IOException;

/**
 * Makes the lines of a rule's refused records: what the output {@code file} writes of them, with the topic that each was meant
 * for, and the reason. For one thread.
 */
final class LetterLines {
    private final RecordRenderer renderer;
    private final RenderedRecord rendered = new RenderedRecord();
    private RefusedMatch refused;

    LetterLines(RecordForm form) {
        this.renderer = form.newLineRenderer(this::writeRefusal);
    }

    byte[] line(RefusedMatch match, ShownRecord record, RecordOrigin origin) {
        refused = match;
        renderer.render(record, origin, rendered);
        return rendered.value();
    }

    private void writeRefusal(RenderedRecord made, JsonGenerator json) throws IOException {
        if (made.topic().isEmpty()) {
            json.writeStringField("topic", refused.topic());
        }
        json.writeStringField("reason", refused.text());
    }
}
