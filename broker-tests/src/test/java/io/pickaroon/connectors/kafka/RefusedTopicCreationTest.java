package io.pickaroon.connectors.kafka;

import static io.pickaroon.connectors.LogFixture.errorLines;
import static io.pickaroon.connectors.kafka.SinkSessions.fatal;

import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.broker.DevBrokerProcess;
import io.pickaroon.connectors.kafka.records.RouteForms;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.GivenProperties;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Limits;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.NewTopics;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.RuleTopics;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.records.emit.ValueFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

/** A broker with ACLs and a policy, of which neither lets the topic be created. */
@Timeout(120)
class RefusedTopicCreationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TOPIC = "errors";

    @TempDir
    private Path directory;

    @Test
    void saysWhoRefusesAndWhatToDo() throws Exception {
        try (DevBrokerProcess broker = DevBrokerProcess.start(
                javaWithSettings(),
                Path.of(System.getProperty("pickaroon.broker.lib")),
                0,
                directory.resolve("data"))) {
            expect(
                    broker,
                    9,
                    fatal(
                            "does not create topic 'errors' (rule 'errors') with 9 partitions and replication factor"
                                    + " 1:",
                            "ask the platform team for more than 8 partitions",
                            "change output.kafka.createTopics"));

            forbidToCreate(broker);
            expect(
                    broker,
                    1,
                    fatal(
                            "User:ANONYMOUS may not create topic errors; grant it with kafka-acls.sh",
                            "--operation Create --topic 'errors'",
                            "remove output.kafka.createTopics (rule 'errors')"));
        }
    }

    private void expect(DevBrokerProcess broker, int partitions, Consumer<Throwable> failure) throws Exception {
        KafkaSinkSettings settings = new KafkaSinkSettings(
                broker.bootstrapServers(),
                new RuleTopics(
                        Map.of("errors", RouteForms.toTopic("errors", TOPIC, ValueFormat.RAW)),
                        Optional.of(new NewTopics(partitions, (short) 1))),
                new GivenProperties(Map.of(), Map.of()),
                new Guarantee.AtLeastOnce(),
                new RefusedRecords.Stop(),
                Limits.DEFAULT);
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(1));
                KafkaSink sink = new KafkaSink(settings)) {
            StepVerifier.create(sink.deliver(log.windows(1 << 20)))
                    .expectErrorSatisfies(failure)
                    .verify(PATIENCE);
        }
    }

    private static void forbidToCreate(DevBrokerProcess broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            for (ResourcePattern resource : List.of(
                    new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL),
                    new ResourcePattern(ResourceType.TOPIC, TOPIC, PatternType.LITERAL))) {
                admin.createAcls(List.of(
                                acl(resource, AclOperation.ALL, AclPermissionType.ALLOW),
                                acl(resource, AclOperation.CREATE, AclPermissionType.DENY)))
                        .all()
                        .get();
            }
        }
    }

    private static AclBinding acl(ResourcePattern resource, AclOperation operation, AclPermissionType type) {
        return new AclBinding(resource, new AccessControlEntry("User:ANONYMOUS", "*", operation, type));
    }

    /** A {@code java} that gives the broker these settings, and the classes of the tests. */
    private Path javaWithSettings() throws IOException {
        String script = """
            #!/bin/sh
            for word; do
                case $word in */\\*) word=$word:%s ;; esac
                set -- "$@" "$word"
                shift
            done
            exec %s -Dpickaroon.kafka.create.topic.policy.class.name=%s \\
                -Dpickaroon.kafka.authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer \\
                -Dpickaroon.kafka.allow.everyone.if.no.acl.found=true "$@"
            """.formatted(
                        Path.of("target", "test-classes").toAbsolutePath(),
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        FewPartitionsPolicy.class.getName());
        Path file = Files.writeString(directory.resolve("java"), script);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
