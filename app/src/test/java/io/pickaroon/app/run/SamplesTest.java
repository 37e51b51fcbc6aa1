package io.pickaroon.app.run;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.ForkedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sample is the same whenever a log is read, and the ledger says what it left out. */
@Timeout(120)
class SamplesTest {
    private static final int RECORDS = 5_000;
    private static final Pattern ID = Pattern.compile("\"id\":\"([-0-9a-f]+)\"");

    @TempDir
    private Path directory;

    @Test
    void aRunThatIsKilledAndOneFromTheBeginningChooseTheSameAndCountTheRest() throws Exception {
        Path log = Files.writeString(directory.resolve("app.log"), "ERROR number\n".repeat(RECORDS));
        Set<String> half = chosen(ids("all", "1/1"));
        Path sampled = configuration("sampled", "1/10");
        try (ForkedProgram program = ForkedProgram.start(directory, "run", "-c", sampled.toString())) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> program.page("/metrics")
                            .contains("pickaroon_rule_matched_records_total{input=\"app\",rule=\"errors\"} 5000.0"));
            int out = RECORDS - half.size();
            assertThat(program.page("/metrics").lines())
                    .contains(
                            "pickaroon_rule_sampled_out_records_total{input=\"app\",rule=\"errors\"} " + out + ".0",
                            "pickaroon_rule_emitted_records_total{input=\"app\",rule=\"errors\"} " + half.size() + ".0",
                            "pickaroon_sampled_out_records_total{input=\"app\"} " + out + ".0",
                            "pickaroon_matched_records_total{input=\"app\"} 5000.0");
            assertThat(program.page("/status")).contains("\"sampledOutMatches\":" + out + ",");
            program.kill();
        }
        assertThat(ids("sampled")).isEqualTo(half);

        Files.writeString(log, "ERROR number\n".repeat(RECORDS), StandardOpenOption.APPEND);
        Set<String> all = chosen(ids("all", "1/1"));
        run(sampled);
        assertThat(ids("sampled")).isEqualTo(all).hasSizeBetween(RECORDS / 10, RECORDS / 2);

        Files.delete(directory.resolve("sampled.ndjson"));
        CommandRun again = run(sampled, "--from-beginning");
        assertThat(ids("sampled")).isEqualTo(all);
        assertThat(again.errors().lines().map(line -> line.replace(",", "")))
                .anyMatch(line -> line.startsWith(all.size() + " matches emitted 0 dead-lettered "
                        + (2 * RECORDS - all.size()) + " left out by samples"))
                .anyMatch(line -> line.matches("matched +10000 +130000"));
    }

    private Path configuration(String name, String sample) throws IOException {
        return Files.writeString(directory.resolve(name + ".yaml"), """
            checkpoint: { path: %1$s/%2$s.checkpoint }
            http: { port: 0 }
            inputs: [ { id: app, include: [ %1$s/app.log ] } ]
            rules: [ { id: errors, match: { literal: ERROR }, emit: { topic: t, sample: %3$s } } ]
            output: { file: { path: %1$s/%2$s.ndjson } }
            """.formatted(directory, name, sample));
    }

    private static CommandRun run(Path configuration, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "-c", configuration.toString(), "--once"));
        arguments.addAll(List.of(more));
        CommandRun run = CommandRun.of(arguments.toArray());
        assertThat(run.exitCode()).as(run.errors()).isZero();
        return run;
    }

    private Set<String> ids(String name, String sample) throws IOException {
        run(configuration(name, sample));
        return ids(name);
    }

    private Set<String> ids(String name) throws IOException {
        return ID.matcher(Files.readString(directory.resolve(name + ".ndjson")))
                .results()
                .map((MatchResult id) -> id.group(1))
                .collect(Collectors.toSet());
    }

    /** What docs/guide/shaping-records.md says, and no code of Pickaroon's. */
    private static Set<String> chosen(Set<String> ids) {
        return ids.stream()
                .filter(id -> Long.remainderUnsigned(hash(id), 10) == 0)
                .collect(Collectors.toSet());
    }

    private static long hash(String id) {
        long hash = 0xcbf29ce484222325L;
        for (byte value : id.getBytes(US_ASCII)) {
            hash ^= value;
            hash *= 0x100000001b3L;
        }
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        hash *= 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash;
    }
}
