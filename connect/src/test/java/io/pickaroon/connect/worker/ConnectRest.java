package io.pickaroon.connect.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * What a worker is asked through REST. While a cluster finds itself anew, it refuses requests; such a request is made again
 * until it is answered. Safe for use by several threads.
 *
 * @param address such as {@code http://127.0.0.1:8083}
 */
record ConnectRest(URI address) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int CONFLICT = 409;
    private static final int SERVER_ERROR = 500;

    /**
     * @param status of HTTP
     * @param text as {@code curl} prints it
     */
    record Answer(int status, String text) {
        JsonNode json() throws IOException {
            return text.isEmpty() ? NullNode.getInstance() : JSON.readTree(text);
        }

        /** What Connect says about it. */
        String message() throws IOException {
            return json().path("message").asText();
        }

        /** The worker that would have to do it does not answer, or not yet. */
        private boolean isForNow() throws IOException {
            return status == CONFLICT
                    || status == SERVER_ERROR
                            && (message().startsWith("IO Error trying to forward REST request")
                                    || message().startsWith("Request timed out"));
        }
    }

    /** Status of HTTP; 200: the worker can be asked; 0: nobody listens. */
    int health() throws IOException, InterruptedException {
        try {
            return once("GET", "/health", "").status();
        } catch (ConnectException _) {
            return 0;
        }
    }

    /** Class and version of each connector that is installed. */
    JsonNode plugins() throws IOException, InterruptedException {
        return answered("GET", "/connector-plugins", "").json();
    }

    /** What is wrong with a configuration. */
    JsonNode validate(String connectorClass, Map<String, String> properties) throws IOException, InterruptedException {
        return answered(
                        "PUT",
                        "/connector-plugins/" + connectorClass + "/config/validate",
                        JSON.writeValueAsString(properties))
                .json();
    }

    /** Makes a connector, or gives it another configuration. */
    Answer put(String connector, Map<String, String> properties) throws IOException, InterruptedException {
        return send("PUT", "/connectors/" + connector + "/config", JSON.writeValueAsString(properties));
    }

    /** Makes a connector that does nothing before {@link #resume}. */
    Answer createStopped(String connector, Map<String, String> properties) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode().put("name", connector).put("initial_state", "STOPPED");
        body.set("config", JSON.valueToTree(properties));
        return send("POST", "/connectors", body.toString());
    }

    Answer delete(String connector) throws IOException, InterruptedException {
        return send("DELETE", "/connectors/" + connector, "");
    }

    Answer stop(String connector) throws IOException, InterruptedException {
        return send("PUT", "/connectors/" + connector + "/stop", "");
    }

    Answer resume(String connector) throws IOException, InterruptedException {
        return send("PUT", "/connectors/" + connector + "/resume", "");
    }

    /** State of the connector and of each task, with the worker that runs it; the last ones that were told. */
    JsonNode status(String connector) throws IOException, InterruptedException {
        return send("GET", "/connectors/" + connector + "/status", "").json();
    }

    /** Returns when the status is as wanted. */
    JsonNode awaitStatus(String connector, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        JsonNode status = status(connector);
        while (!wanted.test(status)) {
            if (System.nanoTime() > deadlineNanos) {
                throw new IOException("the status is not as wanted: " + status);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            status = status(connector);
        }
        return status;
    }

    /** Returns when it is stopped, and its tasks are gone. */
    void awaitStopped(String connector) throws IOException, InterruptedException {
        awaitStatus(
                connector,
                status -> status.at("/connector/state").asText().equals("STOPPED")
                        && status.path("tasks").isEmpty());
    }

    /**
     * Returns when the connector and this many tasks run.
     *
     * @throws IllegalStateException if one has failed, as Connect does not start it again
     */
    JsonNode awaitRunning(String connector, int tasks) throws IOException, InterruptedException {
        return awaitStatus(connector, status -> {
            List<String> states = status.path("tasks").findValuesAsText("state");
            if (states.contains("FAILED")) {
                throw new IllegalStateException("a task has failed: " + status);
            }
            return status.at("/connector/state").asText().equals("RUNNING")
                    && states.size() == tasks
                    && states.stream().allMatch("RUNNING"::equals);
        });
    }

    /** The offsets of a connector by the text of their split, sorted by Connect. */
    Map<String, JsonNode> offsets(String connector) throws IOException, InterruptedException {
        Map<String, JsonNode> offsets = new LinkedHashMap<>();
        JsonNode json =
                answered("GET", "/connectors/" + connector + "/offsets", "").json();
        for (JsonNode offset : json.path("offsets")) {
            offsets.put(offset.at("/partition/split").asText(), offset.path("offset"));
        }
        return offsets;
    }

    /** Sets offsets of a stopped connector; one that is null is deleted. */
    Answer patchOffsets(String connector, Map<String, Map<String, Object>> offsets)
            throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        offsets.forEach((split, offset) -> {
            ObjectNode entry = body.withArray("offsets").addObject();
            entry.putObject("partition").put("split", split);
            entry.set("offset", JSON.valueToTree(offset));
        });
        return send("PATCH", "/connectors/" + connector + "/offsets", body.toString());
    }

    /** Deletes all offsets of a stopped connector. */
    Answer deleteOffsets(String connector) throws IOException, InterruptedException {
        return send("DELETE", "/connectors/" + connector + "/offsets", "");
    }

    private Answer answered(String method, String path, String body) throws IOException, InterruptedException {
        Answer answer = send(method, path, body);
        if (answer.status() != 200) {
            throw new IOException("%s %s: %s".formatted(method, path, answer));
        }
        return answer;
    }

    private Answer send(String method, String path, String body) throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        Answer answer = once(method, path, body);
        while (answer.isForNow() && System.nanoTime() < deadlineNanos) {
            LockSupport.parkNanos(PAUSE.toNanos());
            answer = once(method, path, body);
        }
        return answer;
    }

    private Answer once(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        var response = CLIENT.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }
}
