package io.pickaroon.app.search;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a command looks for. */
public final class PatternOptions {
    @Option(
            names = {"-e", "--regexp"},
            paramLabel = "PATTERN",
            description = "Look for this regular expression (RE2 syntax). Several may be given.")
    private List<String> expressions = List.of();

    @Option(
            names = {"-F", "--literal"},
            paramLabel = "TEXT",
            description = "Look for this text as it stands. Several may be given.")
    private List<String> literals = List.of();

    @Option(
            names = {"-i", "--ignore-case"},
            description = "Match ASCII letters in either case.")
    private boolean ignoreCase;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /**
     * What to search for.
     *
     * @throws ParameterException if nothing was given
     */
    public Wanted wanted() {
        if (expressions.isEmpty() && literals.isEmpty()) {
            throw new ParameterException(command.commandLine(), "say what to look for with -e PATTERN or -F TEXT");
        }
        return new Wanted(expressions, literals, ignoreCase);
    }
}
