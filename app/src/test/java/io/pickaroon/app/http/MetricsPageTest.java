package io.pickaroon.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.report.SampleStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final Pattern SAMPLE = Pattern.compile("([a-z][a-z0-9_]*)(\\{.*\\})? \\S+");
    private static final Pattern PART_OF_A_FAMILY = Pattern.compile("_(count|sum|bucket)$");

    @Test
    void everySampleFollowsTheHelpAndTypeOfItsName() {
        Map<String, String> types = new HashMap<>();
        Set<String> helps = new HashSet<>();
        List<String> samples = new ArrayList<>();
        for (String line : page(SampleStatus.READY).lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                assertThat(words[3]).as(line).isNotBlank();
                assertThat(helps.add(words[2])).as(line).isTrue();
            } else if (line.startsWith("# TYPE ")) {
                assertThat(helps).as(line).contains(words[2]);
                types.put(words[2], words[3]);
            } else {
                Matcher sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                String name = sample.group(1);
                String family = types.containsKey(name)
                        ? name
                        : PART_OF_A_FAMILY.matcher(name).replaceFirst("");
                assertThat(types).as(line).containsKey(family);
                samples.add(line);
            }
        }
        assertThat(samples).hasSizeGreaterThan(30);
        types.forEach(
                (name, type) -> assertThat(name.endsWith("_total")).as(name).isEqualTo(type.equals("counter")));
    }

    @Test
    void figuresAreThereByInputAndRule() {
        assertThat(page(SampleStatus.READY).lines())
                .contains(
                        "pickaroon_read_bytes_total{input=\"shop\",outcome=\"matched\"} 4000.0",
                        "pickaroon_read_bytes_total{input=\"shop\",outcome=\"unmatched\"} 5000.0",
                        "pickaroon_read_bytes_total{input=\"shop\",outcome=\"oversized\"} 1000.0",
                        "pickaroon_read_bytes_total{input=\"shop\",outcome=\"already_delivered\"} 700.0",
                        "pickaroon_records_total{input=\"shop\"} 100.0",
                        "pickaroon_rule_matched_records_total{input=\"shop\",rule=\"errors\"} 22.0",
                        "pickaroon_rule_sampled_out_records_total{input=\"shop\",rule=\"errors\"} 2.0",
                        "pickaroon_sampled_out_records_total{input=\"shop\"} 2.0",
                        "pickaroon_rule_emitted_records_total{input=\"shop\",rule=\"cards\"} 10.0",
                        "pickaroon_dead_lettered_records_total{input=\"shop\"} 1.0",
                        "pickaroon_refused_records_total{input=\"shop\",reason=\"unknown-topic\"} 1.0",
                        "pickaroon_read_time_records_total{input=\"shop\",reason=\"ahead\"} 2.0",
                        "pickaroon_fixes_total{input=\"shop\"} 7.0",
                        "pickaroon_fixes_skipped_total{input=\"shop\",reason=\"protected_head\"} 4.0",
                        "pickaroon_lost_bytes_total{input=\"shop\"} 12.0",
                        "pickaroon_unaccounted_bytes{input=\"shop\"} 0.0",
                        "pickaroon_lag_bytes{input=\"shop\"} 640.0",
                        "pickaroon_longest_lag_bytes{input=\"shop\"} 512.0",
                        "pickaroon_lag_seconds{input=\"shop\"} 2.5",
                        "pickaroon_paced_seconds_total{input=\"shop\"} 1.25",
                        "pickaroon_checkpoint_age_seconds 0.15",
                        "pickaroon_rule_fixes_total{input=\"shop\",rule=\"cards\"} 2.0",
                        "pickaroon_rule_fixes_skipped_total{input=\"shop\",rule=\"cards\"} 9.0",
                        "pickaroon_checkpoint_commit_seconds_count 10",
                        "pickaroon_checkpoint_commit_seconds_sum 0.025",
                        "pickaroon_checkpoint_commit_seconds_bucket{le=\"0.002\"} 0",
                        "pickaroon_checkpoint_commit_seconds_bucket{le=\"0.005\"} 10",
                        "pickaroon_checkpoint_commit_seconds_bucket{le=\"+Inf\"} 10",
                        "pickaroon_kafka_transaction_seconds_bucket{le=\"0.025\"} 0",
                        "pickaroon_kafka_transaction_seconds_bucket{le=\"0.05\"} 4",
                        "pickaroon_kafka_transaction_seconds_sum 0.16",
                        "pickaroon_outages_total 4.0",
                        "pickaroon_reloads_total{result=\"refused\"} 1.0",
                        "pickaroon_build_info{version=\"1.2.3\"} 1",
                        "pickaroon_ready 1.0");
    }

    @Test
    void anInputThatIsGoneAfterAReloadIsGoneHereToo() {
        List<SampleStatus> now = new ArrayList<>(List.of(SampleStatus.READY));
        try (MetricsPage page = new MetricsPage(() -> now.getFirst().status())) {
            assertThat(page.scrape(TEXT)).contains("input=\"shop\"");
            now.set(0, SampleStatus.READY.withInput("other"));

            assertThat(page.scrape(TEXT)).contains("input=\"other\"").doesNotContain("input=\"shop\"");
        }
    }

    private static String page(SampleStatus status) {
        try (MetricsPage page = new MetricsPage(status::status)) {
            return page.scrape(TEXT);
        }
    }
}
