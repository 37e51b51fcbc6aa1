package io.pickaroon.app.fix;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pickaroon.app.error.UserError;
import io.pickaroon.connect.split.Split;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Asks a Kafka Connect cluster which offsets a connector has committed. */
final class ConnectorOffsets {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int MOST_SHOWN = 1000;

    private ConnectorOffsets() {}

    /**
     * The offset of each split that has one, as Connect keeps it.
     *
     * @throws UserError if there is no such connector, or it is none of Pickaroon
     * @throws IOException if nothing answers, or not with offsets; the message says what to do
     */
    static Map<Split, Map<String, Object>> read(ConnectorAddress address) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.offsets()).timeout(PATIENCE).header("Accept", "application/json");
        address.authorization().ifPresent(secret -> request.header("Authorization", secret));
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_PATIENCE)
                .build()) {
            HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                requireOk(address, answer.statusCode(), body);
                return parse(address, body);
            }
        } catch (JacksonException e) {
            throw new IOException(
                    "%s: answers with something else than offsets; is it the REST address of Kafka Connect?"
                            .formatted(address.offsets()),
                    e);
        } catch (IOException e) {
            throw e.getMessage() != null
                            && e.getMessage().startsWith(address.connector().toString())
                    ? e
                    : new IOException(
                            "%s: cannot be asked (%s); no file was changed. Try again when a worker answers there"
                                    .formatted(address.offsets(), reason(e)),
                            e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static void requireOk(ConnectorAddress address, int status, InputStream body) throws IOException {
        if (status == OK) {
            return;
        }
        if (status == NOT_FOUND) {
            throw new UserError("%s: there is no connector of this name (HTTP 404); %s lists those that there are"
                    .formatted(address, address.connector().resolve(".")));
        }
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            throw new IOException(
                    "%s: answers with HTTP %d; write a user that may read it as http://USER:PASSWORD@HOST.."
                            .formatted(address, status));
        }
        String text = new String(body.readNBytes(MOST_SHOWN), StandardCharsets.UTF_8);
        throw new IOException("%s: answers with HTTP %d, %s; no file was changed. Try again"
                .formatted(address.offsets(), status, text.isBlank() ? "without a word" : text.strip()));
    }

    /** {@code {"offsets": [{"partition": {..}, "offset": {..}}]}}. */
    private static Map<Split, Map<String, Object>> parse(ConnectorAddress address, InputStream body)
            throws IOException {
        Map<Split, Map<String, Object>> offsets = new LinkedHashMap<>();
        boolean isAnswer = false;
        try (JsonParser json = new JsonFactory().createParser(body)) {
            require(json.nextToken() == JsonToken.START_OBJECT, address);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean areOffsets = json.currentName().equals("offsets");
                JsonToken value = json.nextToken();
                if (areOffsets) {
                    require(value == JsonToken.START_ARRAY, address);
                    isAnswer = true;
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        offset(json, address, offsets);
                    }
                } else {
                    json.skipChildren();
                }
            }
        }
        require(isAnswer, address);
        return offsets;
    }

    private static void offset(JsonParser json, ConnectorAddress address, Map<Split, Map<String, Object>> offsets)
            throws IOException {
        Map<String, Object> partition = Map.of();
        Optional<Map<String, Object>> offset = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value != JsonToken.START_OBJECT) {
                json.skipChildren();
            } else if (name.equals("partition")) {
                partition = primitives(json);
            } else if (name.equals("offset")) {
                offset = Optional.of(primitives(json));
            } else {
                json.skipChildren();
            }
        }
        Map<String, Object> named = partition;
        Split split = Split.ofPartition(partition)
                .orElseThrow(() -> new UserError(
                        "%s: is no connector of Pickaroon: it has the partition %s".formatted(address, named)));
        offset.ifPresent(kept -> offsets.put(split, kept));
    }

    private static Map<String, Object> primitives(JsonParser json) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            Object value = switch (json.nextToken()) {
                case VALUE_STRING -> json.getText();
                case VALUE_NUMBER_INT -> json.getNumberValue();
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case VALUE_NULL -> null;
                default -> {
                    json.skipChildren();
                    yield "";
                }
            };
            if (value != null) {
                object.put(name, value);
            }
        }
        return object;
    }

    private static void require(boolean fulfilled, ConnectorAddress address) throws IOException {
        if (!fulfilled) {
            throw new IOException(
                    "%s: answers with something else than offsets; is it the REST address of Kafka Connect?"
                            .formatted(address.offsets()));
        }
    }
}
