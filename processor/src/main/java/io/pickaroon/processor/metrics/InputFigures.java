package io.pickaroon.processor.metrics;

import io.pickaroon.processor.delivery.DeliveryReasons;
import io.pickaroon.processor.fix.FixTally;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.scan.ScanTally;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a run has done for one input, as of one moment. Counts are of delivered windows, and only ever grow within a
 * run.
 *
 * <p>Lag is what was seen of the files, and is neither delivered nor counted as lost: in complete records where a turn has
 * found it, and all that was seen since. Of a file that could never be read nothing is lag.
 *
 * @param id of the input
 * @param scanned records and bytes; {@code scanned.bytes()} is every byte accounted for
 * @param alreadyDelivered the part of {@code scanned} that the destination had already, whether rules match there now
 *     or not
 * @param emittedMatches matches acknowledged by their proper destination
 * @param deadLetteredMatches matches that went to the dead-letter destination
 * @param reasons why matches went there, and why others have another time than they tell
 * @param fixes changes made in the files, and what was left alone and why
 * @param fixesOfDeleted those changes that were made when no name led to the file any more, as far as that was seen: a copy, such
 *     as the archive of a rotation, does not have them
 * @param lostBytes bytes that were seen, and truncated away or deleted before they were read
 * @param unaccountedBytes by how much positions moved on without, or beyond, what was counted. Anything but 0 is a
 *     defect of Pickaroon
 * @param unparsedRecords records that were parsed for their fields, and do not parse
 * @param maskedFields fields whose bytes were all masked in what was emitted, because a mask matches in the decoded value
 * @param foreignLines lines of container logs that are not in the format of the input
 * @param cutRecords records of container logs that are not all of their message
 * @param problems times that a file could not be read, or not wholly
 * @param readRetries times that a file on a network file system could not be read for a reason that may pass; each time it is
 *     tried again
 * @param files files that are being read or followed
 * @param lagBytes of all files together
 * @param longestLagBytes of the file that has most
 * @param lag how long the oldest of those bytes are known already; zero if there are none
 * @param paced for how long something was there to be read, and {@link LogInput#maxRate} made it wait
 * @param rules one for each rule of the input, in their order
 */
public record InputFigures(
        String id,
        ScanTally scanned,
        ScanTally alreadyDelivered,
        long emittedMatches,
        long deadLetteredMatches,
        DeliveryReasons reasons,
        FixTally fixes,
        long fixesOfDeleted,
        long lostBytes,
        long unaccountedBytes,
        long unparsedRecords,
        long maskedFields,
        long foreignLines,
        long cutRecords,
        long problems,
        long readRetries,
        long files,
        long lagBytes,
        long longestLagBytes,
        Duration lag,
        Duration paced,
        List<RuleFigures> rules) {
    public InputFigures {
        rules = List.copyOf(rules);
    }

    /**
     * These figures with the counts of an earlier run of the same input added; what has a present state keeps it. Counts of
     * rules that are no longer there are left out.
     */
    public InputFigures since(InputFigures earlier) {
        Map<String, RuleFigures> before =
                earlier.rules.stream().collect(Collectors.toMap(RuleFigures::id, Function.identity()));
        return new InputFigures(
                id,
                scanned.plus(earlier.scanned),
                alreadyDelivered.plus(earlier.alreadyDelivered),
                emittedMatches + earlier.emittedMatches,
                deadLetteredMatches + earlier.deadLetteredMatches,
                reasons.plus(earlier.reasons),
                fixes.plus(earlier.fixes),
                fixesOfDeleted + earlier.fixesOfDeleted,
                lostBytes + earlier.lostBytes,
                unaccountedBytes + earlier.unaccountedBytes,
                unparsedRecords + earlier.unparsedRecords,
                maskedFields + earlier.maskedFields,
                foreignLines + earlier.foreignLines,
                cutRecords + earlier.cutRecords,
                problems + earlier.problems,
                readRetries + earlier.readRetries,
                files,
                lagBytes,
                longestLagBytes,
                lag,
                paced.plus(earlier.paced),
                rules.stream()
                        .map(rule -> before.containsKey(rule.id()) ? rule.plus(before.get(rule.id())) : rule)
                        .toList());
    }

    /** Matches that samples left out, of all rules together. */
    public long sampledOutMatches() {
        return rules.stream().mapToLong(RuleFigures::sampledOutMatches).sum();
    }

    /** What the rules of this run were applied to. */
    public ScanTally seenByRules() {
        return scanned.minus(alreadyDelivered);
    }
}
