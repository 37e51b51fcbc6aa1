package io.pickaroon.connectors.kafka.records;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Format;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Headers;
import io.pickaroon.connectors.ndjson.MatchJson;
import io.pickaroon.processor.delivery.MatchIds;
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

/** Makes the Kafka records of one window, one at a time. Immutable. It sends nothing. */
public final class WindowRecords {
    private static final Header TRUNCATED =
            new RecordHeader(MatchHeaders.TRUNCATED, "true".getBytes(StandardCharsets.US_ASCII));

    private static final Header[] TRUNCATED_ALONE = {TRUNCATED};
    private static final Header[] NO_HEADERS = {};

    private final ScannedWindow window;
    private final MatchBatch matches;
    /** By the index of a rule. */
    private final List<Optional<TopicRoute>> routes;

    private final MatchIds ids;
    private final String path;
    private final Header pathHeader;
    private final int pathHeaderBytes;

    public WindowRecords(ScannedWindow window, Map<String, TopicRoute> routeByRuleId) {
        this.window = window;
        this.matches = window.matches();
        this.routes = matches.rules().stream()
                .map(rule -> Optional.ofNullable(routeByRuleId.get(rule.id())))
                .toList();
        this.ids = new MatchIds(window.file().identity());
        this.path = NativePath.escaped(window.file().path());
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
    public Optional<TopicRoute> route(int match) {
        return routes.get(matches.ruleIndex(match));
    }

    /** The record of a match, on its route. */
    public ProducerRecord<byte[], byte[]> record(int match, TopicRoute route) {
        return new ProducerRecord<>(
                route.topic(),
                route.partitionOf(ids.fileHash()),
                null,
                null,
                value(match, route),
                Arrays.asList(headers(match, route)));
    }

    /** Whether a record is so much smaller than the limit of its route that it fits without being measured. */
    public boolean fitsForCertain(int match, TopicRoute route) {
        return route.format() == Format.RAW
                && RecordSize.upperBound(matches.length(match), pathHeaderBytes + route.maxOtherHeaderBytes())
                        <= route.maxRecordBytes();
    }

    /** Where a match comes from, for people. */
    public String origin(int match) {
        return "%s at offset %d (rule '%s')"
                .formatted(
                        NativePath.printable(window.file().path()),
                        matches.recordOffset(match),
                        matches.rule(match).id());
    }

    /** Writes the object of a refused match: {@link MatchJson}, the topic that it was meant for, and the reason. */
    public void writeDeadLetter(JsonGenerator json, RefusedMatch refused) throws IOException {
        int match = refused.match();
        TopicRoute route = refused.route();
        json.writeStartObject();
        MatchJson.writeFields(json, path, matches, match, id(match, route));
        json.writeStringField("topic", route.topic());
        json.writeStringField("reason", refused.reason());
        json.writeEndObject();
    }

    /** Bytes of a match's record, without its delimiter. */
    public int recordBytes(int match) {
        return matches.length(match);
    }

    private String id(int match, TopicRoute route) {
        return ids.idText(matches.recordOffset(match), route.ruleIdPart());
    }

    private byte[] value(int match, TopicRoute route) {
        return route.format() == Format.RAW
                ? matches.copyOfRecord(match)
                : MatchJson.object(path, matches, match, id(match, route));
    }

    private Header[] headers(int match, TopicRoute route) {
        if (route.headers() == Headers.NONE) {
            return matches.isHeadOnly(match) ? TRUNCATED_ALONE : NO_HEADERS;
        }
        long offset = matches.recordOffset(match);
        Header offsetHeader = new RecordHeader(MatchHeaders.OFFSET, decimal(offset));
        Header idHeader = new RecordHeader(MatchHeaders.ID, ids.id(offset, route.ruleIdPart()));
        return matches.isHeadOnly(match)
                ? new Header[] {pathHeader, offsetHeader, route.ruleHeader(), idHeader, TRUNCATED}
                : new Header[] {pathHeader, offsetHeader, route.ruleHeader(), idHeader};
    }

    private static byte[] decimal(long number) {
        return Long.toString(number).getBytes(StandardCharsets.ISO_8859_1);
    }
}
