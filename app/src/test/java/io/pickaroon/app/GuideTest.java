package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.GuidePage.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README and the guide tell a reader to type does what they say. */
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
class GuideTest {
    /** Commands that do not run here, by how they begin, and why. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("mvn verify", "the build that runs this test"),
            Map.entry("mvn package", "the build that runs this test; packaging/reproducible compares two of them"),
            Map.entry("mvn install", "changes the user's repository; packaging/library does it with one of its own"),
            Map.entry("./pickaroon demo", "DemoCommandTest runs it, with a smaller log"),
            Map.entry("docker-compose", "needs Docker; docker/kills-and-restarts and docker/connect-kill run it"),
            Map.entry("docker ", "needs Docker; deploy/kubernetes/trial says how it is built"),
            Map.entry("kafka-topics.sh", "Kafka's own, for brokers of one's own"),
            Map.entry("curl", "asks what docker-compose, or a cluster, has started"),
            Map.entry("KAFKA_BOOTSTRAP=broker-1:9092 PICKAROON_LOGS", "needs Docker and brokers of one's own"),
            Map.entry(
                    "kubectl",
                    "needs a cluster; deploy/kubernetes/trial plays the pod, KubernetesManifestsTest reads the"
                            + " manifests"),
            Map.entry("apt install", "needs root and a host of its own"),
            Map.entry("systemctl", "needs root and a host of its own"));

    /** Commands that do not end with 0, and how they end. */
    private static final Map<String, Integer> EXIT_CODES = Map.of("pickaroon checkpoint reset state/checkpoint ", 2);

    private static final Set<String> LANGUAGES = Set.of(
            "sh",
            "yaml",
            "toml",
            "text",
            "java",
            "xml",
            // For others than Pickaroon, but for a connector's: PackageReadmeTest reads that.
            "json",
            "properties",
            "dockerfile");

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.pickaroon.app.GuidePage#all")
    void everyCommandRuns(GuidePage page) throws Exception {
        try (GuideHost host = new GuideHost(directory)) {
            StringBuilder said = new StringBuilder();
            for (Block block : page.blocks()) {
                if (block.language().equals("sh")) {
                    said.setLength(0);
                    for (String command : block.commands()) {
                        if (reason(command) == null) {
                            run(host, page.name() + ":" + block.line(), command, said);
                        }
                    }
                } else if (block.language().equals("text")) {
                    assertThat(said.toString().lines())
                            .as(page.name() + ":" + block.line())
                            .containsAll(block.text().lines().toList());
                }
            }
        }
    }

    @Test
    void everyConfigurationIsAnExampleFile() throws IOException {
        List<String> files = new ArrayList<>();
        for (Path file : GuideHost.configurations()) {
            files.add(Files.readString(file));
        }
        files.add(Files.readString(GuidePage.ROOT.resolve("docker/pickaroon.yaml")));
        files.add(Files.readString(GuidePage.ROOT.resolve("docker/connect/strimzi.yaml")));
        files.add(Files.readString(GuidePage.ROOT.resolve("deploy/kubernetes/base/pickaroon.yaml")));
        files.add(Files.readString(GuidePage.ROOT.resolve("deploy/kubernetes/own/kustomization.yaml")));
        for (GuidePage page : GuidePage.all()) {
            for (Block block : page.blocks()) {
                assertThat(LANGUAGES).as(page.name() + ":" + block.line()).contains(block.language());
                if (Set.of("yaml", "toml").contains(block.language())) {
                    assertThat(files).as(page.name() + ":" + block.line()).contains(block.text());
                }
            }
        }
    }

    @Test
    void everyReasonIsNeeded() throws IOException {
        Set<String> unused = new HashSet<>(ELSEWHERE.keySet());
        for (GuidePage page : GuidePage.all()) {
            for (Block block : page.blocks()) {
                if (block.language().equals("sh")) {
                    block.commands().forEach(command -> unused.removeIf(command::startsWith));
                }
            }
        }
        assertThat(unused).isEmpty();
    }

    private static void run(GuideHost host, String where, String command, StringBuilder said) throws Exception {
        InstalledProgram.Ended ended = host.run(command);
        assertThat(ended.code())
                .as("%s: %s%n%s%s", where, command, ended.out(), ended.err())
                .isEqualTo(EXIT_CODES.entrySet().stream()
                        .filter(known -> command.startsWith(known.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(0));
        said.append(ended.out()).append(ended.err());
    }

    private static String reason(String command) {
        return ELSEWHERE.entrySet().stream()
                .filter(known -> command.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
