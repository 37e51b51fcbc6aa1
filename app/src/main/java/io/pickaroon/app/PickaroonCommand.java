package io.pickaroon.app;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.Version;
import picocli.CommandLine.Model.CommandSpec;

/** The program itself, without a command: it can only say what commands there are. */
final class PickaroonCommand implements Runnable {
    private final CommandModel command = new CommandModel("pickaroon", this)
            .description(
                    "Picks the records that match your rules out of log files of any size, moves them to Kafka, and"
                            + " never loses its place.")
            .subcommandLabel("COMMAND")
            .footer(
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
                    "5 not all could be proven (verify alone), 130 and 143 ended by a signal after a",
                    "clean checkpoint.");

    PickaroonCommand() {
        new CommonOptions(command);
        command.flag(names("-V", "--version").versionHelp(true).description("Show the version and exit."));
        command.spec().versionProvider(() -> new String[] {Version.line()});
    }

    CommandSpec spec() {
        return command.spec();
    }

    @Override
    public void run() {
        throw command.mistake(
                "say what to do: " + String.join(", ", spec().subcommands().keySet()));
    }
}
