package io.pickaroon.app.plan;

import static io.pickaroon.app.page.Html.escaped;

import io.pickaroon.app.figures.FileInRun;
import io.pickaroon.app.figures.RecordedRun;
import io.pickaroon.app.figures.RuleInFile;
import io.pickaroon.app.figures.RunFigures;
import io.pickaroon.app.forecast.Examples;
import io.pickaroon.app.forecast.ForecastText;
import io.pickaroon.app.forecast.Foreseen;
import io.pickaroon.app.page.MapPicture;
import io.pickaroon.app.page.PageStyle;
import io.pickaroon.app.report.LedgerText;
import io.pickaroon.app.search.InputTimes;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.time.TimeRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan as a page: one file, no script, nothing from elsewhere. */
final class PlanPage {
    /** Of more files a browser would make a slow page; the file for programs has all. */
    private static final int MOST_FILES = 1_000;

    private final Plan plan;
    private final Optional<TimeRange> range;
    private final StringBuilder html = new StringBuilder();

    PlanPage(Plan plan, Optional<TimeRange> range) {
        this.plan = plan;
        this.range = range;
    }

    /** The page. Called once. */
    String html() {
        RecordedRun.Origin origin = plan.run().origin();
        String name = escaped(ByteText.withoutControls(origin.configuration()));
        html.append(PageStyle.head("Plan of " + name));
        html.append("<header><h1>Plan of <bdi>")
                .append(name)
                .append("</bdi></h1>\n"
                        + "<p>Nothing was sent or changed. This is what <code>pickaroon run --once</code> would do"
                        + escaped(InputTimes.words(range)) + " on <bdi>")
                .append(escaped(origin.host()))
                .append("</bdi>, as of ")
                .append(escaped(origin.at()))
                .append(".</p></header>\n<main>\n");
        summary();
        problems();
        rules();
        files();
        copies();
        ledger();
        html.append("</main>\n<footer><p>Pickaroon ")
                .append(escaped(origin.version()))
                .append("; configuration <code>sha256:")
                .append(escaped(origin.sha256()))
                .append("</code></p></footer>\n</body></html>\n");
        return html.toString();
    }

    private void summary() {
        Foreseen foreseen = plan.foreseen();
        Foreseen.Count all = foreseen.plan().settings().rules().stream()
                .map(rule -> foreseen.total(rule.id()))
                .reduce(Foreseen.Count.NOTHING, PlanPage::sum);
        html.append("<section><h2>In short</h2>\n<dl class=\"tiles\">\n");
        tile("to read", Quantities.bytes(foreseen.ledger().scanned().bytes()));
        tile("in files", Quantities.count(plan.run().files().size()));
        tile("records", Quantities.count(foreseen.ledger().scanned().records()));
        tile("to send", Quantities.count(all.sent()));
        tile("dead letters", Quantities.count(all.refused()));
        tile("changes in place", Quantities.count(all.changes()));
        tile("bytes changed", Quantities.count(foreseen.ledger().fixes().bytes()));
        tile("left alone", Quantities.count(all.leftAlone()));
        html.append("</dl>\n<p>").append(escaped(PlanText.duration(plan))).append(".</p></section>\n");
    }

    private static Foreseen.Count sum(Foreseen.Count one, Foreseen.Count other) {
        return new Foreseen.Count(
                one.sent() + other.sent(),
                one.refused() + other.refused(),
                one.changes() + other.changes(),
                one.leftAlone() + other.leftAlone());
    }

    private void tile(String name, String value) {
        html.append("<div><dt>").append(name).append("</dt><dd>").append(value).append("</dd></div>\n");
    }

    private void problems() {
        if (plan.run().problems().isEmpty()) {
            return;
        }
        html.append("<section><h2>Files that cannot be read, or not wholly</h2>\n<ul>\n");
        for (RecordedRun.Problem problem : plan.run().problems()) {
            html.append("<li><bdi class=\"path\">")
                    .append(escaped(problem.path()))
                    .append("</bdi>: ")
                    .append(escaped(problem.message()))
                    .append("</li>\n");
        }
        html.append("</ul></section>\n");
    }

    private void rules() {
        html.append("<section><h2>Rules</h2>\n");
        for (RuleSettings rule : plan.foreseen().plan().settings().rules()) {
            Foreseen.Count total = plan.foreseen().total(rule.id());
            html.append("<article><h3><bdi>")
                    .append(escaped(rule.id()))
                    .append("</bdi></h3>\n<p>")
                    .append(total.equals(Foreseen.Count.NOTHING) ? "Nothing to do." : escaped(words(total, rule)) + ".")
                    .append("</p>\n");
            List<DetectorCounts.Found> found = plan.detectors().of(rule.id());
            if (!found.isEmpty()) {
                html.append("<p>By detector: ")
                        .append(escaped(found.stream().map(PlanText::words).collect(Collectors.joining("; "))))
                        .append(".</p>\n");
            }
            examples(rule);
            html.append("</article>\n");
        }
        html.append("</section>\n");
    }

    private static String words(Foreseen.Count total, RuleSettings rule) {
        return ForecastText.words(
                total, rule.emit().map(emit -> " to topic " + emit.topic()).orElse(""));
    }

    private void examples(RuleSettings rule) {
        for (Examples.Example example : plan.examples().of(rule.id())) {
            html.append("<p class=\"where\"><bdi class=\"path\">")
                    .append(escaped(NativePath.printable(example.file())))
                    .append("</bdi>, offset ")
                    .append(Quantities.count(example.offset()))
                    .append("</p>\n<pre tabindex=\"0\">");
            example.lines().lines().map(PlanPage::line).forEach(html::append);
            html.append("</pre>\n");
        }
    }

    /** A line of an example by what it is: what stands there, what would, or what is only sent. */
    private static String line(String line) {
        String element = line.startsWith("-") ? "del" : line.startsWith("+") ? "ins" : "span";
        return "<%s>%s</%1$s>\n".formatted(element, escaped(line));
    }

    private void files() {
        List<FileInRun> files = plan.run().files();
        html.append("<section><h2>Files</h2>\n");
        if (files.isEmpty()) {
            html.append("<p>There is nothing to read.</p>\n");
        }
        files.stream().limit(MOST_FILES).forEach(this::file);
        if (files.size() > MOST_FILES) {
            html.append("<p>")
                    .append(Quantities.count(files.size() - MOST_FILES))
                    .append(" more files are not on this page; the file of <code>--json</code> has them all.</p>\n");
        }
        html.append("</section>\n");
    }

    private void file(FileInRun file) {
        html.append("<article><h3><bdi class=\"path\">")
                .append(escaped(file.place().printable()))
                .append("</bdi></h3>\n<p>Input <bdi>")
                .append(escaped(file.place().input()))
                .append("</bdi>, offsets %s to %s; records: %s, of which rules match %s. Identity <code>"
                        .formatted(
                                Quantities.count(file.start()),
                                Quantities.count(file.end()),
                                Quantities.count(file.figure("records")),
                                Quantities.count(file.figure("matchedRecords"))))
                .append(escaped(file.place().identity()))
                .append("</code>.</p>\n");
        if (!file.rules().isEmpty()) {
            html.append(
                    "<table><thead><tr><th scope=\"col\">rule</th><th scope=\"col\">matched</th><th scope=\"col\">to"
                            + " send</th><th scope=\"col\">dead letters</th><th scope=\"col\">changes</th><th"
                            + " scope=\"col\">left alone</th><th scope=\"col\">detectors</th></tr></thead><tbody>\n");
            file.rules().forEach(rule -> row(file, rule));
            html.append("</tbody></table>\n");
        }
        plan.maps()
                .of(file.place().identity())
                .filter(map -> !map.isEmpty())
                .ifPresent(map -> html.append(
                        new MapPicture(map, plan.maps().sizeBytes(file.place().identity())).html()));
        html.append("</article>\n");
    }

    private void row(FileInRun file, RuleInFile rule) {
        Foreseen.Count count = plan.foreseen().count(file, rule);
        html.append("<tr><th scope=\"row\"><bdi>").append(escaped(rule.id())).append("</bdi></th>");
        cell("matched", Quantities.count(rule.figure(RunFigures.MATCHED)));
        cell("to send", Quantities.count(count.sent()));
        cell("dead letters", Quantities.count(count.refused()));
        cell("changes", Quantities.count(count.changes()));
        cell("left alone", leftAlone(rule, count));
        String detectors = plan.detectors().of(file.place().identity(), rule.id()).stream()
                .map(PlanText::words)
                .collect(Collectors.joining("; "));
        cell("detectors", detectors.isEmpty() ? "-" : escaped(detectors));
        html.append("</tr>\n");
    }

    private static String leftAlone(RuleInFile rule, Foreseen.Count count) {
        String reasons = rule.figures().entrySet().stream()
                .filter(figure -> figure.getKey().startsWith(RunFigures.LEFT_ALONE))
                .map(PlanPage::reason)
                .collect(Collectors.joining(", "));
        return reasons.isEmpty() ? Quantities.count(count.leftAlone()) : reasons;
    }

    private static String reason(Map.Entry<String, Long> figure) {
        String words = figure.getKey().substring(RunFigures.LEFT_ALONE.length()).replace('_', ' ');
        return Quantities.count(figure.getValue()) + " " + words;
    }

    /** @param label of its column, where the page is too narrow for columns */
    private void cell(String label, String content) {
        html.append("<td data-label=\"")
                .append(label)
                .append("\">")
                .append(content)
                .append("</td>");
    }

    private void copies() {
        if (plan.copies().isEmpty()) {
            return;
        }
        html.append("<section><h2>Beside the files that would change</h2>\n<ul>\n");
        for (Copies.Copy copy : plan.copies()) {
            html.append("<li><bdi class=\"path\">")
                    .append(escaped(NativePath.printable(copy.path())))
                    .append("</bdi>: ")
                    .append(copy.kind().words());
            if (!copy.path().equals(copy.of())) {
                html.append(" (of <bdi class=\"path\">")
                        .append(escaped(NativePath.printable(copy.of())))
                        .append("</bdi>)");
            }
            html.append("</li>\n");
        }
        html.append("</ul></section>\n");
    }

    private void ledger() {
        html.append("<section><h2>The ledger of the run would be</h2>\n<pre tabindex=\"0\">")
                .append(escaped(
                        LedgerText.of(plan.foreseen().ledger(), plan.foreseen().seconds())))
                .append("</pre></section>\n");
    }
}
