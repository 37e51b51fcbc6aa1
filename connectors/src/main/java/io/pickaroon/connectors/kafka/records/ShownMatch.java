package io.pickaroon.connectors.kafka.records;

import io.pickaroon.processor.delivery.MatchIds;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.records.emit.ShownRecord;

/** One match of a window after the other. For one thread. */
final class ShownMatch implements ShownRecord {
    private final MatchBatch matches;
    private final MatchIds ids;
    private final long readMillis;
    private int match;
    private byte[] ruleIdPart = {};

    ShownMatch(MatchBatch matches, MatchIds ids, long readMillis) {
        this.matches = matches;
        this.ids = ids;
        this.readMillis = readMillis;
    }

    /** Comes to a match, and to the rule that it is one of. */
    ShownMatch at(int index, byte[] rulePart) {
        match = index;
        ruleIdPart = rulePart;
        return this;
    }

    @Override
    public byte[] bytes() {
        return matches.array();
    }

    @Override
    public int start() {
        return matches.start(match);
    }

    @Override
    public int length() {
        return matches.length(match);
    }

    @Override
    public long offset() {
        return matches.recordOffset(match);
    }

    @Override
    public boolean isHeadOnly() {
        return matches.isHeadOnly(match);
    }

    @Override
    public long readMillis() {
        return readMillis;
    }

    @Override
    public byte[] id() {
        return ids.id(offset(), ruleIdPart);
    }

    @Override
    public int valueStart(int value) {
        return matches.valueStart(match, value);
    }

    @Override
    public int valueEnd(int value) {
        return matches.valueEnd(match, value);
    }

    @Override
    public int fieldCount() {
        return matches.fieldCount(match);
    }

    @Override
    public int fieldNameStart(int field) {
        return matches.fieldNameStart(match, field);
    }

    @Override
    public int fieldNameEnd(int field) {
        return matches.fieldNameEnd(match, field);
    }

    @Override
    public int fieldStart(int field) {
        return matches.fieldStart(match, field);
    }

    @Override
    public int fieldEnd(int field) {
        return matches.fieldEnd(match, field);
    }
}
