package io.pickaroon.app.demo;

import java.util.Map;

/**
 * What is in a demo log, counted while it was written and without the engine.
 *
 * @param bytes length of the file
 * @param records records, the last one without a delimiter included
 * @param oversizedRecords records longer than the limit that the log was made for
 * @param matches for each rule how many records match it, and a checksum of them as they are emitted: cards masked
 * @param fixedChecksum CRC-32C of the whole file after every fix of the rules
 */
public record DemoTruth(
        long bytes, long records, long oversizedRecords, Map<DemoRule, Matches> matches, long fixedChecksum) {
    public DemoTruth {
        matches = Map.copyOf(matches);
    }

    /** Records in which ERROR stands, once each. */
    public long errors() {
        return matches.get(DemoRule.ERRORS).count();
    }

    /** Records in which a card number stands, once each. */
    public long cards() {
        return matches.get(DemoRule.CARDS).count();
    }

    /**
     * The records that match one rule.
     *
     * @param count how many
     * @param checksum {@link MatchChecksum} of their offsets and bytes; of an oversized record, its head
     */
    public record Matches(long count, long checksum) {}
}
