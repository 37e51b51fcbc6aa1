package io.pickaroon.config.problem;

/**
 * A line of the settings file and a caret beneath it, cut to what fits a terminal, without control characters.
 *
 * @param line as it is shown, without secrets
 * @param column of the caret in it, from 1, in code points
 */
public record SourceExcerpt(String line, int column) {
    private static final int MAX_CODE_POINTS = 120;
    private static final int BEFORE_CARET = 80;
    private static final String INDENT = "    ";

    /**
     * An excerpt of which a part is hidden; the caret stands where it stood, or at the beginning of what is hidden.
     *
     * @param written the line as it is in the file
     * @param column in that line
     */
    public static SourceExcerpt concealed(String written, String shown, int column) {
        int[] before = written.codePoints().toArray();
        int[] after = shown.codePoints().toArray();
        int shorter = Math.min(before.length, after.length);
        int start = 0;
        while (start < shorter && before[start] == after[start]) {
            start++;
        }
        int rest = 0;
        while (rest < shorter - start && before[before.length - 1 - rest] == after[after.length - 1 - rest]) {
            rest++;
        }
        int caret = column - 1;
        if (caret > start) {
            caret = caret >= before.length - rest ? caret + after.length - before.length : start;
        }
        return new SourceExcerpt(shown, caret + 1);
    }

    /** Two lines of text. */
    String render() {
        return of(line, column);
    }

    /** @param column from 1, in code points; may be one past the end of the line */
    static String of(String line, int column) {
        int[] codePoints = line.codePoints().toArray();
        int caret = Math.clamp(column - 1L, 0, codePoints.length);
        int from = codePoints.length <= MAX_CODE_POINTS ? 0 : Math.max(0, caret - BEFORE_CARET);
        int to = Math.min(codePoints.length, from + MAX_CODE_POINTS);
        StringBuilder text = new StringBuilder(INDENT);
        StringBuilder pointer = new StringBuilder(INDENT);
        for (int i = from; i < to; i++) {
            text.appendCodePoint(shown(codePoints[i]));
            if (i < caret) {
                pointer.append(codePoints[i] == '\t' ? '\t' : ' ');
            }
        }
        return text.toString().stripTrailing() + "\n" + pointer + "^";
    }

    private static int shown(int codePoint) {
        return codePoint != '\t' && Character.isISOControl(codePoint) ? '\uFFFD' : codePoint;
    }
}
