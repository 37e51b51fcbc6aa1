package io.pickaroon.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.ForkedProgram;
import io.pickaroon.app.TestBroker;
import io.pickaroon.app.run.WrittenContainer.ContainerRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Logs as containerd and dockerd write them, reached through the kubelet's links, written and rotated while the program is killed again
 * and again: a consumer of committed records has each message once and whole, with its origin, and no card number is left in Kafka, nor
 * in the files of containerd. More of it: {@code -Dkills=10 -Dcontainers=12 -DrotateBytes=4194304 -Dseed=..}.
 */
@Timeout(1800)
class ContainersKilledTest {
    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final int CONTAINERS = Integer.getInteger("containers", 4);
    private static final long ROTATE_BYTES = Long.getLong("rotateBytes", 192 << 10);
    private static final long SEED = Long.getLong("seed", 20);
    /** Between two pieces that one container writes. */
    private static final int MOST_PAUSE_MILLIS = 120;

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String TOPIC = "pod-logs";

    /** Outside of the directory for temporary files: everybody can make links there, so no link in it is followed for a fix. */
    static final class InTarget implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "containers");
        }
    }

    @TempDir(factory = InTarget.class)
    private Path directory;

    private final List<WrittenContainer> containers = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean isWriting = true;

    /** Something that fails with an exception. */
    private interface Work {
        void run() throws Exception;
    }

    @Test
    void eachMessageArrivesOnceAndNoCardNumberIsLeft() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < CONTAINERS; i++) {
            ContainerRuntime runtime = i % 2 == 0 ? ContainerRuntime.CONTAINERD : ContainerRuntime.DOCKERD;
            Path node = directory.resolve(runtime.name());
            containers.add(new WrittenContainer(
                    node, runtime, i % 3 == 0 ? "shop" : "billing", "pod-" + i, "app", new Random(random.nextLong())));
        }
        try (TestBroker broker = TestBroker.start()) {
            broker.createTopic(TOPIC, Map.of());
            Path configuration = configure(broker);
            ConsumedMessages delivered = new ConsumedMessages(broker.bootstrapServers(), TOPIC, containers);
            Thread consumer = start(delivered::consume);
            List<Thread> writers = new ArrayList<>();
            for (int kill = 0; kill < KILLS; kill++) {
                try (ForkedProgram program = run(configuration)) {
                    if (kill == 0) {
                        containers.forEach(container -> writers.add(start(() -> write(container))));
                        writers.add(start(() -> rotate(delivered)));
                    }
                    int before = delivered.count();
                    await(program, () -> delivered.count() > before + 20);
                    Thread.sleep(random.nextInt(3_000));
                    program.kill();
                    assertNothingIsLost(program);
                }
            }
            try (ForkedProgram program = run(configuration)) {
                await(program, () -> containers.stream().allMatch(each -> each.rotations() > 1) && compressed() > 0);
                isWriting = false;
                for (Thread writer : writers) {
                    writer.join();
                }
                await(program, () -> delivered.count() >= written());
                Awaitility.await()
                        .atMost(SOON)
                        .untilAsserted(() -> assertThat(wrongFiles()).isEmpty());
                String metrics = program.page("/metrics");
                assertThat(metrics).containsPattern("pickaroon_lost_bytes_total\\S* 0.0");
                assertThat(sum(metrics, "pickaroon_unaccounted_bytes")).isZero();
                assertThat(sum(metrics, "pickaroon_foreign_lines_total")).isZero();
                assertThat(sum(metrics, "pickaroon_cut_records_total")).isZero();
                assertThat(program.endBy("TERM")).as(program.errors()).isEqualTo(143);
                assertNothingIsLost(program);
            }
            // What comes twice would come behind all else.
            Thread.sleep(500);
            delivered.end();
            consumer.join();
            assertThat(delivered.wrong()).isEmpty();
            assertThat(delivered.doubled()).isEmpty();
            assertThat(delivered.count()).isEqualTo(written());
        }
        for (WrittenContainer container : containers) {
            container.close();
        }
        assertThat(failures).isEmpty();
        System.out.printf(
                "%d kills, %d containers, %d messages, %d rotations, %d compressed, seed %d%n",
                KILLS,
                CONTAINERS,
                written(),
                containers.stream().mapToInt(WrittenContainer::rotations).sum(),
                compressed(),
                SEED);
    }

    private void await(ForkedProgram program, Callable<Boolean> condition) throws IOException {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> !program.process().isAlive() || !failures.isEmpty() || condition.call());
        assertThat(failures).isEmpty();
        assertThat(program.process().isAlive()).as(program.errors()).isTrue();
    }

    private Path configure(TestBroker broker) throws IOException {
        return Files.writeString(directory.resolve("pickaroon.yaml"), """
            instance: node
            checkpoint: { path: %1$s/state/checkpoint }
            inputs:
              - id: cri
                path: "%2$s"
                format: cri
                flushAfter: 20s
                multiline: { continuation: '^\\s+at |^Caused by: ', timeout: 1s }
              - id: docker
                path: "%3$s"
                format: docker
                flushAfter: 20s
                multiline: { continuation: '^\\s+at |^Caused by: ', timeout: 1s }
            rules:
              - id: lines
                match: { regex: '^' }
                emit:
                  topic: %4$s
                  headers:
                    - namespace: "{path.namespace}"
                    - pod: "{path.pod}"
                    - container: "{path.container}"
                    - stream: "{field.stream:none}"
                    - partial: "{field.partial:no}"
              - { id: cards, inputs: [ cri ], match: { detect: card }, fix: {} }
              - { id: sent-cards, inputs: [ docker ], match: { detect: card }, fix: { when: never } }
            http: { port: 0 }
            output: { kafka: { bootstrapServers: "%5$s" } }
            """.formatted(
                        directory,
                        pattern(directory.resolve(ContainerRuntime.CONTAINERD.name())),
                        pattern(directory.resolve(ContainerRuntime.DOCKERD.name())),
                        TOPIC,
                        broker.bootstrapServers()));
    }

    /** Through links for a fix only if nobody else can have made one on the way to the checkout. */
    private static String pattern(Path node) throws IOException {
        for (Path above = node; above != null; above = above.getParent()) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(above);
            if (permissions.contains(PosixFilePermission.OTHERS_WRITE)
                    || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
                return node + "/pods/{namespace}_{pod}_{uid}/{container}/*.log";
            }
        }
        return node + "/containers/{pod}_{namespace}_{container}-{id}.log";
    }

    private ForkedProgram run(Path configuration) throws IOException {
        return ForkedProgram.start(directory, "run", "-c", configuration.toString());
    }

    private static void assertNothingIsLost(ForkedProgram program) throws IOException {
        assertThat(program.errors()).doesNotContain("are lost", "were not made", "cannot be finished", "ERROR");
    }

    private Thread start(Work work) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                work.run();
            } catch (Throwable e) {
                failures.add(e);
            }
        });
    }

    private void write(WrittenContainer container) throws Exception {
        Random random = new Random(container.key.hashCode() + SEED);
        while (isWriting) {
            container.write();
            Thread.sleep(random.nextInt(MOST_PAUSE_MILLIS));
        }
    }

    private void rotate(ConsumedMessages delivered) throws Exception {
        while (isWriting) {
            for (WrittenContainer container : containers) {
                container.rotate(ROTATE_BYTES, delivered);
            }
            Thread.sleep(50);
        }
    }

    private int written() {
        return containers.stream().mapToInt(WrittenContainer::count).sum();
    }

    private long compressed() {
        return containers.stream().mapToLong(WrittenContainer::compressedFiles).sum();
    }

    private List<String> wrongFiles() throws IOException {
        List<String> files = new ArrayList<>();
        for (WrittenContainer container : List.copyOf(containers)) {
            files.addAll(container.wrongFiles());
        }
        return files;
    }

    private static double sum(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
