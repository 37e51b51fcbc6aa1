package io.pickaroon.connect.worker;

import io.pickaroon.connectors.broker.DevBrokerProcess;
import io.pickaroon.connectors.broker.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * A real broker and the workers of one cluster, for all tests of a class. What fails shows how the logs of the workers end;
 * the logs stay in {@code target/workers}.
 */
final class ConnectCluster implements BeforeAllCallback, AfterAllCallback, TestExecutionExceptionHandler {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private DevBrokerProcess broker;
    private ConnectWorkers workers;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Path directory =
                Path.of("target", "workers", context.getRequiredTestClass().getSimpleName());
        Files.createDirectories(directory);
        broker = DevBrokerProcess.startTemporary(JAVA, Path.of(System.getProperty("pickaroon.broker.lib")), 0);
        workers = new ConnectWorkers(directory, broker.bootstrapServers());
    }

    DevBrokerProcess broker() {
        return broker;
    }

    void createTopic(String name, int partitions) throws InterruptedException {
        new Topics(broker.bootstrapServers(), Map.of()).createMissing(List.of(name), partitions, Map.of(), PATIENCE);
    }

    ConnectWorkers workers() {
        return workers;
    }

    /** Of any worker that runs. */
    ConnectRest rest() {
        return workers.rest();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        failure.addSuppressed(new AssertionError(workers.shown()));
        throw failure;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (workers != null) {
            workers.close();
        }
        if (broker != null) {
            broker.close();
        }
    }
}
