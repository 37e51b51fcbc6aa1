package io.pickaroon.processor.scan;

/**
 * What a scan finds out beside which records match. Each costs time, and makes no difference to what matches.
 *
 * @param countsRecords whether records without a match are counted in {@link ScanTally#records}
 * @param numbersRecords whether each match knows how many records of its stretch come before, see {@link
 *     MatchBatch#recordsBefore}; then all records are counted
 * @param placesMatches whether each match knows where in its record something matches, see {@link MatchBatch#firstPlace}
 */
public record ScanDetail(boolean countsRecords, boolean numbersRecords, boolean placesMatches) {
    /** All records are counted. */
    public static final ScanDetail RECORDS = new ScanDetail(true, false, false);
    /** Records without a match are passed as quickly as possible. */
    public static final ScanDetail MATCHES = new ScanDetail(false, false, false);

    /** Throws IllegalArgumentException if records are numbered, but not counted. */
    public ScanDetail {
        if (numbersRecords && !countsRecords) {
            throw new IllegalArgumentException("records are numbered where all are counted");
        }
    }
}
