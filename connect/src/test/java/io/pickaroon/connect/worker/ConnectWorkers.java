package io.pickaroon.connect.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The workers of one Connect cluster, with the plug-in as it is installed. Each is a process with the class path of
 * Connect; its port is one that the system chooses. They end when this is closed, or this process ends. Used by one thread.
 */
final class ConnectWorkers implements AutoCloseable {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path PLUGIN = required("pickaroon.plugin.lib");
    private static final Path WORKER = required("pickaroon.worker.lib");

    private final Path directory;
    private final String bootstrapServers;
    private final List<ConnectWorker> workers = new ArrayList<>();
    private final Thread atEnd = new Thread(this::endAll);

    /**
     * @param directory for logs, settings and the plug-in; stays as it is afterwards
     * @param bootstrapServers of the brokers
     */
    ConnectWorkers(Path directory, String bootstrapServers) throws IOException {
        this.directory = directory;
        this.bootstrapServers = bootstrapServers;
        Path link = directory.resolve("plugins").resolve("pickaroon");
        Files.createDirectories(link.getParent());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, PLUGIN.toAbsolutePath());
        Runtime.getRuntime().addShutdownHook(atEnd);
    }

    private static Path required(String property) {
        String text = System.getProperty(property);
        if (text == null || !Files.isDirectory(Path.of(text))) {
            throw new IllegalStateException(
                    "%s is %s, and has to be a directory of jars, which mvn package makes".formatted(property, text));
        }
        return Path.of(text);
    }

    /** The command of a JVM with what a worker has on its class path, and more in front of it. */
    static List<String> java(List<Path> classPath, String... arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.add("--sun-misc-unsafe-memory-access=allow");
        List<String> entries =
                new ArrayList<>(classPath.stream().map(Path::toString).toList());
        entries.add(WORKER.resolve("*").toString());
        command.addAll(List.of("-cp", String.join(":", entries)));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Where the jars of the plug-in are. */
    static Path plugin() {
        return PLUGIN;
    }

    /** Starts workers side by side, and returns when all answer. */
    List<ConnectWorker> start(int count) throws IOException, InterruptedException {
        List<ConnectWorker> started = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            started.add(launch(Map.of()));
        }
        for (ConnectWorker worker : started) {
            worker.awaitReady();
        }
        return started;
    }

    /** Starts one with settings of its own, and returns when it answers. */
    ConnectWorker start(Map<String, String> settings) throws IOException, InterruptedException {
        return launch(settings).awaitReady();
    }

    private ConnectWorker launch(Map<String, String> more) throws IOException {
        String name = "worker-" + (workers.size() + 1);
        Path file = directory.resolve(name + ".properties");
        Files.write(
                file,
                settings(more).entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
        ConnectWorker worker = ConnectWorker.launch(
                name,
                directory.resolve(name + ".log"),
                java(List.of(), "org.apache.kafka.connect.cli.ConnectDistributed", file.toString()));
        workers.add(worker);
        return worker;
    }

    private Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new TreeMap<>(Map.ofEntries(
                Map.entry("bootstrap.servers", bootstrapServers),
                Map.entry("group.id", "workers"),
                Map.entry("config.storage.topic", "workers-config"),
                Map.entry("offset.storage.topic", "workers-offsets"),
                Map.entry("status.storage.topic", "workers-status"),
                Map.entry("config.storage.replication.factor", "1"),
                Map.entry("offset.storage.replication.factor", "1"),
                Map.entry("status.storage.replication.factor", "1"),
                Map.entry("offset.storage.partitions", "5"),
                Map.entry("status.storage.partitions", "1"),
                // Those that stand where nobody looks: with them every value would be changed.
                Map.entry("key.converter", "org.apache.kafka.connect.json.JsonConverter"),
                Map.entry("value.converter", "org.apache.kafka.connect.json.JsonConverter"),
                Map.entry("exactly.once.source.support", "enabled"),
                Map.entry("scheduled.rebalance.max.delay.ms", "0"),
                Map.entry("session.timeout.ms", "10000"),
                Map.entry("heartbeat.interval.ms", "3000"),
                Map.entry("listeners", "http://127.0.0.1:0"),
                Map.entry("plugin.discovery", "service_load"),
                Map.entry(
                        "plugin.path",
                        directory.resolve("plugins").toAbsolutePath().toString())));
        settings.putAll(more);
        return settings;
    }

    /** Stops those that run, one after the other. */
    void stopAll() throws InterruptedException {
        for (ConnectWorker worker : workers) {
            if (worker.isAlive()) {
                worker.stop();
            }
        }
    }

    /** Of any worker that runs. */
    ConnectRest rest() {
        return workers.stream()
                .filter(ConnectWorker::isAlive)
                .findFirst()
                .orElseThrow()
                .rest();
    }

    /** Where all logs are, and their ends. */
    String shown() {
        return workers.stream().map(ConnectWorker::shown).collect(Collectors.joining("\n"));
    }

    private void endAll() {
        workers.forEach(ConnectWorker::close);
    }

    @Override
    public void close() {
        endAll();
        Runtime.getRuntime().removeShutdownHook(atEnd);
    }
}
