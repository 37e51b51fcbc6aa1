package io.pickaroon.connectors.ndjson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.records.emit.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes matches as JSON objects: {@code file}, {@code offset}, {@code rule}, {@code id} and {@code record}.
 *
 * <p>{@code record} is the record as text. If it is not valid UTF-8, invalid bytes appear as U+FFFD, and
 * {@code recordBase64} has the exact bytes. {@code truncated: true} means that the record was longer than the limit,
 * and this is its head. Of a rule with a context {@code context} says how many of the records in {@code record} stand {@code
 * before} the one that matched, and how many {@code after} it.
 */
public final class MatchJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int JSON_OVERHEAD_BYTES = 256;

    private MatchJson() {}

    /** A generator that writes root values with nothing between them. */
    public static JsonGenerator generator(OutputStream out) throws IOException {
        JsonGenerator json = FACTORY.createGenerator(out);
        json.setRootValueSeparator(null);
        return json;
    }

    /** The object of one match as UTF-8. */
    public static byte[] object(String path, MatchBatch matches, int match, String id) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(matches.length(match) + JSON_OVERHEAD_BYTES);
        try (JsonGenerator json = generator(out)) {
            json.writeStartObject();
            writeFields(json, path, matches, match, id);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
        return out.toByteArray();
    }

    /** The fields of one match, into an object that is open. */
    public static void writeFields(JsonGenerator json, String path, MatchBatch matches, int match, String id)
            throws IOException {
        json.writeStringField("file", path);
        json.writeNumberField("offset", matches.recordOffset(match));
        json.writeStringField("rule", matches.rule(match).id());
        json.writeStringField("id", id);
        int start = matches.start(match);
        JsonText.write(json, "record", matches.array(), start, start + matches.length(match));
        if (matches.isHeadOnly(match)) {
            json.writeBooleanField("truncated", true);
        }
        if (!matches.rule(match).options().context().isEmpty()) {
            json.writeObjectFieldStart("context");
            json.writeNumberField("before", matches.contextBefore(match));
            json.writeNumberField("after", matches.contextAfter(match));
            json.writeEndObject();
        }
    }
}
