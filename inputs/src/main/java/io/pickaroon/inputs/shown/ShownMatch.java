package io.pickaroon.inputs.shown;

import io.pickaroon.processor.rule.MatchIds;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.records.emit.ShownRecord;

/** A match of a window as a record that may be shown. It is set to one match after the other. For one thread. */
public final class ShownMatch implements ShownRecord {
    private final MatchBatch matches;
    private final MatchIds ids;
    private final long readMillis;
    private int match;
    private byte[] ruleIdPart = {};

    /**
     * For the matches of one window.
     *
     * @param ids of the file's matches
     * @param readMillis when they were read, in milliseconds since 1970
     */
    public ShownMatch(MatchBatch matches, MatchIds ids, long readMillis) {
        this.matches = matches;
        this.ids = ids;
        this.readMillis = readMillis;
    }

    /**
     * Comes to a match.
     *
     * @param rulePart of the id, {@link MatchIds#rulePart} of the match's rule
     */
    public ShownMatch at(int index, byte[] rulePart) {
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
    public int contextBefore() {
        return matches.contextBefore(match);
    }

    @Override
    public int contextAfter() {
        return matches.contextAfter(match);
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
        return matches.values().start(match, value);
    }

    @Override
    public int valueEnd(int value) {
        return matches.values().end(match, value);
    }

    @Override
    public int fieldCount() {
        return matches.values().fieldCount(match);
    }

    @Override
    public int fieldNameStart(int field) {
        return matches.values().nameStart(match, field);
    }

    @Override
    public int fieldNameEnd(int field) {
        return matches.values().nameEnd(match, field);
    }

    @Override
    public int fieldStart(int field) {
        return matches.values().fieldStart(match, field);
    }

    @Override
    public int fieldEnd(int field) {
        return matches.values().fieldEnd(match, field);
    }
}
