package io.pickaroon.app;

import picocli.CommandLine.Option;

/** Options that every command has. */
final class CommonOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(names = "--stacktrace", description = "Show where in the program an error happened.")
    private boolean stackTraces;

    boolean stackTraces() {
        return stackTraces;
    }
}
