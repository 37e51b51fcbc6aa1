package io.pickaroon.connectors.kafka.records;

import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.RecordRenderer;
import io.pickaroon.records.emit.RenderedRecord;
import io.pickaroon.records.emit.ShownRecord;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Renders the records of one rule, one after the other. For one thread. */
final class RuleRenderer {
    private static final Header[] NO_HEADERS = {};

    private final RecordRenderer renderer;
    private final RenderedRecord rendered = new RenderedRecord();
    /** Of the record before: those that both have are not made again. */
    private Header[] made = NO_HEADERS;

    RuleRenderer(RecordForm form) {
        this.renderer = form.newRenderer();
    }

    /** The record that was rendered last. */
    RenderedRecord rendered() {
        return rendered;
    }

    RenderedRecord render(ShownRecord record, RecordOrigin origin, boolean atReadTime) {
        if (atReadTime) {
            renderer.renderAtReadTime(record, origin, rendered);
        } else {
            renderer.render(record, origin, rendered);
        }
        return rendered;
    }

    RenderedRecord renderTopic(ShownRecord record, RecordOrigin origin) {
        renderer.renderTopic(record, origin, rendered);
        return rendered;
    }

    /** The headers of the record that was rendered last. */
    List<Header> headers() {
        Header[] headers = rendered.headerCount() == 0 ? NO_HEADERS : new Header[rendered.headerCount()];
        for (int i = 0; i < headers.length; i++) {
            headers[i] = header(i);
        }
        made = headers;
        return Arrays.asList(headers);
    }

    /** Names and values that all records of a file share are the same objects. */
    @SuppressWarnings("ReferenceEquality")
    private Header header(int i) {
        if (i < made.length && made[i].value() == rendered.headerValue(i) && made[i].key() == rendered.headerName(i)) {
            return made[i];
        }
        return new RecordHeader(rendered.headerName(i), rendered.headerValue(i));
    }
}
