package io.pickaroon.app.command;

import static io.pickaroon.app.command.CommandModel.names;

import java.util.function.Supplier;

/** Options that every command has. */
public final class CommonOptions {
    private final Supplier<Boolean> stackTraces;

    public CommonOptions(CommandModel command) {
        command.flag(names("-h", "--help").usageHelp(true).description("Show this help and exit."));
        stackTraces = command.flag("Show where in the program an error happened.", "--stacktrace");
    }

    public boolean stackTraces() {
        return stackTraces.get();
    }
}
