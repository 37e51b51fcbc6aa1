package io.pickaroon.app.search;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.command.CommandModel;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.ParameterException;

/** What a command looks for. */
public final class PatternOptions {
    private final CommandModel command;
    private final Supplier<List<String>> expressions;
    private final Supplier<List<String>> literals;
    private final Supplier<Boolean> ignoreCase;

    public PatternOptions(CommandModel command) {
        this.command = command;
        expressions = command.list(
                String.class,
                names("-e", "--regexp")
                        .paramLabel("PATTERN")
                        .description("Look for this regular expression (RE2 syntax). Several may be given."));
        literals = command.list(
                String.class,
                names("-F", "--literal")
                        .paramLabel("TEXT")
                        .description("Look for this text as it stands. Several may be given."));
        ignoreCase = command.flag("Match ASCII letters in either case.", "-i", "--ignore-case");
    }

    /**
     * What to search for.
     *
     * @throws ParameterException if nothing was given
     */
    public Wanted wanted() {
        if (expressions.get().isEmpty() && literals.get().isEmpty()) {
            throw command.mistake("say what to look for with -e PATTERN or -F TEXT");
        }
        return given();
    }

    /** What was given, which may be nothing. */
    public Wanted given() {
        return new Wanted(expressions.get(), literals.get(), ignoreCase.get());
    }
}
