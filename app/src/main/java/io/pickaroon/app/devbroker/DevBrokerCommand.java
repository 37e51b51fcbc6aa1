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
            "  pickaroon dev-broker --topics errors,cards",
            "  pickaroon dev-broker --port 0 --data /tmp/kafka"
        })
public final class DevBrokerCommand implements Callable<Integer> {
    private static final int STOP_LIMIT_SECONDS = 12;

    private final Installation installation;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "9092",
            description = "Port for clients; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep topics in DIR and find them there again. Default: a temporary directory, deleted at"
                    + " the end.")
    private String dataDirectory;

    @Option(
            names = "--topics",
            paramLabel = "NAME,..",
            description = "Make these topics, with one partition each, if they are not there.")
    private String topics;

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
        if (topics != null) {
            command.addAll(List.of("--topics", topics));
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
