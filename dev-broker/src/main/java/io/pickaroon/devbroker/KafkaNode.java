package io.pickaroon.devbroker;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka node that is both broker and controller, listening on 127.0.0.1 only.
 *
 * <p>Because it is the only voter of its quorum, it may start again on other ports than in the last run.
 */
final class KafkaNode {
    private static final int NODE_ID = 1;
    private static final String CONTROLLER_LISTENER = "CONTROLLER";
    /** System properties with this prefix are settings of Kafka and override those here. For long tests. */
    private static final String SETTING = "pickaroon.kafka.";

    private final KafkaRaftServer server;

    private KafkaNode(KafkaRaftServer server) {
        this.server = server;
    }

    /** Formats a new directory, and makes a node that is not started yet. */
    static KafkaNode prepare(Path directory, LoopbackPorts ports) throws Exception {
        if (!Files.exists(directory.resolve("meta.properties"))) {
            format(directory);
        }
        KafkaConfig config = KafkaConfig.fromProps(properties(directory, ports), false);
        return new KafkaNode(new KafkaRaftServer(config, Time.SYSTEM));
    }

    private static void format(Path directory) throws Exception {
        ByteArrayOutputStream progress = new ByteArrayOutputStream();
        new Formatter()
                .setPrintStream(new PrintStream(progress, false, StandardCharsets.UTF_8))
                .setNodeId(NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName(CONTROLLER_LISTENER)
                .run();
    }

    static Properties properties(Path directory, LoopbackPorts ports) {
        String clients = "PLAINTEXT://" + LoopbackPorts.HOST + ":" + ports.broker();
        String quorum = LoopbackPorts.HOST + ":" + ports.controller();
        Properties properties = new Properties();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", Integer.toString(NODE_ID));
        properties.setProperty("controller.quorum.voters", NODE_ID + "@" + quorum);
        properties.setProperty("listeners", clients + "," + CONTROLLER_LISTENER + "://" + quorum);
        properties.setProperty("advertised.listeners", clients);
        properties.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        properties.setProperty(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        properties.setProperty("log.dirs", directory.toString());

        // A topic that does not exist is a mistake in a configuration, and must fail like one.
        properties.setProperty("auto.create.topics.enable", "false");

        for (String internal :
                new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            properties.setProperty(internal + ".replication.factor", "1");
            properties.setProperty(internal + ".num.partitions", "1");
        }
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
        properties.setProperty("default.replication.factor", "1");
        properties.setProperty("min.insync.replicas", "1");

        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        // After a kill the controller accepts the node again only when its dead session has ended.
        properties.setProperty("broker.session.timeout.ms", "1500");
        properties.setProperty("broker.heartbeat.interval.ms", "300");
        // How soon the transaction of a dead producer is aborted after its timeout.
        properties.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

        properties.setProperty("num.network.threads", "2");
        properties.setProperty("num.io.threads", "4");
        properties.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
        properties.setProperty("metric.reporters", "");
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(SETTING)) {
                properties.setProperty(name.substring(SETTING.length()), System.getProperty(name));
            }
        }
        return properties;
    }

    /** Returns when clients can use the node. */
    void start() {
        server.startup();
    }

    /**
     * Creates the topics that do not exist yet, with one partition each.
     *
     * @throws RefusedException if Kafka refuses one, for example because of its name
     */
    static void makeTopics(String bootstrapServers, List<String> topics) throws RefusedException, InterruptedException {
        if (topics.isEmpty()) {
            return;
        }
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            for (String topic : topics) {
                try {
                    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                            .all()
                            .get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new RefusedException(
                                "--topics: " + topic + ": " + e.getCause().getMessage(), e.getCause());
                    }
                }
            }
        }
    }

    /** Returns when the node has been stopped by {@link #stop}. */
    void awaitStop() {
        server.awaitShutdown();
    }

    /** Closes the topics cleanly. Does nothing if the node is not started. */
    void stop() {
        server.shutdown();
    }
}
