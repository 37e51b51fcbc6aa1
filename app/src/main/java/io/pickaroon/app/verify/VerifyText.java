package io.pickaroon.app.verify;

import io.pickaroon.app.inspect.DeliveredPlaces;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.processor.directio.NativePath;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What was found, in words. Each part is added once, in the order of the methods. For one thread. */
final class VerifyText {
    private static final int MOST_FILES = 20;

    private final StringBuilder text = new StringBuilder();

    VerifyText(Path configuration, DeliveredPlaces places) {
        line("verify of %s: up to the places in the checkpoint of %s; nothing was sent, changed or locked"
                .formatted(NativePath.printable(configuration), places.writtenAt()));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** Up to where each file was looked at. */
    void files(List<VerifiedFile> files) {
        List<VerifiedFile> sorted = files.stream()
                .sorted(Comparator.comparing(VerifiedFile::printable))
                .toList();
        sorted.stream().limit(MOST_FILES).forEach(file -> line(words(file)));
        if (sorted.size() > MOST_FILES) {
            line("  and %s more files".formatted(Quantities.count(sorted.size() - (long) MOST_FILES)));
        }
    }

    private static String words(VerifiedFile file) {
        String said = !file.fits()
                ? "was truncated or written anew since; nothing can be said of it"
                : file.place().isEmpty()
                        ? "is new; nothing of it was delivered by then"
                        : "delivered up to offset %d, fixed up to %d"
                                .formatted(file.deliveredOffset(), file.fixedOffset());
        return "  %s: %s".formatted(file.printable(), said);
    }

    /** What fixes would still change. */
    void hits(LeftHits hits) {
        long left = hits.leftCount();
        line(
                left == 0
                        ? "fixes: nothing is left to change before these places"
                        : "fixes: WRONG, %s left before these places".formatted(number(left, "hit")));
        list(hits.left(), left);
        if (hits.pendingCount() > 0) {
            line("fixes: %s behind these places".formatted(number(hits.pendingCount(), "hit")));
            list(hits.pending(), hits.pendingCount());
        }
    }

    private void list(List<LeftHits.Hit> hits, long count) {
        for (LeftHits.Hit hit : hits) {
            line("  %s, record at offset %d, rule %s: %s at offset %d"
                    .formatted(
                            hit.file().printable(),
                            hit.recordOffset(),
                            hit.rule(),
                            number(hit.length(), "byte"),
                            hit.offset()));
            hit.lines().lines().forEach(shown -> line("    " + shown));
        }
        if (count > hits.size()) {
            line("  and %s more".formatted(Quantities.count(count - hits.size())));
        }
    }

    /** What cannot be proven, and the verdict. */
    void end(Findings findings, int readExitCode) {
        Map<Unproven, Long> unproven = findings.unproven();
        if (!unproven.isEmpty()) {
            line("cannot be proven:");
            for (Unproven reason : Unproven.values()) {
                if (unproven.containsKey(reason)) {
                    line("  " + reason.words(unproven.get(reason)));
                }
            }
        }
        line(findings.verdict(readExitCode));
    }

    static String number(long count, String noun) {
        return Quantities.count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** All of it, with line ends. */
    @Override
    public String toString() {
        return text.toString();
    }
}
