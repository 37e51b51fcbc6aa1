package io.pickaroon.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pickaroon.app.report.SampleStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is written about metrics is about metrics that there are. */
class DashboardTest {
    private static final Path DOCS =
            Path.of(System.getProperty("pickaroon.launcher")).resolveSibling("docs");

    private static final List<String> HISTOGRAMS =
            List.of("pickaroon_checkpoint_commit_seconds", "pickaroon_kafka_transaction_seconds");

    @Test
    void theDashboardAsksForMetricsThatThereAre() throws IOException {
        Set<String> asked = new TreeSet<>();
        try (JsonParser json = new JsonFactory()
                .createParser(DOCS.resolve("grafana-dashboard.json").toFile())) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.VALUE_STRING && "expr".equals(json.currentName())) {
                    addNames(json.getText(), asked);
                }
            }
        }

        assertThat(asked).hasSizeGreaterThan(10);
        assertThat(exposed()).containsAll(asked);
    }

    @Test
    void theGuideHasEveryMetricAndNoOther() throws IOException {
        Set<String> documented = new TreeSet<>();
        addNames(Files.readString(DOCS.resolve("operations.md")).replace("_seconds_bucket", "_seconds"), documented);
        Set<String> exposed = exposed();
        exposed.removeIf(name -> !name.startsWith("pickaroon_"));
        for (String histogram : HISTOGRAMS) {
            assertThat(exposed).contains(histogram + "_bucket", histogram + "_count", histogram + "_sum");
            exposed.removeIf(name -> name.matches(histogram + "_(bucket|count|sum)"));
            exposed.add(histogram);
        }

        assertThat(documented).isEqualTo(exposed);
    }

    private static void addNames(String text, Set<String> names) {
        Matcher name = Pattern.compile("\\b(pickaroon|jvm)_[a-z_]+[a-z]").matcher(text);
        while (name.find()) {
            names.add(name.group());
        }
    }

    private static Set<String> exposed() {
        Set<String> names = new TreeSet<>();
        try (MetricsPage page = new MetricsPage(SampleStatus.READY::status)) {
            page.scrape("text/plain")
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> names.add(line.split("[{ ]", 2)[0]));
        }
        return names;
    }
}
