package io.pickaroon.app.scan;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.terminal.Terminal;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.OptionSpec;

/** Options that say which records are meant, and how they are printed. */
final class ScanOptions {
    private static final int NOT_GIVEN = -1;
    private static final String NAMES_OF_FOUND = "-l";
    private static final String NAMES_OF_NOT_FOUND = "-L";
    private static final String WITH_NAMES = "-H";
    private static final String WITHOUT_NAMES = "-I";

    private enum Color {
        ALWAYS,
        AUTO,
        NEVER
    }

    private final CommandModel command;
    private final Supplier<Boolean> invert;
    private final Supplier<Long> mostCount;
    private final Supplier<Integer> after;
    private final Supplier<Integer> before;
    private final Supplier<Integer> around;
    private final Supplier<Boolean> count;
    private final Supplier<Boolean> byPattern;
    private final Supplier<Boolean> quiet;
    private final Supplier<Boolean> numbers;
    private final Supplier<Boolean> matchesOnly;
    private final Supplier<String> color;

    ScanOptions(CommandModel command) {
        this.command = command;
        invert = command.flag("Select the records that do not match.", "-v", "--invert-match");
        mostCount = command.option(names("-m", "--max-count")
                .type(long.class)
                .paramLabel("N")
                .initialValue(Long.MAX_VALUE)
                .description("Stop reading a file after N selected records."));
        after = context("Print N records after each, too.", "-A", "--after-context");
        before = context("Print N records before each, too.", "-B", "--before-context");
        around = context("Print N records before and after each, too.", "-C", "--context");
        count = command.flag("Print how many records are selected instead of the records.", "-c", "--count");
        byPattern = command.flag("Print how many records each pattern matches.", "--by-pattern");
        command.flag("Print the names of files with a selected record.", NAMES_OF_FOUND, "--files-with-matches");
        command.flag("Print the names of files without.", NAMES_OF_NOT_FOUND, "--files-without-match");
        quiet = command.flag(
                "Print nothing, and stop at the first selected record: the exit code tells.", "-q", "--quiet");
        numbers = command.flag("Print the number of each record in its file.", "-n", "--line-number");
        matchesOnly = command.flag("Print what matches, each match in a line.", "-o", "--only-matching");
        command.flag("Print the file's name before each record.", WITH_NAMES, "--with-filename");
        command.flag("Print no names of files.", WITHOUT_NAMES, "--no-filename");
        color = command.option(names("--color", "--colour")
                .type(String.class)
                .arity("0..1")
                .paramLabel("WHEN")
                .initialValue("auto")
                .preprocessor((arguments, _, _, info) -> {
                    // Without = it stands alone: the next argument is not its value.
                    if (" ".equals(info.get("separator"))) {
                        arguments.push("auto");
                    }
                    return false;
                })
                .description("Use colors: always, never, or auto: on a terminal, unless NO_COLOR is set."));
    }

    private Supplier<Integer> context(String description, String... names) {
        OptionSpec.Builder option = names(names);
        return command.option(
                option.type(int.class).paramLabel("N").initialValue(NOT_GIVEN).description(description));
    }

    Answer answer() {
        if (quiet.get()) {
            return Answer.NOTHING;
        }
        Optional<String> names = command.lastGiven(NAMES_OF_FOUND, NAMES_OF_NOT_FOUND);
        if (names.isPresent()) {
            return names.get().equals(NAMES_OF_FOUND) ? Answer.NAME_IF_FOUND : Answer.NAME_IF_NOT_FOUND;
        }
        if (byPattern.get()) {
            if (invert.get() || mostCount.get() != Long.MAX_VALUE) {
                throw command.mistake("--by-pattern counts matches in all of a file: leave out -v and -m");
            }
            return Answer.COUNT_BY_PATTERN;
        }
        return count.get() ? Answer.COUNT : Answer.RECORDS;
    }

    Selection selection() {
        requireNumber("-m", mostCount.get(), 0);
        requireNumber("-A", after.get(), NOT_GIVEN);
        requireNumber("-B", before.get(), NOT_GIVEN);
        requireNumber("-C", around.get(), NOT_GIVEN);
        return new Selection(invert.get(), mostCount.get(), given(before), given(after));
    }

    private int given(Supplier<Integer> side) {
        return side.get() == NOT_GIVEN ? around.get() : side.get();
    }

    private void requireNumber(String option, long value, long lowest) {
        if (value < lowest) {
            throw command.mistake("%s: %d is less than 0".formatted(option, value));
        }
    }

    Layout layout(Terminal terminal, boolean severalFiles) {
        boolean names = command.lastGiven(WITH_NAMES, WITHOUT_NAMES)
                .map(WITH_NAMES::equals)
                .orElse(severalFiles);
        boolean isSeen = terminal.outputIsSeen();
        return new Layout(names, numbers.get(), matchesOnly.get(), colors(isSeen), isSeen);
    }

    private boolean colors(boolean isSeen) {
        return switch (color()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> isSeen && isUnset("NO_COLOR") && !"dumb".equals(System.getenv("TERM"));
        };
    }

    private Color color() {
        try {
            return Color.valueOf(color.get().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw command.mistake("--color=%s: expected always, auto or never".formatted(color.get()));
        }
    }

    private static boolean isUnset(String variable) {
        String value = System.getenv(variable);
        return value == null || value.isEmpty();
    }
}
