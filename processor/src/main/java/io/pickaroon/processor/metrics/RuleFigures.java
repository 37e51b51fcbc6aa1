package io.pickaroon.processor.metrics;

/**
 * The results of one rule in one input, of delivered windows alone.
 *
 * @param id of the rule
 * @param matchedRecords records that the rule matched, whether it emits or fixes them or both
 * @param emittedMatches matches of the rule that the destination has acknowledged, in its dead-letter destination
 *     included
 * @param sampledOutMatches matches of the rule that its sample left out
 * @param fixes changes that were made for the rule
 * @param fixesLeftAlone changes for the rule that were not made, for any reason
 */
public record RuleFigures(
        String id, long matchedRecords, long emittedMatches, long sampledOutMatches, long fixes, long fixesLeftAlone) {
    RuleFigures plus(RuleFigures other) {
        return new RuleFigures(
                id,
                matchedRecords + other.matchedRecords,
                emittedMatches + other.emittedMatches,
                sampledOutMatches + other.sampledOutMatches,
                fixes + other.fixes,
                fixesLeftAlone + other.fixesLeftAlone);
    }
}
