package io.pickaroon.app;

import io.pickaroon.app.command.CommonOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself, without a command: it can only say what commands there are. */
@Command(
        name = "pickaroon",
        versionProvider = VersionText.class,
        description = "Picks the records that match your rules out of log files of any size, moves them to Kafka, and"
                + " never loses its place.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  pickaroon demo                      everything on this machine, just to see it",
            "  pickaroon scan app.log -e ERROR     look only, like grep",
            "  pickaroon fix app.log -F ERROR --replace FIXED",
            "                                      change what matches, in the file",
            "  pickaroon check -c pickaroon.yaml   is the configuration right?",
            "  pickaroon run -c pickaroon.yaml     read, deliver, remember the place",
            "",
            "Exit codes: 0 done, 1 something went wrong, 2 a mistake in what was asked for,",
            "3 out of memory, 4 a person has to decide (nothing was read or sent),",
            "130 and 143 ended by a signal after a clean checkpoint."
        })
final class PickaroonCommand implements Runnable {
    @Mixin
    private CommonOptions common;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }
}
