package io.pickaroon.app.demo;

import java.util.Map;

/**
 * What is in a demo log, counted while it was written and without the engine.
 *
 * @param bytes length of the file
 * @param records records, the last one without a delimiter included
 * @param oversizedRecords records longer than the limit that the log was made for
 * @param matches for each rule how many records match it, and a checksum of them
 */
public record DemoTruth(long bytes, long records, long oversizedRecords, Map<DemoRule, Matches> matches) {
    public DemoTruth {
        matches = Map.copyOf(matches);
    }

    /**
     * The records that match one rule.
     *
     * @param count how many
     * @param checksum {@link MatchChecksum} of their offsets and bytes; of an oversized record, its head
     */
    public record Matches(long count, long checksum) {}
}
