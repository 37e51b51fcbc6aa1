package io.pickaroon.connectors.kafka.records;

import io.pickaroon.inputs.shown.MatchHeaders;
import io.pickaroon.records.emit.HeaderTemplate;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.RenderedRecord;
import io.pickaroon.records.emit.RenderedRecord.TimeSource;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;

/**
 * What could be made of a record that was refused. Immutable.
 *
 * @param key null if it has none, or one that is too long
 * @param headers those of the record
 * @param truncatedHeader the name of the header that marks a value that is cut
 * @param timestampMillis the time that the record tells, in milliseconds since 1970
 */
public record DeadLetter(
        RefusedMatch refused,
        byte[] key,
        byte[] value,
        List<Header> headers,
        String truncatedHeader,
        Optional<Long> timestampMillis) {
    /** Of the record that was rendered last. */
    static DeadLetter of(RefusedMatch refused, RecordForm form, RuleRenderer renderer) {
        RenderedRecord rendered = renderer.rendered();
        String truncatedHeader = form.emit().headers().stream()
                .filter(header -> header.value().isEmpty())
                .map(HeaderTemplate::name)
                .findFirst()
                .orElse(MatchHeaders.TRUNCATED);
        return new DeadLetter(
                refused,
                rendered.hasKey() && !rendered.isKeyCut() ? rendered.key() : null,
                rendered.value(),
                renderer.headers(),
                truncatedHeader,
                rendered.timeSource() == TimeSource.EVENT ? Optional.of(rendered.timestampMillis()) : Optional.empty());
    }
}
