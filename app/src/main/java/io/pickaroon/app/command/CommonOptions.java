package io.pickaroon.app.command;

import picocli.CommandLine.Option;

/** Options that every command has. */
public final class CommonOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(names = "--stacktrace", description = "Show where in the program an error happened.")
    private boolean stackTraces;

    public boolean stackTraces() {
        return stackTraces;
    }
}
