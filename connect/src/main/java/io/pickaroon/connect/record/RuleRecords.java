package io.pickaroon.connect.record;

import io.pickaroon.inputs.shown.MatchHeaders;
import io.pickaroon.processor.rule.MatchIds;
import io.pickaroon.records.emit.HeaderTemplate;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.RecordRenderer;
import io.pickaroon.records.emit.RenderedRecord;
import io.pickaroon.records.emit.RenderedRecord.TimeSource;
import io.pickaroon.records.emit.ShownRecord;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.header.Header;

/** Renders the records of one rule, one after the other. For one thread. */
final class RuleRecords {
    private static final Header[] NO_HEADERS = {};
    private static final byte[][] NO_BYTES = {};

    private final RecordForm form;
    private final HeaderForm headerForm;
    private final byte[] idPart;
    private final String truncatedHeader;
    private final RecordRenderer renderer;
    private final RenderedRecord rendered = new RenderedRecord();
    /** Headers of the record before, and the bytes of which they were made: those that both have are not made again. */
    private Header[] made = NO_HEADERS;

    private byte[][] madeOf = NO_BYTES;

    RuleRecords(RecordForm form, HeaderForm headerForm) {
        this.form = form;
        this.headerForm = headerForm;
        this.idPart = MatchIds.rulePart(form.ruleId());
        this.renderer = form.newRenderer();
        this.truncatedHeader = form.emit().headers().stream()
                .filter(header -> header.value().isEmpty())
                .filter(header ->
                        header.mark().equals(HeaderTemplate.truncated("").mark()))
                .map(HeaderTemplate::name)
                .findFirst()
                .orElse(MatchHeaders.TRUNCATED);
    }

    String ruleId() {
        return form.ruleId();
    }

    /** The part of ids for the rule. */
    byte[] idPart() {
        return idPart;
    }

    /** The topic as it is configured: a name, or a template. */
    String topicText() {
        return form.emit().topic().toString();
    }

    boolean hasOneTopic() {
        return form.hasOneTopic();
    }

    /** Name of the header that marks a value that is cut. */
    String truncatedHeader() {
        return truncatedHeader;
    }

    boolean hasEventTime() {
        return rendered.timeSource() == TimeSource.EVENT;
    }

    /** The record that was rendered last. */
    RenderedRecord rendered() {
        return rendered;
    }

    RenderedRecord render(ShownRecord record, RecordOrigin origin) {
        renderer.render(record, origin, rendered);
        return rendered;
    }

    void renderAtReadTime(ShownRecord record, RecordOrigin origin) {
        renderer.renderAtReadTime(record, origin, rendered);
    }

    /** The headers of the record that was rendered last. */
    List<Header> headers() {
        int count = rendered.headerCount();
        if (count == 0) {
            return List.of();
        }
        Header[] headers = new Header[count];
        madeOf = madeOf.length < count ? Arrays.copyOf(madeOf, count) : madeOf;
        for (int i = 0; i < count; i++) {
            headers[i] = header(i);
            madeOf[i] = rendered.headerValue(i);
        }
        made = headers;
        return Arrays.asList(headers);
    }

    /** Names and values that all records of a file share are the same objects. */
    @SuppressWarnings("ReferenceEquality")
    private Header header(int i) {
        byte[] bytes = rendered.headerValue(i);
        String name = rendered.headerName(i);
        boolean isSame = i < made.length && madeOf[i] == bytes && made[i].key() == name;
        return isSame ? made[i] : headerForm.of(name, bytes);
    }

    /** A header beside those of the record. */
    Header header(String name, String value) {
        return headerForm.of(name, value);
    }
}
