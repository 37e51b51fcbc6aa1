package io.pickaroon.connectors.kafka.send;

import io.pickaroon.connectors.kafka.records.DeadLetter;
import io.pickaroon.connectors.kafka.records.RecordSize;
import io.pickaroon.connectors.kafka.records.RefusedMatch;
import io.pickaroon.connectors.kafka.records.WindowRecords;
import io.pickaroon.connectors.ndjson.LineBuffer;
import io.pickaroon.connectors.ndjson.NdjsonFile;
import io.pickaroon.inputs.shown.MatchHeaders;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.directio.NativePath;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The form of dead letters: records for a topic, lines for a file. */
final class DeadLetters {
    /** What the compressions of Kafka add to bytes that they cannot make smaller is less than this part, and so many bytes. */
    private static final int COMPRESSION_PART = 256;

    private static final int COMPRESSION_BYTES = 64;
    private static final int MAX_REASON_CHARACTERS = 1_000;

    private DeadLetters() {}

    /**
     * The records for a dead-letter topic.
     *
     * @param maxRecordBytes the largest that is accepted; each is cut to a little less, because a compression can make records
     *     larger
     */
    static List<ProducerRecord<byte[], byte[]>> records(WindowTransfer transfer, String topic, int maxRecordBytes) {
        List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
        List<RefusedMatch> refused = transfer.refused();
        if (refused.isEmpty()) {
            return letters;
        }
        // Another window may be made at the same time.
        WindowRecords records = transfer.records().again();
        int mostBytes = maxRecordBytes - maxRecordBytes / COMPRESSION_PART - COMPRESSION_BYTES;
        refused.forEach(match -> letters.add(record(records, match, topic, mostBytes)));
        return letters;
    }

    private static ProducerRecord<byte[], byte[]> record(
            WindowRecords records, RefusedMatch refused, String topic, int maxRecordBytes) {
        DeadLetter letter = records.letter(refused);
        Headers reasons = new RecordHeaders();
        reasons.add(header(MatchHeaders.DEAD_LETTER_TOPIC, shortened(refused.topic())));
        reasons.add(header(MatchHeaders.DEAD_LETTER_REASON, shortened(refused.text())));
        reasons.add(header(MatchHeaders.DEAD_LETTER_LENGTH, Integer.toString(letter.value().length)));
        letter.timestampMillis()
                .ifPresent(millis -> reasons.add(header(MatchHeaders.DEAD_LETTER_TIMESTAMP, millis.toString())));
        ProducerRecord<byte[], byte[]> whole = record(letter, topic, letter.value(), letter.headers(), reasons);
        return RecordSize.upperBound(whole) <= maxRecordBytes ? whole : cut(letter, topic, reasons, maxRecordBytes);
    }

    /** Without the largest of its own headers, if they alone are too much, and then with as much of its value as there is room. */
    private static ProducerRecord<byte[], byte[]> cut(
            DeadLetter letter, String topic, Headers reasons, int maxRecordBytes) {
        List<Header> own = new ArrayList<>(letter.headers());
        own.removeIf(header -> header.key().equals(letter.truncatedHeader()));
        reasons.add(header(letter.truncatedHeader(), "true"));
        byte[] nothing = new byte[0];
        int fixedBytes = RecordSize.upperBound(record(letter, topic, nothing, own, reasons)) + Integer.BYTES;
        while (fixedBytes > maxRecordBytes && !own.isEmpty()) {
            own.remove(Collections.max(own, Comparator.comparingInt(header -> header.value().length)));
            fixedBytes = RecordSize.upperBound(record(letter, topic, nothing, own, reasons)) + Integer.BYTES;
        }
        int keptBytes = Math.clamp((long) maxRecordBytes - fixedBytes, 0, letter.value().length);
        return record(letter, topic, Arrays.copyOf(letter.value(), keptBytes), own, reasons);
    }

    private static ProducerRecord<byte[], byte[]> record(
            DeadLetter letter, String topic, byte[] value, List<Header> own, Headers reasons) {
        Headers headers = new RecordHeaders(own);
        reasons.forEach(headers::add);
        return new ProducerRecord<>(topic, null, null, letter.key(), value, headers);
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
        // Another window may be made at the same time.
        WindowRecords records = transfer.records().again();
        for (RefusedMatch refused : transfer.refused()) {
            lines.writeBytes(records.letterLine(refused));
            lines.write('\n');
        }
        try {
            file.append(lines.toByteBuffer());
        } catch (ClosedByInterruptException e) {
            throw DeliveryException.retryable("interrupted while appending to " + NativePath.printable(file.path()), e);
        }
    }
}
