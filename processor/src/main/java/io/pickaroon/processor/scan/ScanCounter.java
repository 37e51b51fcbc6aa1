package io.pickaroon.processor.scan;

/** Counts what a scan sees, for one part of a window. */
final class ScanCounter {
    private long records;
    private long matchedRecords;
    private long oversizedRecords;
    private long bytes;
    private long matchedBytes;
    private long oversizedBytes;

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
