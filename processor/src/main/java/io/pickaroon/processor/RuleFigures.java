package io.pickaroon.processor;

/**
 * What one rule has led to in one input, of delivered windows alone.
 *
 * @param id of the rule
 * @param matchedRecords records that the rule matched, whether it emits or fixes them or both
 * @param emittedMatches matches of the rule that were handed to the destination and acknowledged there, in its dead-letter
 *     destination included
 */
public record RuleFigures(String id, long matchedRecords, long emittedMatches) {
    RuleFigures plus(RuleFigures other) {
        return new RuleFigures(id, matchedRecords + other.matchedRecords, emittedMatches + other.emittedMatches);
    }
}
