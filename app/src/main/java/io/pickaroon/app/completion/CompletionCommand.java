package io.pickaroon.app.completion;

import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.terminal.Terminal;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pickaroon completion}: lets a shell complete commands and options. */
@Command(
        name = "completion",
        description = "Prints a script with which bash and zsh complete the commands and options of pickaroon.",
        footer = {
            "",
            "Examples:",
            "  pickaroon completion >~/.local/share/bash-completion/completions/pickaroon",
            "  source <(pickaroon completion)      for this shell only"
        })
public final class CompletionCommand implements Runnable {
    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec spec;

    public CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        terminal.text().print(AutoComplete.bash("pickaroon", spec.root().commandLine()));
        terminal.text().flush();
    }
}
