package io.pickaroon.app.verify;

/** Why something cannot be proven, neither that it is right nor that it is wrong. */
enum Unproven {
    NOT_FIXED_YET("%s of fixes stand behind the fixed places: a run has yet to make them", "hit"),
    WAITING("%s of fixes wait for the rotation of the file", "hit"),
    LEFT_ALONE("%s no fix changes: overlapping, in a protected head, or of another length", "hit"),
    SAMPLED("%s left out by samples", "match"),
    DEAD_LETTERED("%s among the dead letters", "match"),
    REPLAYED("%s in topics only as a replay has sent it again", "match"),
    NO_ID("%s of rules whose records have no header with their id", "match"),
    OTHER_RULES("%s of rules that are new or changed, or from before they were", "match"),
    BEFORE_START("%s may stand before the place where reading of the file began", "match"),
    BEFORE_FIRST("%s may have stood before the first offset of their topic", "match"),
    COMPACTED("%s not in their topic, which is compacted", "match"),
    OPEN_TRANSACTION("%s may stand behind a transaction that is still open", "match"),
    IN_PARTS("%s sent in parts, as records whose ends came late are", "match"),
    NOT_FOUND_AGAIN("%s in topics not found in the files any more, as after a fix", "match"),
    RESET("%s sent again after a reset", "match"),
    AT_LEAST_ONCE("%s sent again, as at-least-once delivery may", "match"),
    RANGE_OF_OTHER_CONFIGURATION("%s hold other bytes, and were changed under another configuration", "range"),
    RANGE_NOT_READ("%s of the audit trail in files that are not there, or were written anew since", "range"),
    TRAIL_NOT_WHOLE("%s of the audit trail is not here: its beginning, with the changes that it told of", "part"),
    FILE_CHANGED("%s truncated or written anew since the checkpoint was written", "file"),
    FILE_GONE("%s of the checkpoint not there, or of no input", "file");

    private final String text;
    private final String noun;

    Unproven(String text, String noun) {
        this.text = text;
        this.noun = noun;
    }

    /** The reason with its number, in words. */
    String words(long count) {
        return text.formatted("%,d %s%s".formatted(count, noun, count == 1 ? "" : noun.endsWith("h") ? "es" : "s"));
    }
}
