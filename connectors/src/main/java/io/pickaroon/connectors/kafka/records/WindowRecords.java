package io.pickaroon.connectors.kafka.records;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Format;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Headers;
import io.pickaroon.connectors.ndjson.MatchIds;
import io.pickaroon.connectors.ndjson.MatchJson;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Makes the Kafka records of one window, one at a time. Immutable. */
public final class WindowRecords {
    private static final Header TRUNCATED =
            new RecordHeader(MatchHeaders.TRUNCATED, "true".getBytes(StandardCharsets.US_ASCII));

    private static final Header[] TRUNCATED_ALONE = {TRUNCATED};
    private static final Header[] NO_HEADERS = {};

    private final ScannedWindow window;
    private final MatchBatch matches;
    /** By the index of a rule. */
    private final List<Optional<TopicRoute>> lanes;

    private final MatchIds ids;
    private final String path;
    private final Header pathHeader;
    private final int pathHeaderBytes;

    public WindowRecords(ScannedWindow window, Map<String, TopicRoute> laneByRuleId) {
        this.window = window;
        this.matches = window.matches();
        this.lanes = matches.rules().stream()
                .map(rule -> Optional.ofNullable(laneByRuleId.get(rule.id())))
                .toList();
        this.ids = new MatchIds(window.file().identity());
        this.path = NativePath.printable(window.file().path());
        this.pathHeader = new RecordHeader(MatchHeaders.FILE_PATH, path.getBytes(StandardCharsets.UTF_8));
        this.pathHeaderBytes = RecordSize.ofHeaders(List.of(pathHeader));
    }

    public ScannedWindow window() {
        return window;
    }

    public int size() {
        return matches.size();
    }

    /** Empty if matches of this rule are not sent. */
    public Optional<TopicRoute> lane(int match) {
        return lanes.get(matches.ruleIndex(match));
    }

    /** The record of a match, in its own lane. */
    public ProducerRecord<byte[], byte[]> record(int match, TopicRoute lane) {
        return new ProducerRecord<>(
                lane.topic(),
                lane.partitionOf(ids.fileHash()),
                null,
                null,
                value(match, lane),
                Arrays.asList(headers(match, lane)));
    }

    /** Whether a record is so much smaller than its lane's limit that it need not be made to know that it fits. */
    public boolean fitsForCertain(int match, TopicRoute lane) {
        return lane.format() == Format.RAW
                && RecordSize.upperBound(matches.length(match), pathHeaderBytes + lane.maxOtherHeaderBytes())
                        <= lane.maxRecordBytes();
    }

    /** Where a match stands, for people. */
    public String origin(int match) {
        return "%s at offset %d (rule '%s')"
                .formatted(
                        window.file().path(),
                        matches.recordOffset(match),
                        matches.rule(match).id());
    }

    /** Writes the object of a refused match: {@link MatchJson}, the topic that it was meant for, and the reason. */
    public void writeDeadLetter(JsonGenerator json, RefusedMatch refused) throws IOException {
        int match = refused.match();
        TopicRoute lane = refused.lane();
        json.writeStartObject();
        MatchJson.writeFields(json, path, matches, match, id(match, lane));
        json.writeStringField("topic", lane.topic());
        json.writeStringField("reason", refused.reason());
        json.writeEndObject();
    }

    /** Bytes of a match's record, without its delimiter. */
    public int recordBytes(int match) {
        return matches.length(match);
    }

    private String id(int match, TopicRoute lane) {
        return ids.idText(matches.recordOffset(match), lane.ruleIdPart());
    }

    private byte[] value(int match, TopicRoute lane) {
        return lane.format() == Format.RAW
                ? matches.copyOfRecord(match)
                : MatchJson.object(path, matches, match, id(match, lane));
    }

    private Header[] headers(int match, TopicRoute lane) {
        if (lane.headers() == Headers.NONE) {
            return matches.isHeadOnly(match) ? TRUNCATED_ALONE : NO_HEADERS;
        }
        long offset = matches.recordOffset(match);
        Header offsetHeader = new RecordHeader(MatchHeaders.OFFSET, decimal(offset));
        Header idHeader = new RecordHeader(MatchHeaders.ID, ids.id(offset, lane.ruleIdPart()));
        return matches.isHeadOnly(match)
                ? new Header[] {pathHeader, offsetHeader, lane.ruleHeader(), idHeader, TRUNCATED}
                : new Header[] {pathHeader, offsetHeader, lane.ruleHeader(), idHeader};
    }

    private static byte[] decimal(long number) {
        return Long.toString(number).getBytes(StandardCharsets.ISO_8859_1);
    }
}
