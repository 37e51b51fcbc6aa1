package io.pickaroon.processor.metrics;

import io.pickaroon.processor.delivery.DeliveryReasons;
import io.pickaroon.processor.fix.FixTally;
import io.pickaroon.processor.scan.ScanTally;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run has done, of delivered windows alone.
 *
 * @param scanned records and bytes; {@code scanned.bytes()} is every byte accounted for
 * @param alreadyDelivered the part of {@code scanned} that the destination had already, whether rules match there now
 *     or not
 * @param emittedMatches matches acknowledged by their proper destination in this run; a record that several rules match
 *     counts for each of them
 * @param earlierMatches matches of windows that the destination had already when reading came to them: of an earlier
 *     run, or of this one, when it was the answer that got lost
 * @param deadLetteredMatches matches that the destination refused for good and that went to the dead-letter destination
 * @param sampledOutMatches matches that the samples of rules left out
 * @param reasons why matches went there, and why others have another time than they tell
 * @param fixes changes made in the files, and what was left alone and why
 * @param waitingBytes bytes of delivered stretches of files in which fixes wait until the file is rotated
 * @param lostBytes bytes that were seen, and truncated away or deleted before they were read
 * @param skippedBytes bytes at the start of files that belong to no record: NULs that a truncation left, and byte order
 *     marks
 * @param unparsedRecords records that were parsed for their fields, and do not parse
 * @param maskedFields fields whose bytes were all masked in what was emitted, because a mask matches in the decoded value
 * @param foreignLines lines of container logs that are not in the format of their input; each is a record as it stands
 * @param cutRecords records of container logs that are not all of their message
 * @param problems files that could not be read, or not wholly; the first 1,000 times
 */
public record Ledger(
        ScanTally scanned,
        ScanTally alreadyDelivered,
        long emittedMatches,
        long earlierMatches,
        long deadLetteredMatches,
        long sampledOutMatches,
        DeliveryReasons reasons,
        FixTally fixes,
        long waitingBytes,
        long lostBytes,
        long skippedBytes,
        long unparsedRecords,
        long maskedFields,
        long foreignLines,
        long cutRecords,
        List<FileProblem> problems) {

    /** What the rules of this run were applied to: {@link #scanned} without what was delivered already. */
    public ScanTally seenByRules() {
        return scanned.minus(alreadyDelivered);
    }

    /** What went wrong with one file; the run went on with the others. */
    public record FileProblem(Path path, String message) {}
}
