package io.pickaroon.app.demo;

import io.pickaroon.app.broker.Installation;
import io.pickaroon.app.command.ByteSize;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.FatalErrors;
import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pickaroon demo}: the whole way on this machine, and proof that nothing was lost. */
@Command(
        name = "demo",
        description = {
            "Makes a log, starts a Kafka on this machine and runs the pipeline once: it delivers what matches and fixes"
                    + " it in the log. Then reads the topics back, and the log beside a copy from before, and compares"
                    + " both with what went into the log. Nothing to install, nothing left behind.",
            "",
            "Ends with 0 only if every number agrees."
        },
        footer = {
            "",
            "Examples:",
            "  pickaroon demo",
            "  pickaroon demo --size 2GiB",
            "  pickaroon demo --keep             keep the log, the configuration and the topics"
        })
public final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Installation installation;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            defaultValue = "256MiB",
            description =
                    "Size of the log, at least 4MiB; it takes 2.25 times that on disk. Default: ${DEFAULT-VALUE}.")
    private long sizeBytes;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port of the dev-broker. Default: any free one.")
    private int port;

    @Option(names = "--keep", description = "Keep everything that was made, and say where it is.")
    private boolean keep;

    @Mixin
    private OutputOptions outputOptions;

    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec spec;

    public DemoCommand(Terminal terminal, Installation installation) {
        this.terminal = terminal;
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        if (sizeBytes < DemoLog.SMALLEST_BYTES) {
            throw new ParameterException(spec.commandLine(), "--size must be at least 4MiB: long records need room");
        }
        FatalErrors.endTheProcess(common.stackTraces());
        LogbackSetup.apply(outputOptions.quiet(), common.stackTraces());
        return new DemoRun(terminal, installation, outputOptions).run(sizeBytes, port, keep);
    }
}
