package io.pickaroon.config.gitleaks;

import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Problem;
import io.pickaroon.config.yaml.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/** The text of a TOML file, what is wrong with it, and what its writer may not expect. Used by one thread. */
final class TomlFile {
    private static final int MOST_BYTES = 4 << 20;
    /** One mistake of syntax may bring others with it. */
    private static final int MOST_SYNTAX_MISTAKES = 10;

    private final Path path;
    private final SourceText source;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    private TomlFile(Path path, String text) {
        this.path = path;
        this.source = SourceText.of(path, text);
    }

    static TomlFile read(Path path) throws UnreadableFileException {
        return new TomlFile(path, textOf(path));
    }

    private static String textOf(Path path) throws UnreadableFileException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new UnreadableFileException("it is larger than 4 MiB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException _) {
            throw new UnreadableFileException("there is no such file");
        } catch (AccessDeniedException _) {
            throw new UnreadableFileException("no permission to read it");
        } catch (CharacterCodingException _) {
            throw new UnreadableFileException("it is not text in UTF-8");
        } catch (IOException e) {
            throw new UnreadableFileException(
                    Files.isDirectory(path) ? "it is a directory" : "it cannot be read: " + e.getMessage());
        }
    }

    /** All of it; what is no TOML is reported. */
    TomlSection root() {
        TomlParseResult result = Toml.parse(source.text());
        result.errors().stream()
                .limit(MOST_SYNTAX_MISTAKES)
                .forEach(error -> report(place(error), "this is no TOML: " + error.getMessage()));
        return new TomlSection(this, result, Place.START, "the file");
    }

    private static Place place(TomlParseError error) {
        return place(error.position());
    }

    static Place place(TomlPosition position) {
        return position == null ? Place.START : new Place(position.line(), position.column());
    }

    Path path() {
        return path;
    }

    void report(Place place, String message) {
        problems.add(problem(place, message, Optional.empty()));
    }

    void report(Place place, String message, Optional<String> suggestion) {
        problems.add(problem(place, message, suggestion));
    }

    void warn(Place place, String message, Optional<String> suggestion) {
        warnings.add(problem(place, message, suggestion));
    }

    Problem problem(Place place, String message, Optional<String> suggestion) {
        return source.problem(place, message, suggestion);
    }

    List<Problem> problems() {
        return problems;
    }

    List<Problem> warnings() {
        return warnings;
    }
}
