package io.pickaroon.app.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/**
 * The command line of one command. Each option is declared in the field that has its value after parsing: {@code null} where
 * it was not given and has no default.
 *
 * <p>Without annotations: reading those of one command takes longer than starting the JVM.
 */
public final class CommandModel {
    private final CommandSpec spec;

    /**
     * @param name what the user writes
     * @param command runs it: a {@link Runnable}, or a {@link java.util.concurrent.Callable} of the exit code
     */
    public CommandModel(String name, Object command) {
        this.spec = CommandSpec.wrapWithoutInspection(command).name(name);
    }

    /** What the command does, for its help. */
    public CommandModel description(String... lines) {
        spec.usageMessage().description(lines);
        return this;
    }

    /** What stands at the end of its help. */
    public CommandModel footer(String... lines) {
        spec.usageMessage().footer(lines);
        return this;
    }

    /** What its help calls its subcommands. */
    public CommandModel subcommandLabel(String label) {
        spec.usageMessage().synopsisSubcommandLabel(label);
        return this;
    }

    /** An option that is given or not. */
    public Supplier<Boolean> flag(String description, String... names) {
        return flag(names(names).description(description));
    }

    /** Like the other method, for a flag with more to say about it. */
    public Supplier<Boolean> flag(OptionSpec.Builder option) {
        return option(option.type(boolean.class).initialValue(false));
    }

    /** An option with a value, of the type that it is declared with. */
    public <T> Supplier<T> option(OptionSpec.Builder option) {
        OptionSpec built = option.build();
        spec.addOption(built);
        return built::getValue;
    }

    /** An option that may be given several times; empty where it is not. */
    public <T> Supplier<List<T>> list(Class<T> type, OptionSpec.Builder option) {
        return option(option.type(List.class).auxiliaryTypes(type).initialValue(List.of()));
    }

    /** An argument that is no option. */
    public <T> Supplier<T> parameter(Class<T> type, String label, String description) {
        return parameter(
                PositionalParamSpec.builder().type(type).paramLabel(label).description(description));
    }

    /** All arguments that are no options: at least one. */
    public <T> Supplier<List<T>> parameters(Class<T> type, String label, String description) {
        return parameter(PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(type)
                .arity("1..*")
                .paramLabel(label)
                .description(description));
    }

    /** All arguments that are no options: empty where there is none. */
    public <T> Supplier<List<T>> optionalParameters(Class<T> type, String label, String description) {
        PositionalParamSpec built = PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(type)
                .arity("0..*")
                .initialValue(List.of())
                .paramLabel(label)
                .description(description)
                .build();
        spec.addPositional(built);
        return built::getValue;
    }

    private <T> Supplier<T> parameter(PositionalParamSpec.Builder parameter) {
        PositionalParamSpec built = parameter.required(true).build();
        spec.addPositional(built);
        return built::getValue;
    }

    /**
     * Options of which at most one may be given. The value of each is {@code null} where it was not, of a flag, too.
     *
     * @param multiplicity {@code 0..1}, or {@code 1} if one has to be
     */
    public void oneOf(String multiplicity, OptionSpec... options) {
        ArgGroupSpec.Builder group = ArgGroupSpec.builder().multiplicity(multiplicity);
        for (OptionSpec option : options) {
            group.addArg(option);
        }
        spec.addArgGroup(group.build());
    }

    /** An option under all of its names. */
    public static OptionSpec.Builder names(String... names) {
        return OptionSpec.builder(
                names[0], List.of(names).subList(1, names.length).toArray(String[]::new));
    }

    /** Of an option that is given several times, and has one value, the last one counts. */
    public void letTheLastCount() {
        spec.parser().overwrittenOptionsAllowed(true);
    }

    /**
     * The one of these options that was given last, if any was.
     *
     * @param names the first name of each, as it is declared
     */
    public Optional<String> lastGiven(String... names) {
        return spec.commandLine().getParseResult().matchedOptions().reversed().stream()
                .map(option -> option.names()[0])
                .filter(List.of(names)::contains)
                .findFirst();
    }

    /** A mistake of the user in what was asked for. */
    public ParameterException mistake(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    public CommandSpec spec() {
        return spec;
    }
}
