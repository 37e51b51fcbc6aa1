package io.pickaroon.connectors.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.connectors.kafka.KafkaThreads;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

@Timeout(60)
@ResourceLock(KafkaThreads.LOCK)
class DevBrokerProcessTest {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path LIB = Path.of(System.getProperty("pickaroon.broker.lib"));

    @TempDir
    Path directory;

    @Test
    void keepsTopicsAndPortThroughAKillAndAStop() throws Exception {
        try (DevBrokerProcess broker = DevBrokerProcess.start(JAVA, LIB, 0, directory)) {
            String address = broker.bootstrapServers();
            createTopic(broker, "before");
            broker.kill();
            assertThat(broker.isAlive()).isFalse();

            broker.restart();
            assertThat(broker.bootstrapServers()).isEqualTo(address);
            createTopic(broker, "between");
            broker.stop();
            assertThat(broker.isAlive()).isFalse();

            broker.restart();
            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThat(topics(broker)).containsExactlyInAnyOrder("before", "between");
        }
    }

    @Test
    void aTemporaryBrokerLeavesNothingBehind() throws Exception {
        Path data;
        try (DevBrokerProcess broker = DevBrokerProcess.startTemporary(JAVA, LIB, 0)) {
            data = broker.dataDirectory();
            assertThat(data).isDirectory();
            assertThatThrownBy(broker::restart).isInstanceOf(IllegalStateException.class);
        }
        assertThat(data).doesNotExist();
    }

    @Test
    void aTopicThatWasNotCreatedDoesNotExist() throws Exception {
        try (DevBrokerProcess broker = DevBrokerProcess.start(JAVA, LIB, 0, directory);
                Admin admin = admin(broker)) {
            assertThatThrownBy(() -> admin.describeTopics(Set.of("missing"))
                            .allTopicNames()
                            .get(20, TimeUnit.SECONDS))
                    .hasMessageContaining("UnknownTopicOrPartition");
        }
    }

    @Test
    void saysWhichPortIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> DevBrokerProcess.start(JAVA, LIB, taken.getLocalPort(), directory))
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("--port 0");
        }
    }

    @Test
    void saysThatTheDataBelongsToARunningBroker() throws Exception {
        try (DevBrokerProcess _ = DevBrokerProcess.start(JAVA, LIB, 0, directory)) {
            assertThatThrownBy(() -> DevBrokerProcess.start(JAVA, LIB, 0, directory))
                    .hasMessageContaining(directory.toRealPath().toString())
                    .hasMessageContaining("used by another dev-broker");
        }
    }

    @Test
    void saysThatTheJarsAreMissing() {
        assertThatThrownBy(() -> DevBrokerProcess.start(JAVA, directory.resolve("none"), 0, directory))
                .hasMessageContaining(directory.resolve("none").toString());
    }

    @Test
    void survivesTheInterruptOfItsTerminal() throws Exception {
        try (DevBrokerProcess broker = DevBrokerProcess.start(JAVA, LIB, 0, directory)) {
            for (String signal : new String[] {"-INT", "-HUP"}) {
                Process kill = new ProcessBuilder("kill", signal, Long.toString(broker.pid())).start();
                assertThat(kill.waitFor()).isZero();
            }
            createTopic(broker, "after");
            assertThat(topics(broker)).containsExactly("after");
        }
    }

    @Test
    void endsWithTheProcessThatStartedIt() throws Exception {
        Process parent = new ProcessBuilder(
                        JAVA.toString(),
                        "-cp",
                        classesOf(DevBrokerProcess.class) + ":" + classesOf(BrokerHolder.class),
                        BrokerHolder.class.getName(),
                        JAVA.toString(),
                        LIB.toString(),
                        directory.toString())
                .start();
        ProcessHandle broker;
        try (BufferedReader out = parent.inputReader()) {
            broker = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
        }
        assertThat(broker.isAlive()).isTrue();
        parent.destroyForcibly().waitFor();
        assertThat(broker.onExit().get(20, TimeUnit.SECONDS).isAlive()).isFalse();
    }

    @Test
    void endsSoonAfterSigterm() throws Exception {
        try (DevBrokerProcess broker = DevBrokerProcess.start(JAVA, LIB, 0, directory)) {
            ProcessHandle process = ProcessHandle.of(broker.pid()).orElseThrow();
            process.destroy();
            process.onExit().get(5, TimeUnit.SECONDS);
            assertThat(broker.isAlive()).isFalse();
            assertThat(Files.readString(directory.resolve("broker.log"))).contains("shut down completed");
        }
    }

    /** Starts a broker, says which process it is, and waits to be killed. */
    public static final class BrokerHolder {
        private BrokerHolder() {}

        public static void main(String[] arguments) throws Exception {
            try (DevBrokerProcess broker =
                    DevBrokerProcess.start(Path.of(arguments[0]), Path.of(arguments[1]), 0, Path.of(arguments[2]))) {
                System.out.println(broker.pid());
                Thread.sleep(Duration.ofMinutes(1));
            }
        }
    }

    private static Path classesOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static void createTopic(DevBrokerProcess broker, String name) throws Exception {
        try (Admin admin = admin(broker)) {
            admin.createTopics(Set.of(new NewTopic(name, Optional.of(1), Optional.empty())))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private static Set<String> topics(DevBrokerProcess broker) throws Exception {
        try (Admin admin = admin(broker)) {
            return admin.listTopics().names().get(20, TimeUnit.SECONDS);
        }
    }

    private static Admin admin(DevBrokerProcess broker) {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }
}
