package io.pickaroon.app.verify;

/** Why something cannot be proven, neither that it is right nor that it is wrong. */
enum Unproven {
    NOT_FIXED_YET("%s of fixes stand behind the fixed places: a run has yet to make them", "hit"),
    WAITING("%s of fixes wait for the rotation of the file", "hit"),
    LEFT_ALONE("%s no fix changes: overlapping, in a protected head, or of another length", "hit"),
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
        return text.formatted("%,d %s%s".formatted(count, noun, count == 1 ? "" : "s"));
    }
}
