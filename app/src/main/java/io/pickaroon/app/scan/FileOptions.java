package io.pickaroon.app.scan;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.inputs.discovery.FileGlob;
import io.pickaroon.processor.directio.NativePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Options that say which files are read. */
final class FileOptions {
    private static final String RECURSIVE = "-r";
    private static final String RECURSIVE_WITH_LINKS = "-R";
    private static final Pattern NUMBER_OF_LINES = Pattern.compile("-\\d+");

    private final CommandModel command;
    private final Supplier<List<Path>> named;
    private final Supplier<List<String>> included;
    private final Supplier<List<String>> excluded;
    private final Supplier<Boolean> hidesErrors;

    FileOptions(CommandModel command) {
        this.command = command;
        named = command.optionalParameters(
                Path.class,
                "FILE",
                "The files to read; - is standard input, which is also read where no file is named.");
        command.flag("Search directories, without following links in them.", RECURSIVE, "--recursive");
        command.flag("Search directories, and follow links.", RECURSIVE_WITH_LINKS, "--dereference-recursive");
        included = globs("Only files whose names match this pattern. Several may be given.", "--include");
        excluded = globs("No files whose names match this pattern. Several may be given.", "--exclude");
        hidesErrors = command.flag("Do not say which files cannot be read.", "-s", "--no-messages");
    }

    private Supplier<List<String>> globs(String description, String name) {
        return command.list(String.class, names(name).paramLabel("GLOB").description(description));
    }

    FileChoice choice() {
        FileChoice.Recursion recursion = command.lastGiven(RECURSIVE, RECURSIVE_WITH_LINKS)
                .map(last ->
                        last.equals(RECURSIVE) ? FileChoice.Recursion.WITHOUT_LINKS : FileChoice.Recursion.WITH_LINKS)
                .orElse(FileChoice.Recursion.REFUSED);
        return new FileChoice(
                files(recursion), recursion, globs(included.get()), globs(excluded.get()), hidesErrors.get());
    }

    private List<Path> files(FileChoice.Recursion recursion) {
        if (!named.get().isEmpty()) {
            named.get().forEach(this::requireName);
            return named.get();
        }
        if (recursion != FileChoice.Recursion.REFUSED) {
            return List.of(Path.of(""));
        }
        if (Terminal.inputIsTerminal()) {
            throw command.mistake("name a FILE, or send something to standard input");
        }
        return List.of(StandardInput.argument());
    }

    /** A name that is empty would mean the working directory, and -5 is what grep has for -C 5. */
    private void requireName(Path file) {
        String text = NativePath.text(file);
        if (text.isEmpty()) {
            throw command.mistake("the name of a FILE is empty");
        }
        if (NUMBER_OF_LINES.matcher(text).matches() && !Files.exists(file)) {
            throw command.mistake("unknown option %s; did you mean -C %s?".formatted(text, text.substring(1)));
        }
    }

    private static List<FileGlob> globs(List<String> patterns) {
        if (patterns.isEmpty()) {
            return List.of();
        }
        Path directory = NativePath.workingDirectory();
        return patterns.stream()
                .map(pattern -> FileGlob.ofNameOrPath(pattern, directory))
                .toList();
    }
}
