package io.pickaroon.app.demo;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.broker.Installation;
import io.pickaroon.app.command.ByteSize;
import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.FatalErrors;
import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.terminal.Terminal;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pickaroon demo}: the whole way on this machine, and proof that nothing was lost. */
public final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Installation installation;

    private final CommandModel command = new CommandModel("demo", this)
            .description(
                    "Makes a log, starts a Kafka on this machine and runs the pipeline once: it delivers what matches"
                            + " and fixes it in the log. Then reads the topics back, and the log beside a copy from"
                            + " before, and compares both with what went into the log. Nothing to install, nothing left"
                            + " behind.",
                    "",
                    "Ends with 0 only if every number agrees.")
            .footer(
                    "",
                    "Examples:",
                    "  pickaroon demo",
                    "  pickaroon demo --size 2GiB",
                    "  pickaroon demo --keep             keep the log, the configuration and the topics");
    private final Supplier<Long> sizeBytes = command.option(names("--size")
            .type(long.class)
            .converters(new ByteSize())
            .paramLabel("SIZE")
            .defaultValue("256MiB")
            .description(
                    "Size of the log, at least 4MiB; it takes 2.25 times that on disk. Default: ${DEFAULT-VALUE}."));
    private final Supplier<Integer> port = command.option(names("--port")
            .type(int.class)
            .paramLabel("N")
            .defaultValue("0")
            .description("Port of the dev-broker. Default: any free one."));
    private final Supplier<Boolean> keep =
            command.flag("Keep everything that was made, and say where it is.", "--keep");
    private final OutputOptions outputOptions = new OutputOptions(command);
    private final CommonOptions common = new CommonOptions(command);

    public DemoCommand(Terminal terminal, Installation installation) {
        this.terminal = terminal;
        this.installation = installation;
    }

    public CommandSpec spec() {
        return command.spec();
    }

    @Override
    public Integer call() throws Exception {
        if (sizeBytes.get() < DemoLog.SMALLEST_BYTES) {
            throw command.mistake("--size must be at least 4MiB: long records need room");
        }
        FatalErrors.endTheProcess(common.stackTraces());
        LogbackSetup.apply(outputOptions.quiet(), common.stackTraces());
        return new DemoRun(terminal, installation, outputOptions).run(sizeBytes.get(), port.get(), keep.get());
    }
}
