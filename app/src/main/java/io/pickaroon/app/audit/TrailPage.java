package io.pickaroon.app.audit;

import static io.pickaroon.app.page.Html.escaped;

import io.pickaroon.app.page.MapPicture;
import io.pickaroon.app.page.PageStyle;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.processor.audit.TrailVerifier.Verdict;
import io.pickaroon.processor.directio.NativePath;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What audit trails say as a page: one file, no script, nothing from elsewhere. */
final class TrailPage {
    private static final int MOST_MAPS = 200;

    private final StringBuilder html = new StringBuilder(1 << 14);
    private final TrailSums sums;

    private TrailPage(TrailSums sums) {
        this.sums = sums;
    }

    /** The page. */
    static String of(List<Path> files, List<Verdict> verdicts, TrailSums sums) {
        TrailPage page = new TrailPage(sums);
        page.html.append(PageStyle.head("Audit trail")).append("<header><h1>Audit trail</h1>\n");
        for (int i = 0; i < files.size(); i++) {
            page.verdict(files.get(i), verdicts.get(i));
        }
        page.html.append("</header>\n<main>\n");
        page.summary();
        page.table("Rules", "rule", sums.byRule);
        page.table("Detectors", "detector", sums.byDetector);
        page.table("Days", "day", sums.byDay);
        page.table("Files", "file", sums.byFile);
        page.maps();
        return page.html.append("</main>\n</body></html>\n").toString();
    }

    private void verdict(Path file, Verdict verdict) {
        html.append(verdict.problem().isPresent() ? "<p class=\"bad\">" : "<p>")
                .append("<bdi class=\"path\">")
                .append(escaped(NativePath.printable(file)))
                .append("</bdi>: ");
        if (verdict.problem().isPresent()) {
            html.append("not sound. ")
                    .append(escaped(verdict.problem().get()))
                    .append(". What follows is of the %s lines before it."
                            .formatted(Quantities.count(verdict.lines())));
        } else {
            html.append("sound; ").append(TrailCheck.words(verdict)).append('.');
        }
        html.append("</p>\n");
        verdict.notes()
                .forEach(note ->
                        html.append("<p class=\"where\">").append(escaped(note)).append("</p>\n"));
    }

    private void summary() {
        html.append("<section><h2>In short</h2>\n<dl class=\"tiles\">\n");
        tile("changes", sums.all.changes);
        tile("bytes changed", sums.all.bytes);
        tile("bytes left readable", sums.all.kept);
        tile("not made", sums.all.notMade);
        tile("left alone", sums.all.skipped);
        html.append("</dl>\n");
        if (!sums.skippedByReason.isEmpty()) {
            html.append("<p>Left alone: ")
                    .append(sums.skippedByReason.entrySet().stream()
                            .map(reason -> escaped(reason.getKey()) + " " + Quantities.count(reason.getValue()))
                            .collect(Collectors.joining(", ")))
                    .append(".</p>\n");
        }
        html.append("</section>\n");
    }

    private void tile(String name, long value) {
        html.append("<div><dt>")
                .append(name)
                .append("</dt><dd>")
                .append(Quantities.count(value))
                .append("</dd></div>\n");
    }

    private void table(String title, String what, Map<String, TrailSums.Sum> byName) {
        if (byName.isEmpty()) {
            return;
        }
        html.append("<section><h2>%s</h2>\n<table class=\"figures\"><thead><tr><th scope=\"col\">%s</th>"
                .formatted(title, what));
        for (String column : List.of("changes", "bytes", "left readable", "not made", "left alone")) {
            html.append("<th scope=\"col\">").append(column).append("</th>");
        }
        html.append("</tr></thead><tbody>\n");
        byName.forEach(this::row);
        html.append("</tbody></table></section>\n");
    }

    private void row(String name, TrailSums.Sum sum) {
        html.append("<tr><th scope=\"row\"><bdi>").append(escaped(name)).append("</bdi></th>");
        cell("changes", sum.changes);
        cell("bytes", sum.bytes);
        cell("left readable", sum.kept);
        cell("not made", sum.notMade);
        cell("left alone", sum.skipped);
        html.append("</tr>\n");
    }

    /** @param label of its column, where the page is too narrow for columns */
    private void cell(String label, long value) {
        html.append("<td data-label=\"")
                .append(label)
                .append("\">")
                .append(Quantities.count(value))
                .append("</td>");
    }

    private void maps() {
        List<Map.Entry<String, TrailSums.Places>> changed = sums.places.entrySet().stream()
                .filter(file -> !file.getValue().map.isEmpty())
                .sorted(Comparator.comparingLong(file -> -sums.byFile.get(file.getKey()).changes))
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        html.append("<section><h2>Where the changes lie</h2>\n<p>Each map begins at the start of the file, and ends"
                + " with its last change.");
        if (changed.size() > MOST_MAPS) {
            html.append(" These are the %d files with the most changes.".formatted(MOST_MAPS));
        }
        html.append("</p>\n");
        changed.stream().limit(MOST_MAPS).forEach(file -> map(file.getKey(), file.getValue()));
        html.append("</section>\n");
    }

    private void map(String file, TrailSums.Places places) {
        html.append("<article><h3><bdi class=\"path\">")
                .append(escaped(file))
                .append("</bdi></h3>\n")
                .append(new MapPicture(places.map, places.end).html())
                .append("</article>\n");
    }
}
