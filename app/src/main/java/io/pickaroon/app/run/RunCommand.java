package io.pickaroon.app.run;

import io.pickaroon.app.broker.Installation;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.ConfigurationOption;
import io.pickaroon.app.command.FatalErrors;
import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.configuration.StartOrders;
import io.pickaroon.app.logging.LogFormat;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.pipeline.RunOptions;
import io.pickaroon.app.terminal.Terminal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pickaroon run}: the whole way, from files to where matches go. */
@Command(
        name = "run",
        description = {
            "Reads the files of a configuration, delivers what matches, and remembers the place in the checkpoint.",
            "",
            "Follows files through growth and rotation, and new ones, until SIGINT or SIGTERM: then it delivers what"
                    + " is under way, writes the checkpoint and ends, within 10 s. On SIGHUP it reads the configuration"
                    + " again, and goes on with the new rules and inputs; or, if something is wrong with them, with the"
                    + " old ones."
        },
        footer = {
            "",
            "Examples:",
            "  pickaroon run -c pickaroon.yaml",
            "  pickaroon run -c pickaroon.yaml --once        only what is there now",
            "  pickaroon run -c pickaroon.yaml --once --dev  into a Kafka on this machine",
            "",
            "Ends with 0 when done, 1 if something went wrong, 2 for a mistake in what was asked for, 4 if Kafka has"
                    + " positions of another checkpoint and a person has to decide: nothing was read or sent then, and"
                    + " the message has the commands that lead out."
        })
public final class RunCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Installation installation;

    @Mixin
    private ConfigurationOption configuration;

    @Option(names = "--once", description = "End at the end of the files, with a ledger of every byte.")
    private boolean once;

    @Option(
            names = "--from-beginning",
            description = "With --once: read every file from its start and send what matches again, even what the"
                    + " checkpoint and Kafka know as delivered.")
    private boolean fromBeginning;

    @Option(names = "--watch-config", description = "Read the configuration again when it changes, as on SIGHUP.")
    private boolean watchConfig;

    @Option(
            names = "--log-format",
            paramLabel = "json|text",
            defaultValue = "text",
            description = "How lines of the log look: text (default), or one JSON object each.")
    private LogFormat logFormat;

    @Option(
            names = "--dev",
            description = "Start a dev-broker beside the run, make the topics of the rules in it, and send there.")
    private boolean dev;

    @Option(
            names = "--dev-data",
            paramLabel = "DIR",
            description = "Where the dev-broker keeps its topics. Default: dev-broker beside the checkpoint.")
    private Path devData;

    @ArgGroup
    private Decision decision;

    /** How a checkpoint that is new goes on, where Kafka has positions of another one. */
    private static final class Decision {
        @Option(
                names = "--adopt",
                paramLabel = "NAME",
                description =
                        "Take over this instance: stop the run that uses it, and go on from what it has delivered."
                            + " Counts until this checkpoint has a name in Kafka. 'pickaroon positions list' has the"
                            + " names.")
        private String adopt;

        @Option(
                names = "--start-anew",
                description =
                        "Send everything again, even what Kafka has positions of. Counts until this checkpoint has a"
                                + " name in Kafka.")
        private boolean startAnew;
    }

    @Mixin
    private OutputOptions outputOptions;

    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec spec;

    public RunCommand(Terminal terminal, Installation installation) {
        this.terminal = terminal;
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        if (fromBeginning && !once) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--from-beginning needs --once; to have a run that follows files begin anew, stop it and use"
                            + " 'pickaroon checkpoint reset'");
        }
        FatalErrors.endTheProcess(common.stackTraces());
        LogbackSetup.format(logFormat);
        LogbackSetup.apply(outputOptions.quiet(), common.stackTraces());
        return new RunProcess(terminal, installation, outputOptions)
                .runToItsEnd(new RunRequest(
                        configuration.file(),
                        new RunOptions(once, fromBeginning),
                        watchConfig,
                        dev || devData != null
                                ? Optional.of(new RunRequest.DevBroker(Optional.ofNullable(devData)))
                                : Optional.empty(),
                        new StartOrders(
                                Optional.ofNullable(decision).map(given -> given.adopt),
                                decision != null && decision.startAnew,
                                StartOrders.option(configuration.file()))));
    }
}
