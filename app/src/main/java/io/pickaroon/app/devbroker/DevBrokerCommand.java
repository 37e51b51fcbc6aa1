package io.pickaroon.app.devbroker;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.broker.Installation;
import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.CommonOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pickaroon dev-broker}: a Kafka for trying things out, in a process of its own. */
public final class DevBrokerCommand implements Callable<Integer> {
    private static final int STOP_LIMIT_SECONDS = 12;

    private final Installation installation;
    private final CommandModel command = new CommandModel("dev-broker", this)
            .description(
                    "Runs a real single-node Kafka on 127.0.0.1 until it is stopped. When clients can use it, it prints"
                            + " READY, its address and where its data is.")
            .footer(
                    "",
                    "Examples:",
                    "  pickaroon dev-broker --topics errors,cards",
                    "  pickaroon dev-broker --port 0 --data /tmp/kafka");
    private final Supplier<Integer> port = command.option(names("--port")
            .type(int.class)
            .paramLabel("N")
            .defaultValue("9092")
            .description("Port for clients; 0 takes a free one. Default: ${DEFAULT-VALUE}."));
    private final Supplier<String> dataDirectory = command.option(names("--data")
            .type(String.class)
            .paramLabel("DIR")
            .description("Keep topics in DIR and find them there again. Default: a temporary directory, deleted at the"
                    + " end."));
    private final Supplier<String> topics = command.option(names("--topics")
            .type(String.class)
            .paramLabel("NAME,..")
            .description("Make these topics, with one partition each, if they are not there."));

    public DevBrokerCommand(Installation installation) {
        this.installation = installation;
        new CommonOptions(command);
    }

    public CommandSpec spec() {
        return command.spec();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> process = new ArrayList<>(List.of(
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
                Integer.toString(port.get())));
        if (dataDirectory.get() != null) {
            process.addAll(List.of("--data", dataDirectory.get()));
        }
        if (topics.get() != null) {
            process.addAll(List.of("--topics", topics.get()));
        }
        Process broker = new ProcessBuilder(process)
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
