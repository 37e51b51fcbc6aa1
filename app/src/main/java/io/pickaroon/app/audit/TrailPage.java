package io.pickaroon.app.audit;

import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.processor.audit.TrailVerifier.Verdict;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A page that needs nothing but itself: no network, no script. Light or dark as the reader has it. */
final class TrailPage {
    private static final int MOST_MAPS = 200;

    private static final String STYLE = """
        :root { color-scheme: light dark; --ink: #1c2430; --paper: #fff; --line: #d5dae1; --soft: #5c6673; --mark: #0b63b6; --bad: #b3261e; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --paper: #14181e; --line: #343c47; --soft: #9aa4b1; --mark: #6cb2f5; --bad: #ff8a80; } }
        body { background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
        table { border-collapse: collapse; width: 100%; } th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: right; font-variant-numeric: tabular-nums; }
        th:first-child, td:first-child { text-align: left; overflow-wrap: anywhere; } th { color: var(--soft); font-weight: 600; }
        .bad { color: var(--bad); font-weight: 600; } .soft { color: var(--soft); } svg { background: var(--line); display: block; height: 1.2rem; width: 100%; } rect { fill: var(--mark); }
        figure { margin: 1rem 0; } figcaption { overflow-wrap: anywhere; } .ends { display: flex; justify-content: space-between; }
        """;

    private TrailPage() {}

    static String of(List<Path> files, List<Verdict> verdicts, TrailSums sums) {
        StringBuilder page = new StringBuilder(1 << 14);
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>Audit trail</title><style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>Audit trail</h1>\n");
        for (int i = 0; i < files.size(); i++) {
            verdict(files.get(i), verdicts.get(i), page);
        }
        page.append(
                "<p>%s changes of %s bytes; %s bytes of what was found were left readable. Not made: %s. Left alone: %s%s.</p>\n"
                        .formatted(
                                Quantities.count(sums.all.changes),
                                Quantities.count(sums.all.bytes),
                                Quantities.count(sums.all.kept),
                                Quantities.count(sums.all.notMade),
                                Quantities.count(sums.all.skipped),
                                reasons(sums.skippedByReason)));
        table("Rules", "rule", sums.byRule, page);
        table("Detectors", "detector", sums.byDetector, page);
        table("Days", "day", sums.byDay, page);
        table("Files", "file", sums.byFile, page);
        maps(sums, page);
        return page.append("</body></html>\n").toString();
    }

    private static void verdict(Path file, Verdict verdict, StringBuilder page) {
        String name = escaped(NativePath.printable(file));
        if (verdict.problem().isPresent()) {
            page.append("<p class=\"bad\">%s: not sound. %s. What follows is of the %s lines before it.</p>\n"
                    .formatted(name, escaped(verdict.problem().get()), Quantities.count(verdict.lines())));
        } else {
            page.append("<p>%s: sound, %s lines in %d files.</p>\n"
                    .formatted(
                            name,
                            Quantities.count(verdict.lines()),
                            verdict.files().size()));
        }
        verdict.notes().forEach(note -> page.append("<p class=\"soft\">" + escaped(note) + "</p>\n"));
    }

    private static String reasons(Map<String, Long> skipped) {
        return skipped.isEmpty()
                ? ""
                : skipped.entrySet().stream()
                        .map(reason -> escaped(reason.getKey()) + " " + Quantities.count(reason.getValue()))
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static void table(String title, String what, Map<String, TrailSums.Sum> sums, StringBuilder page) {
        if (sums.isEmpty()) {
            return;
        }
        page.append(
                "<h2>%s</h2>\n<table><tr><th>%s</th><th>changes</th><th>bytes</th><th>left readable</th><th>not made</th><th>left alone</th></tr>\n"
                        .formatted(title, what));
        sums.forEach((name, sum) ->
                page.append("<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                        .formatted(
                                escaped(name),
                                Quantities.count(sum.changes),
                                Quantities.count(sum.bytes),
                                Quantities.count(sum.kept),
                                Quantities.count(sum.notMade),
                                Quantities.count(sum.skipped))));
        page.append("</table>\n");
    }

    private static void maps(TrailSums sums, StringBuilder page) {
        if (sums.places.isEmpty()) {
            return;
        }
        page.append(
                "<h2>Where the changes lie</h2>\n<p class=\"soft\">From the start of each file to its last change; the more of a stretch has changed, the higher the bar.%s</p>\n"
                        .formatted(
                                sums.places.size() > MOST_MAPS
                                        ? " The %d files with the most changes.".formatted(MOST_MAPS)
                                        : ""));
        sums.places.entrySet().stream()
                .sorted(Comparator.comparingLong(
                        (Map.Entry<String, TrailSums.Places> file) -> -sums.byFile.get(file.getKey()).changes))
                .limit(MOST_MAPS)
                .forEach(file -> map(file.getKey(), file.getValue(), page));
    }

    private static void map(String file, TrailSums.Places places, StringBuilder page) {
        long most = 1;
        int last = 1;
        for (int i = 0; i < TrailSums.Places.STRETCHES; i++) {
            most = Math.max(most, places.bytes[i]);
            last = places.bytes[i] > 0 ? i + 1 : last;
        }
        page.append(
                "<figure><figcaption>%s</figcaption><svg viewBox=\"0 0 %d 20\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"changes by place\">"
                        .formatted(escaped(file), last));
        for (int i = 0; i < last; i++) {
            if (places.bytes[i] > 0) {
                long height = 4 + 16 * places.bytes[i] / most;
                page.append("<rect x=\"%d\" y=\"%d\" width=\"1\" height=\"%d\"/>".formatted(i, 20 - height, height));
            }
        }
        page.append("</svg><div class=\"ends soft\"><span>0</span><span>%s</span></div></figure>\n"
                .formatted(Quantities.count(places.end)));
    }

    private static String escaped(String text) {
        return ByteText.withoutControls(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
