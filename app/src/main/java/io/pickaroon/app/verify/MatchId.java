package io.pickaroon.app.verify;

import io.pickaroon.processor.rule.MatchIds;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The id of a match in its three parts, see {@link MatchIds}.
 *
 * @param file hash of the file
 * @param offset of the record in it
 * @param rule hash of the rule's id
 */
record MatchId(long file, long offset, int rule) {
    private static final int FILE_DIGITS = 16;
    private static final int RULE_DIGITS = 8;
    private static final int RADIX = 16;

    /** Empty if it is none. */
    static Optional<MatchId> of(byte[] ascii) {
        String text = new String(ascii, StandardCharsets.US_ASCII);
        int ruleAt = text.length() - RULE_DIGITS;
        if (ruleAt < FILE_DIGITS + 3 || text.charAt(FILE_DIGITS) != '-' || text.charAt(ruleAt - 1) != '-') {
            return Optional.empty();
        }
        try {
            return Optional.of(new MatchId(
                    Long.parseUnsignedLong(text, 0, FILE_DIGITS, RADIX),
                    Long.parseLong(text, FILE_DIGITS + 1, ruleAt - 1, RADIX),
                    Integer.parseUnsignedInt(text, ruleAt, text.length(), RADIX)));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** The part of a file. */
    static long fileHash(MatchIds ids) {
        return of(ids.id(0, MatchIds.rulePart(""))).orElseThrow().file;
    }

    /** The part of a rule. */
    static int ruleHash(String ruleId) {
        String text = new String(MatchIds.rulePart(ruleId), StandardCharsets.US_ASCII);
        return Integer.parseUnsignedInt(text, RADIX);
    }
}
