package io.pickaroon.app.scan;

/**
 * Which records of a file are selected, and which others are printed around them.
 *
 * @param inverted whether those without a match are
 * @param most how many of them; if it is 0, nothing is selected
 * @param before how many records before each are printed, too; {@link #NO_CONTEXT} if groups are not separated either
 * @param after how many after it
 */
record Selection(boolean inverted, long most, int before, int after) {
    static final int NO_CONTEXT = -1;

    /** The same, of a search for those without a match. */
    Selection ofInverted() {
        return new Selection(false, most, before, after);
    }

    /** How many records around a selected one may be printed. */
    int neighbours() {
        return Math.max(0, Math.max(before, after));
    }

    /** True if records that are not next to each other are separated. */
    boolean separatesGroups() {
        return before >= 0 || after >= 0;
    }

    /** True if more is printed than the records that match. */
    boolean needsOthers() {
        return inverted || separatesGroups();
    }
}
