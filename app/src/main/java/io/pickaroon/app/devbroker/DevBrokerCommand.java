package io.pickaroon.app.devbroker;

import io.pickaroon.app.broker.Installation;
import io.pickaroon.app.command.CommonOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pickaroon dev-broker}: a Kafka for trying things out, in a process of its own. */
@Command(
        name = "dev-broker",
        description =
                "Runs a real single-node Kafka on 127.0.0.1 until it is stopped. When clients can use it, it prints"
                        + " READY, its address and where its data is.",
        footer = {
            "",
            "Examples:",
            "  pickaroon dev-broker --port 9092",
            "  pickaroon dev-broker --port 9092 --data /tmp/kafka   topics stay for the next start"
        })
public final class DevBrokerCommand implements Callable<Integer> {
    private static final int STOP_LIMIT_SECONDS = 12;

    private final Installation installation;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port for clients. Default: the one of the last run with that data, or a free one.")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where topics are kept. Default: a temporary directory.")
    private String dataDirectory;

    @Mixin
    private CommonOptions common;

    public DevBrokerCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                installation.javaExecutable().toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                installation.brokerLibDirectory().resolve("*").toString(),
                "io.pickaroon.devbroker.DevBroker",
                "--exit-with-stdin",
                "--port",
                Integer.toString(port)));
        if (dataDirectory != null) {
            command.addAll(List.of("--data", dataDirectory));
        }
        Process broker = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread forward = Thread.ofPlatform().name("forward-signal").unstarted(() -> stop(broker));
        Runtime.getRuntime().addShutdownHook(forward);
        return broker.waitFor();
    }

    private static void stop(Process broker) {
        broker.destroy();
        try {
            if (!broker.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                broker.destroyForcibly();
            }
        } catch (InterruptedException _) {
            broker.destroyForcibly();
        }
    }
}
