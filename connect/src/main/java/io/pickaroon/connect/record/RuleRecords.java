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
    private static final MadeHeader[] NO_HEADERS = {};

    private final RecordForm form;
    private final HeaderForm headerForm;
    private final byte[] idPart;
    private final String truncatedHeader;
    private final RecordRenderer renderer;
    private final RenderedRecord rendered = new RenderedRecord();
    /** Of the record before: those that both have are not made again. */
    private MadeHeader[] made = NO_HEADERS;

    /** @param bytes of which the header was made, known by identity */
    private record MadeHeader(byte[] bytes, Header header) {}

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
        MadeHeader[] headers = rendered.headerCount() == 0 ? NO_HEADERS : new MadeHeader[rendered.headerCount()];
        for (int i = 0; i < headers.length; i++) {
            headers[i] = header(i);
        }
        made = headers;
        return Arrays.stream(headers).map(MadeHeader::header).toList();
    }

    /** Names and values that all records of a file share are the same objects. */
    @SuppressWarnings("ReferenceEquality")
    private MadeHeader header(int i) {
        byte[] bytes = rendered.headerValue(i);
        String name = rendered.headerName(i);
        if (i < made.length && made[i].bytes == bytes && made[i].header.key() == name) {
            return made[i];
        }
        return new MadeHeader(bytes, headerForm.of(name, bytes));
    }

    /** A header beside those of the record. */
    Header header(String name, String value) {
        return headerForm.of(name, value);
    }
}
