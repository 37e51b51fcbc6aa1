package io.pickaroon.app.status;

import io.pickaroon.app.error.UserError;
import io.pickaroon.config.settings.HttpSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/** Asks another process for its status. */
public final class StatusClient {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");
    private static final int OK = 200;

    private StatusClient() {}

    /** Where a process with these settings answers, seen from the same machine. */
    public static URI address(HttpSettings settings) {
        String host = EVERY_ADDRESS.contains(settings.host()) ? "localhost" : settings.host();
        boolean bareIpv6 = host.contains(":") && !host.startsWith("[");
        return URI.create("http://%s:%d".formatted(bareIpv6 ? "[" + host + "]" : host, settings.port()));
    }

    /**
     * What {@code /status} answers.
     *
     * @param base such as {@code http://localhost:9600}
     * @param json as JSON, not as tables
     * @throws IOException if nothing answers, or something else does; the message says what to do
     */
    public static String status(URI base, boolean json) throws IOException, InterruptedException {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(base.resolve("/status"))
                    .timeout(PATIENCE)
                    .header("Accept", json ? "application/json" : "text/plain")
                    .build();
        } catch (IllegalArgumentException e) {
            throw new UserError("%s: no address such as http://localhost:9600: %s".formatted(base, e.getMessage()), e);
        }
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() != OK) {
                throw new IOException(
                        "%s: answers with HTTP %d; is that a Pickaroon?".formatted(request.uri(), answer.statusCode()));
            }
            return answer.body();
        } catch (ConnectException | HttpTimeoutException e) {
            throw new IOException(
                    base + ": nothing answers there; does 'pickaroon run' run, with this 'http' in its configuration?",
                    e);
        }
    }
}
