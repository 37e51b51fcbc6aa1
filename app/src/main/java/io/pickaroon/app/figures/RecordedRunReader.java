package io.pickaroon.app.figures;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pickaroon.app.error.UserError;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link RecordedRunJson} has written. Fields that it does not know are passed over. */
public final class RecordedRunReader {
    private final Path file;

    private RecordedRunReader(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws UserError if it is no such file, or one of a later format
     */
    public static RecordedRun read(Path file) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(Files.newInputStream(file))) {
            return new RecordedRunReader(file).run(json);
        } catch (NoSuchFileException e) {
            throw new UserError(NativePath.printable(file) + ": no such file", e);
        } catch (JacksonException e) {
            throw new UserError(
                    "%s: this is no plan and no ledger of a run: line %d is no JSON; write one with 'pickaroon plan --json' or 'pickaroon run --once --ledger'"
                            .formatted(
                                    NativePath.printable(file),
                                    e.getLocation() == null
                                            ? 1
                                            : e.getLocation().getLineNr()),
                    e);
        }
    }

    private RecordedRun run(JsonParser json) throws IOException {
        json.nextToken();
        Map<?, ?> run = object(value(json), "the file");
        if (!RecordedRunJson.FORMAT.equals(run.get("format"))) {
            throw mistake("'format' is not '" + RecordedRunJson.FORMAT + "'");
        }
        if (number(run, "formatVersion") != RecordedRunJson.VERSION) {
            throw new UserError("%s: format version %d is of another Pickaroon; this one reads version %d"
                    .formatted(NativePath.printable(file), number(run, "formatVersion"), RecordedRunJson.VERSION));
        }
        String kind = text(run, "kind");
        return new RecordedRun(
                Arrays.stream(RecordedRun.Kind.values())
                        .filter(each -> each.word().equals(kind))
                        .findFirst()
                        .orElseThrow(() -> mistake("'kind' is neither plan nor ledger")),
                origin(run),
                figures(run),
                list(run, "files").stream().map(this::file).toList(),
                list(run, "problems").stream()
                        .map(problem -> new RecordedRun.Problem(text(problem, "path"), text(problem, "message")))
                        .toList());
    }

    private RecordedRun.Origin origin(Map<?, ?> run) {
        Map<?, ?> configuration = object(run.get("configuration"), "'configuration'");
        return new RecordedRun.Origin(
                text(run, "version"),
                text(run, "host"),
                text(run, "at"),
                run.get("seconds") instanceof Number seconds ? seconds.doubleValue() : 0,
                text(configuration, "path"),
                text(configuration, "sha256"));
    }

    private FileInRun file(Map<?, ?> of) {
        return new FileInRun(
                new FileInRun.Place(text(of, "input"), text(of, "path"), text(of, "identity")),
                number(of, "start"),
                number(of, "end"),
                figures(of),
                list(of, "rules").stream()
                        .map(rule -> new RuleInFile(text(rule, "id"), figures(rule)))
                        .toList());
    }

    private Map<String, Long> figures(Map<?, ?> of) {
        Map<?, ?> figures = object(of.get("figures"), "'figures'");
        Map<String, Long> numbers = new LinkedHashMap<>();
        figures.keySet().forEach(name -> numbers.put(name.toString(), number(figures, name.toString())));
        return numbers;
    }

    private List<Map<?, ?>> list(Map<?, ?> of, String name) {
        if (!(of.get(name) instanceof List<?> items)) {
            throw mistake("there is no list '" + name + "'");
        }
        List<Map<?, ?>> objects = new ArrayList<>();
        items.forEach(item -> objects.add(object(item, "an item of '" + name + "'")));
        return objects;
    }

    private Map<?, ?> object(Object value, String what) {
        if (value instanceof Map<?, ?> object) {
            return object;
        }
        throw mistake(what + " is no object");
    }

    private String text(Map<?, ?> of, String name) {
        if (of.get(name) instanceof String text) {
            return text;
        }
        throw mistake("there is no text '" + name + "'");
    }

    private long number(Map<?, ?> of, String name) {
        if (of.get(name) instanceof Long number) {
            return number;
        }
        throw mistake("'" + name + "' is no whole number");
    }

    private UserError mistake(String what) {
        return new UserError(
                "%s: this is no plan and no ledger of a run: %s".formatted(NativePath.printable(file), what));
    }

    /** A value as maps, lists, texts and numbers; jackson bounds how deep it is nested. */
    private Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> object = new LinkedHashMap<>();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String name = json.currentName();
                    json.nextToken();
                    object.put(name, value(json));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(json));
                }
                yield items;
            }
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null, default -> "";
        };
    }
}
