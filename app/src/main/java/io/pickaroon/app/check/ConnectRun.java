package io.pickaroon.app.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.pickaroon.app.configuration.Configuration;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.terminal.CallerTexts;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Prints a configuration as the properties of a connector, and what does not carry over. Reads no file of an input. */
final class ConnectRun {
    private static final int LAST_PRINTABLE = '~';

    private ConnectRun() {}

    /**
     * Returns the exit code.
     *
     * @throws UserError if no rule of the configuration sends anything
     */
    static int run(Terminal terminal, Path file, Optional<String> label) throws IOException {
        Settings settings = Configuration.read(file, CallerTexts::variable);
        if (settings.rules().stream().allMatch(rule -> rule.emit().isEmpty())) {
            throw new UserError(
                    "%s: no connector can do this: no rule has 'emit', and a task sends records and changes no file; 'pickaroon run' does it"
                            .formatted(NativePath.printable(file)));
        }
        ConnectorExport export = ConnectorExport.of(settings, NativePath.workingDirectory(), label);
        terminal.text().println(json(export.properties()));
        export.notes().forEach(note -> terminal.errors().println(ByteText.printable(note)));
        export.problems().forEach(problem -> terminal.errors().println("error: " + ByteText.printable(problem)));
        return export.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** In ASCII: no byte of it commands a terminal. */
    private static String json(Map<String, String> properties) throws IOException {
        DefaultPrettyPrinter lines = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(new DefaultIndenter("  ", "\n"));
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setHighestNonEscapedChar(LAST_PRINTABLE).setPrettyPrinter(lines);
            json.writeStartObject();
            for (Map.Entry<String, String> property : properties.entrySet()) {
                json.writeStringField(property.getKey(), property.getValue());
            }
            json.writeEndObject();
        }
        return text.toString();
    }
}
