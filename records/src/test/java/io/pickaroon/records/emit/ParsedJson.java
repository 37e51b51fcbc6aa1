package io.pickaroon.records.emit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON objects as maps, in order, of texts, numbers, booleans and maps. Refuses a name that comes twice. */
final class ParsedJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ParsedJson() {}

    static Map<String, Object> of(byte[] object) {
        try (JsonParser json = FACTORY.createParser(object)) {
            json.nextToken();
            Map<String, Object> members = members(json);
            if (json.nextToken() != null) {
                throw new AssertionError("more than one object");
            }
            return members;
        } catch (IOException e) {
            throw new UncheckedIOException(FormFixture.text(object), e);
        }
    }

    private static Map<String, Object> members(JsonParser json) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            members.put(
                    name,
                    switch (json.nextToken()) {
                        case START_OBJECT -> members(json);
                        case VALUE_NUMBER_INT -> json.getLongValue();
                        case VALUE_TRUE -> true;
                        case VALUE_STRING -> json.getText();
                        default -> throw new AssertionError(json.currentToken());
                    });
        }
        return members;
    }
}
