package io.pickaroon.connect.record;

import io.pickaroon.inputs.shown.MatchHeaders;
import io.pickaroon.records.emit.RenderedRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.connect.header.Header;

/**
 * The form of dead letters: the record as far as it could be made, without a time, and headers that say where it was meant to go
 * and why it did not get there. For one thread.
 */
final class DeadLetters {
    /** What the compressions of Kafka add to bytes that they cannot make smaller is less than this part, and so many bytes. */
    private static final int COMPRESSION_PART = 256;

    private static final int COMPRESSION_BYTES = 64;
    private static final int MAX_REASON_CHARACTERS = 1_000;
    private static final byte[] NOTHING = {};

    private final String topic;
    private final int mostBytes;

    /**
     * A refusal.
     *
     * @param topic that the record was meant for
     * @param text why, for people
     */
    record Refusal(String topic, String text) {}

    /** @param maxRecordBytes the largest that is accepted; each is cut to a little less, because a compression can add bytes */
    DeadLetters(String topic, int maxRecordBytes) {
        this.topic = topic;
        this.mostBytes = maxRecordBytes - maxRecordBytes / COMPRESSION_PART - COMPRESSION_BYTES;
    }

    String topic() {
        return topic;
    }

    /**
     * Of the record that was rendered last.
     *
     * @param splitKey the key if it has none, or one that is too long
     */
    PickedRecord of(RuleRecords rule, Refusal refusal, byte[] splitKey, PickedRecord.Source source) {
        RenderedRecord rendered = rule.rendered();
        byte[] key = rendered.hasKey() && !rendered.isKeyCut() ? rendered.key() : splitKey;
        byte[] value = rendered.value();
        List<Header> own = new ArrayList<>(rule.headers());
        List<Header> reasons = new ArrayList<>();
        reasons.add(rule.header(MatchHeaders.DEAD_LETTER_TOPIC, shortened(refusal.topic())));
        reasons.add(rule.header(MatchHeaders.DEAD_LETTER_REASON, shortened(refusal.text())));
        reasons.add(rule.header(MatchHeaders.DEAD_LETTER_LENGTH, Integer.toString(value.length)));
        if (rule.hasEventTime()) {
            String millis = Long.toString(rendered.timestampMillis());
            reasons.add(rule.header(MatchHeaders.DEAD_LETTER_TIMESTAMP, millis));
        }
        if (RecordBytes.upperBound(key, value, joined(own, reasons)) > mostBytes) {
            own.removeIf(header -> header.key().equals(rule.truncatedHeader()));
            reasons.add(rule.header(rule.truncatedHeader(), "true"));
            value = Arrays.copyOf(value, room(key, own, reasons, value.length));
        }
        return new PickedRecord(source, topic, key, value, null, joined(own, reasons));
    }

    /** How much of a value there is room for, without the largest of its own headers if they alone are too much. */
    private int room(byte[] key, List<Header> own, List<Header> reasons, int valueBytes) {
        int fixedBytes = fixedBytes(key, own, reasons);
        while (fixedBytes > mostBytes && !own.isEmpty()) {
            own.remove(Collections.max(own, Comparator.comparingInt(HeaderForm::valueBytes)));
            fixedBytes = fixedBytes(key, own, reasons);
        }
        return Math.clamp((long) mostBytes - fixedBytes, 0, valueBytes);
    }

    private static int fixedBytes(byte[] key, List<Header> own, List<Header> reasons) {
        return RecordBytes.upperBound(key, NOTHING, joined(own, reasons)) + Integer.BYTES;
    }

    private static List<Header> joined(List<Header> own, List<Header> reasons) {
        List<Header> all = new ArrayList<>(own);
        all.addAll(reasons);
        return all;
    }

    private static String shortened(String reason) {
        return reason.length() <= MAX_REASON_CHARACTERS ? reason : reason.substring(0, MAX_REASON_CHARACTERS);
    }
}
