package io.pickaroon.config.problem;

/** A line of the settings file and a caret beneath it, cut to what fits a terminal, without control characters. */
final class SourceExcerpt {
    private static final int MAX_CODE_POINTS = 120;
    private static final int BEFORE_CARET = 80;
    private static final String INDENT = "    ";

    private SourceExcerpt() {}

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
