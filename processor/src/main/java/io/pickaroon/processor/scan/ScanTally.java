package io.pickaroon.processor.scan;

/**
 * What a scan saw. Byte counts include delimiters, and {@code matched + unmatched + oversized} is every byte that was
 * accounted for: a record counts whole in the stretch in which it starts.
 *
 * @param records records that start in the stretch; of a scan that counts only matches at least those that
 *     matched or were oversized
 * @param matchedRecords records that at least one rule matched, oversized ones included
 * @param oversizedRecords records longer than the limit, matched or not
 * @param matchedBytes bytes of matched records that are not oversized
 * @param unmatchedBytes bytes of records that no rule matched and that are not oversized
 * @param oversizedBytes bytes of records longer than the limit
 */
public record ScanTally(
        long records,
        long matchedRecords,
        long oversizedRecords,
        long matchedBytes,
        long unmatchedBytes,
        long oversizedBytes) {

    public static final ScanTally ZERO = new ScanTally(0, 0, 0, 0, 0, 0);

    /** Every byte that this tally accounts for. */
    public long bytes() {
        return matchedBytes + unmatchedBytes + oversizedBytes;
    }

    /** What is left without a part of it. */
    public ScanTally minus(ScanTally part) {
        return new ScanTally(
                records - part.records,
                matchedRecords - part.matchedRecords,
                oversizedRecords - part.oversizedRecords,
                matchedBytes - part.matchedBytes,
                unmatchedBytes - part.unmatchedBytes,
                oversizedBytes - part.oversizedBytes);
    }

    public ScanTally plus(ScanTally other) {
        return new ScanTally(
                records + other.records,
                matchedRecords + other.matchedRecords,
                oversizedRecords + other.oversizedRecords,
                matchedBytes + other.matchedBytes,
                unmatchedBytes + other.unmatchedBytes,
                oversizedBytes + other.oversizedBytes);
    }

    /** Counts what a scan sees, for one part of a window. */
    static final class Counter {
        private long records;
        private long matchedRecords;
        private long oversizedRecords;
        private long bytes;
        private long matchedBytes;
        private long oversizedBytes;

        /** Records counted so far. */
        long records() {
            return records;
        }

        /** Records of ordinary length, matched or not, with their delimiters. */
        void records(long count, long lengthBytes) {
            records += count;
            bytes += lengthBytes;
        }

        /** One of the records counted by {@link #records}. */
        void matchedRecord(long lengthBytes) {
            matchedRecords++;
            matchedBytes += lengthBytes;
        }

        void oversizedRecord(boolean matched, long lengthBytes) {
            records++;
            oversizedRecords++;
            matchedRecords += matched ? 1 : 0;
            oversizedBytes += lengthBytes;
        }

        void restOfOversizedRecord(long lengthBytes) {
            oversizedBytes += lengthBytes;
        }

        ScanTally tally() {
            return new ScanTally(
                    records, matchedRecords, oversizedRecords, matchedBytes, bytes - matchedBytes, oversizedBytes);
        }
    }
}
