package io.pickaroon.connectors.kafka.send;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pickaroon.connectors.kafka.records.MatchHeaders;
import io.pickaroon.connectors.kafka.records.RecordSize;
import io.pickaroon.connectors.kafka.records.RefusedMatch;
import io.pickaroon.connectors.kafka.records.WindowRecords;
import io.pickaroon.connectors.ndjson.LineBuffer;
import io.pickaroon.connectors.ndjson.MatchJson;
import io.pickaroon.connectors.ndjson.NdjsonFile;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The form of dead letters: records for a topic, lines for a file. */
final class DeadLetters {
    private static final int MAX_REASON_CHARACTERS = 1_000;

    private DeadLetters() {}

    /**
     * The records for a dead-letter topic.
     *
     * @param maxRecordBytes each is cut to this size, uncompressed, so that it is certainly accepted
     */
    static List<ProducerRecord<byte[], byte[]>> records(WindowTransfer transfer, String topic, int maxRecordBytes) {
        List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
        List<RefusedMatch> refused = transfer.refused();
        if (refused.isEmpty()) {
            return letters;
        }
        // Another window may be made at the same time.
        WindowRecords records = transfer.records().again();
        refused.forEach(match -> letters.add(record(records, match, topic, maxRecordBytes)));
        return letters;
    }

    private static ProducerRecord<byte[], byte[]> record(
            WindowRecords records, RefusedMatch refused, String topic, int maxRecordBytes) {
        ProducerRecord<byte[], byte[]> original = records.letter(refused, topic);
        Headers headers = new RecordHeaders(original.headers());
        headers.add(header(MatchHeaders.DEAD_LETTER_TOPIC, refused.topic()));
        headers.add(header(MatchHeaders.DEAD_LETTER_REASON, shortened(refused.text())));
        headers.add(header(MatchHeaders.DEAD_LETTER_LENGTH, Integer.toString(original.value().length)));
        ProducerRecord<byte[], byte[]> whole = letter(topic, original.value(), headers);
        int excessBytes = RecordSize.upperBound(whole) - maxRecordBytes;
        if (excessBytes <= 0) {
            return whole;
        }
        headers.remove(MatchHeaders.TRUNCATED).add(header(MatchHeaders.TRUNCATED, "true"));
        byte[] nothing = new byte[0];
        int fixedBytes = RecordSize.upperBound(letter(topic, nothing, headers)) + Integer.BYTES;
        int keptBytes = Math.clamp((long) maxRecordBytes - fixedBytes, 0, original.value().length);
        return letter(topic, Arrays.copyOf(original.value(), keptBytes), headers);
    }

    private static ProducerRecord<byte[], byte[]> letter(String topic, byte[] value, Headers headers) {
        return new ProducerRecord<>(topic, null, null, null, value, headers);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String shortened(String reason) {
        return reason.length() <= MAX_REASON_CHARACTERS ? reason : reason.substring(0, MAX_REASON_CHARACTERS);
    }

    /**
     * Appends the refused matches of a window to a file and makes them durable.
     *
     * @throws DeliveryException if the file cannot be written
     */
    static void append(WindowTransfer transfer, NdjsonFile file) {
        LineBuffer lines = new LineBuffer();
        try (JsonGenerator json = MatchJson.generator(lines)) {
            for (RefusedMatch refused : transfer.refused()) {
                transfer.records().writeDeadLetter(json, refused);
                json.writeRaw('\n');
            }
            json.flush();
            file.append(lines.toByteBuffer());
        } catch (ClosedByInterruptException e) {
            throw DeliveryException.retryable("interrupted while appending to " + NativePath.printable(file.path()), e);
        } catch (IOException e) {
            throw DeliveryException.fatal("cannot write a dead letter to " + NativePath.printable(file.path()), e);
        }
    }
}
