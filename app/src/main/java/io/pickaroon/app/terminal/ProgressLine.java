package io.pickaroon.app.terminal;

import java.util.List;
import java.util.Optional;

/** The text of a progress bar: a pure function of what was done, how fast, and how wide the terminal is. */
final class ProgressLine {
    private static final String GAP = "  ";
    private static final int NARROWEST_BAR = 12;
    private static final int WIDEST_BAR = 32;

    private ProgressLine() {}

    /**
     * Renders one line, without a line end, of less than {@code columns} characters: a character in the last column
     * makes some terminals wrap. Where it is narrow, the least important parts are left out.
     *
     * @param bytesPerSecond recent speed; 0 or less if not known yet
     */
    static String render(Progress progress, double bytesPerSecond, int columns) {
        boolean endKnown = progress.totalBytes() >= 0;
        long total = Math.max(progress.totalBytes(), progress.doneBytes());
        double fraction = total == 0 ? 1 : (double) progress.doneBytes() / total;

        String percent = endKnown ? "%3d%%".formatted((int) (fraction * 100)) : "";
        String bytes = endKnown
                ? Quantities.bytes(progress.doneBytes()) + " of " + Quantities.bytes(total)
                : Quantities.bytes(progress.doneBytes());
        String rate = bytesPerSecond > 0 ? Quantities.bytes(bytesPerSecond) + "/s" : "";
        String matches = progress.matches() < 0
                ? ""
                : Quantities.count(progress.matches()) + (progress.matches() == 1 ? " match" : " matches");
        String remaining = endKnown && bytesPerSecond > 0
                ? "ETA " + Quantities.duration((total - progress.doneBytes()) / bytesPerSecond)
                : "";

        int room = Math.max(0, columns - 1);
        String rest = join(List.of(bytes, rate, matches, remaining));
        int barRoom = room - percent.length() - rest.length() - 2 * GAP.length();
        if (endKnown && barRoom >= NARROWEST_BAR) {
            return join(List.of(percent, bar(fraction, Math.min(barRoom, WIDEST_BAR)), rest));
        }
        Optional<String> widestThatFits = List.of(
                        List.of(percent, bytes, rate, matches, remaining),
                        List.of(percent, bytes, rate, remaining),
                        List.of(percent, rate, remaining),
                        List.of(percent, remaining),
                        List.of(endKnown ? percent : bytes))
                .stream()
                .map(ProgressLine::join)
                .filter(line -> line.length() <= room)
                .findFirst();
        return widestThatFits.orElse("");
    }

    /**
     * Renders the line of work that waits, with the same bounds. A name that does not fit is left out.
     *
     * @param awaited for what it waits
     * @param seconds for how long it has waited
     */
    static String waiting(String awaited, long seconds, int columns) {
        int room = Math.max(0, columns - 1);
        return List.of(
                        "waiting for %s, %d s".formatted(awaited, seconds),
                        "waiting for " + awaited,
                        "waiting, %d s".formatted(seconds),
                        "waiting")
                .stream()
                .filter(line -> line.length() <= room)
                .findFirst()
                .orElse("");
    }

    private static String bar(double fraction, int width) {
        int cells = width - 2;
        int filled = (int) (fraction * cells);
        String head = filled < cells ? ">" : "";
        return "[" + "=".repeat(filled) + head + " ".repeat(cells - filled - head.length()) + "]";
    }

    private static String join(List<String> parts) {
        return String.join(GAP, parts.stream().filter(part -> !part.isEmpty()).toList());
    }
}
