package io.pickaroon.connectors.kafka.claim;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** A set of texts as a JSON array, in their order. */
public final class TextList {
    private TextList() {}

    public static void write(JsonGenerator json, String field, Set<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : new TreeSet<>(texts)) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /**
     * Reads the value of the present field.
     *
     * @throws IOException if it is not a list of texts
     */
    public static Set<String> read(JsonParser json) throws IOException {
        String field = json.currentName();
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new IOException("'" + field + "' is not a list");
        }
        Set<String> texts = new HashSet<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw new IOException("'" + field + "' is not a list of texts");
            }
            texts.add(json.getText());
        }
        return texts;
    }
}
