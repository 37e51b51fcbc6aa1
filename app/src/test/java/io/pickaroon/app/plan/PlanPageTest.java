package io.pickaroon.app.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.page.ChangeMap;
import io.pickaroon.app.page.PageStyle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of a plan shows everything as text, whatever stands in the logs, and has a contrast that everybody can read. */
class PlanPageTest {
    private static final String ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;";

    @TempDir
    private Path directory;

    @Test
    void nothingOfALogIsMarkup() throws IOException {
        PlannedLogs logs = new PlannedLogs(directory);
        Files.writeString(logs.log, "ERROR " + ATTACK + " \u202egnp.exe\u202c \u0000\u001b[31m\u0085 \u200b end\n");
        Files.writeString(logs.log.resolveSibling("<img src=x onerror=alert(3)>\u202e.log"), "ERROR x\n");
        Files.writeString(Path.of(URI.create(logs.log.getParent().toUri() + "%ff%0a%3cb%3e.log")), "ERROR y\n");
        Path attacked = directory.resolve("<b>&\u202e.yaml");
        Files.copy(logs.configuration, attacked);

        String page = page(attacked);

        assertThat(page)
                .contains(
                        "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;&lt;img src=x"
                                + " onerror=alert(2)&gt;&amp;amp;",
                        "\\u{202e}gnp.exe\\u{202c}",
                        "&lt;img src=x onerror=alert(3)&gt;\\u{202e}.log",
                        "\\xff",
                        "&lt;b&gt;&amp;\\u{202e}.yaml")
                .doesNotContain("<script", "<img", "<b>", "\u202e", "\u200b", "\u001b", "\u0000", "\u0085");
        assertThat(page.lines().filter(line -> line.contains("<style")).count()).isEqualTo(1);
        // Nothing is fetched, and the page says so to the browser.
        assertThat(page)
                .contains("default-src 'none'; style-src 'unsafe-inline'")
                .doesNotContain("http:", "https:", "url(");
    }

    @Test
    void everyFileHasItsTableAndAMapOfItsChanges() throws IOException {
        PlannedLogs logs = new PlannedLogs(directory);

        String page = page(logs.configuration);

        assertThat(page)
                .contains(
                        "<bdi class=\"path\">" + logs.log + "</bdi>",
                        "<th scope=\"row\"><bdi>secrets</bdi></th><td data-label=\"matched\">300</td>"
                                + "<td data-label=\"to send\">300</td><td data-label=\"dead letters\">0</td>"
                                + "<td data-label=\"changes\">600</td><td data-label=\"left alone\">0</td>"
                                + "<td data-label=\"detectors\">card 300 records, 300 changes; email 300 records, 300"
                                + " changes</td>",
                        "<td data-label=\"left alone\">300 other length</td>",
                        logs.archive + "</bdi>: a compressed copy",
                        "<del>- ERROR one card=************1111",
                        "<ins>+ FIXED one card=************1111");
        Matcher rectangles = Pattern.compile("<rect ").matcher(page);
        assertThat(rectangles.results().count()).isBetween(300L, 2L * ChangeMap.MOST_BUCKETS);
    }

    private String page(Path configuration) throws IOException {
        Path html = directory.resolve("plan.html");
        CommandRun run = CommandRun.of("plan", "-c", configuration, "-q", "--html", html);
        assertThat(run.exitCode()).as(run.errors()).isZero();
        return Files.readString(html);
    }

    @ParameterizedTest
    @CsvSource({
        "text, page, 4.5",
        "text, box, 4.5",
        "faint, page, 4.5",
        "faint, box, 4.5",
        "del, box, 4.5",
        "ins, box, 4.5",
        "mark, track, 3.0"
    })
    void everybodyCanReadItInLightAndInDark(String above, String below, double least) {
        String style = PageStyle.head("x");
        int dark = style.indexOf("prefers-color-scheme:dark");
        for (String scheme : new String[] {style.substring(0, dark), style.substring(dark)}) {
            assertThat(contrast(color(scheme, above), color(scheme, below))).isGreaterThanOrEqualTo(least);
        }
    }

    private static int color(String scheme, String name) {
        Matcher color =
                Pattern.compile("--" + name + ":#([0-9a-f]{6}|[0-9a-f]{3})\\b").matcher(scheme);
        assertThat(color.find()).as(name).isTrue();
        String digits = color.group(1);
        return Integer.parseInt(digits.length() == 3 ? digits.replaceAll("(.)", "$1$1") : digits, 16);
    }

    /** As WCAG 2.2 defines it. */
    private static double contrast(int one, int other) {
        double brighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (brighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(int color) {
        return 0.2126 * channel(color >> 16) + 0.7152 * channel(color >> 8) + 0.0722 * channel(color);
    }

    private static double channel(int value) {
        double share = (value & 0xff) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
