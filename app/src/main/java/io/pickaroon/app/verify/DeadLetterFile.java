package io.pickaroon.app.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pickaroon.processor.directio.NativePath;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The ids in a file of dead letters: a JSON object in each line. */
final class DeadLetterFile {
    private static final JsonFactory JSON = new JsonFactory();

    private DeadLetterFile() {}

    /** Passes on the id of each line that has one; none if there is no file. */
    static void read(Path path, BooleanSupplier goesOn, Consumer<byte[]> ids) throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null && goesOn.getAsBoolean(); line = lines.readLine()) {
                String id = id(line, path);
                if (!id.isEmpty()) {
                    ids.accept(id.getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
    }

    private static String id(String line, Path path) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "";
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isId = parser.currentName().equals("id");
                parser.nextToken();
                if (isId) {
                    return parser.getValueAsString("");
                }
                parser.skipChildren();
            }
            return "";
        } catch (IOException e) {
            throw new IOException(
                    "%s: a line of the dead letters is no JSON object; move the file away if it is another one"
                            .formatted(NativePath.printable(path)),
                    e);
        }
    }
}
