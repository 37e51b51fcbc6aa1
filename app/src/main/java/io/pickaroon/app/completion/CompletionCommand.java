package io.pickaroon.app.completion;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.terminal.Terminal;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pickaroon completion}: lets a shell complete commands and options. */
public final class CompletionCommand implements Runnable {
    private final Terminal terminal;
    private final CommandModel command = new CommandModel("completion", this)
            .description("Prints a script with which bash and zsh complete the commands and options of pickaroon.")
            .footer(
                    "",
                    "Examples:",
                    "  pickaroon completion >~/.local/share/bash-completion/completions/pickaroon",
                    "  source <(pickaroon completion)      for this shell only");

    public CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
        new CommonOptions(command);
    }

    public CommandSpec spec() {
        return command.spec();
    }

    @Override
    public void run() {
        terminal.text()
                .print(AutoComplete.bash("pickaroon", command.spec().root().commandLine()));
        terminal.text().flush();
    }
}
