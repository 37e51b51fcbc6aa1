package io.pickaroon.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.problem.Problem;
import io.pickaroon.config.problem.SettingsException;
import io.pickaroon.config.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A settings file on disk, as the tests write and read it. */
public record SettingsFile(Path path, Map<String, String> environment) {
    public static final Path EXAMPLES = Path.of("examples");

    /** The smallest file that is right; tests put their own lines behind it or change it. */
    public static final String VALID = """
        inputs:
          - id: app
            include: [ /var/log/app.log ]
        rules:
          - id: errors
            match: { literal: ERROR }
            emit: { topic: errors }
        output:
          console: {}
        """;

    public static SettingsFile of(Path directory, String text) {
        return of(directory, text.getBytes(StandardCharsets.UTF_8));
    }

    public static SettingsFile of(Path directory, byte[] bytes) {
        try {
            return new SettingsFile(Files.write(directory.resolve("test.yaml"), bytes), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Path> examples() throws IOException {
        try (var files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    public SettingsFile with(Map<String, String> variables) {
        return new SettingsFile(path, variables);
    }

    public Settings read() throws SettingsException {
        return SettingsReader.read(path, environment::get);
    }

    /** Everything that is wrong, each as {@code line:column message; suggestion}. */
    public List<String> mistakes() {
        return mistakes(RegexCheck.NONE);
    }

    public List<String> mistakes(RegexCheck regexCheck) {
        SettingsException refused = catchThrowableOfType(
                SettingsException.class, () -> SettingsReader.read(path, environment::get, regexCheck));
        return refused == null
                ? List.of()
                : refused.problems().stream().map(SettingsFile::line).toList();
    }

    private static String line(Problem problem) {
        return problem.line() + ":" + problem.column() + " " + problem.message()
                + problem.suggestion().map(text -> "; " + text).orElse("");
    }
}
