package io.pickaroon.app.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.ForkedProgram;
import io.pickaroon.app.SecuredBroker;
import io.pickaroon.app.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of the overlay {@code with-tls} against a broker that wants TLS, with the rights of the guide's table alone. */
@Timeout(180)
class SecuredKafkaTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PASSWORD = "se\"c;r\\e't x";

    @TempDir
    private static Path secrets;

    @TempDir
    private Path directory;

    private static SecuredBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = SecuredBroker.start(secrets);
        broker.makeTopic("pod-logs");
        broker.makeUser("pickaroon", PASSWORD);
        for (String principal : List.of("pickaroon", "CN=pickaroon")) {
            grant(principal, ResourceType.TOPIC, "pod-logs", AclOperation.WRITE, AclOperation.DESCRIBE);
            grant(
                    principal,
                    ResourceType.TOPIC,
                    "pickaroon-positions",
                    AclOperation.READ,
                    AclOperation.WRITE,
                    AclOperation.DESCRIBE,
                    AclOperation.CREATE);
            broker.grant(
                    principal,
                    ResourceType.TRANSACTIONAL_ID,
                    "pickaroon-pods-",
                    PatternType.PREFIXED,
                    AclOperation.WRITE,
                    AclOperation.DESCRIBE);
        }
    }

    private static void grant(String principal, ResourceType type, String name, AclOperation... operations)
            throws Exception {
        broker.grant(principal, type, name, PatternType.LITERAL, operations);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void aUserWithAPasswordDelivers() throws Exception {
        deliver("one", broker.withPassword(), overlay(), PASSWORD);
    }

    /** As the comment in the overlay says it. */
    @Test
    void aCertificateDelivers() throws Exception {
        String comment = "      # ";
        List<String> lines = overlay()
                .replace("security.protocol: SASL_SSL", "security.protocol: SSL")
                .lines()
                .filter(line -> !line.strip().startsWith("sasl.")
                        && !line.contains("ScramLoginModule")
                        && !line.contains("username="))
                .map(line -> line.startsWith(comment + "ssl.keystore") ? line.replace(comment, "      ") : line)
                .toList();
        assertThat(lines.stream().filter(line -> line.startsWith("      ssl.keystore")))
                .hasSize(2);

        deliver("two", broker.withCertificate(), String.join("\n", lines), "");
    }

    @Test
    void aWrongPasswordIsSaidAndNotShown() throws Exception {
        writeLog("three");
        try (ForkedProgram program = start("three", broker.withPassword(), overlay(), "not-the-password")) {
            await().atMost(SOON)
                    .until(() ->
                            !program.process().isAlive() || program.errors().contains("uthentication"));
            assertThat(program.errors()).contains("uthentication").doesNotContain("not-the-password");
        }
    }

    private void deliver(String node, String bootstrap, String configuration, String password) throws Exception {
        writeLog(node);
        try (ForkedProgram program = start(node, bootstrap, configuration, password)) {
            await().atMost(SOON)
                    .until(() ->
                            !program.process().isAlive() || !delivered(node).isEmpty());
            assertThat(program.errors()).doesNotContain("ERROR", "WARN  io.pickaroon.connectors");
            assertThat(delivered(node)).containsExactly("started on " + node);
            assertThat(program.endBy("TERM")).as(program.errors()).isEqualTo(143);
        }
    }

    private void writeLog(String node) throws IOException {
        Path log = Files.createDirectories(directory.resolve("pods/shop_cart_uid/" + node))
                .resolve("0.log");
        Files.writeString(log, "2026-11-30T10:00:00.1Z stdout F started on " + node + "\n");
    }

    private List<String> delivered(String node) {
        return TestBroker.read(broker.administration(), List.of("pod-logs"), "read_committed").stream()
                .filter(record -> header(record, "host").equals(node))
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private ForkedProgram start(String node, String bootstrap, String configuration, String password)
            throws IOException {
        Path file = Files.writeString(directory.resolve(node + ".yaml"), configuration);
        return ForkedProgram.startWith(
                Map.of(
                        "NODE_NAME",
                        node,
                        "KAFKA_BOOTSTRAP",
                        bootstrap,
                        "KAFKA_USER",
                        "pickaroon",
                        "KAFKA_PASSWORD",
                        password),
                directory,
                "run",
                "-c",
                file.toString());
    }

    /** With the directories of the test. */
    private String overlay() throws IOException {
        Path root = Path.of(System.getProperty("pickaroon.launcher")).getParent();
        return Files.readString(root.resolve("deploy/kubernetes/overlays/with-tls/pickaroon.yaml"))
                .replace("/var/lib/pickaroon", directory.toString())
                .replace("/var/log/pods/", directory + "/pods/")
                .replace("/etc/pickaroon-kafka", secrets.toString())
                .replace("http: { port: 9600, host: 0.0.0.0 }", "http: { port: 0 }");
    }
}
