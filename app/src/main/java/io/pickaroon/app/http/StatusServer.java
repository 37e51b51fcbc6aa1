package io.pickaroon.app.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.report.DaemonStatus;
import io.pickaroon.app.report.StatusJson;
import io.pickaroon.app.report.StatusTable;
import io.pickaroon.config.settings.HttpSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * Shows how a run is doing: {@code /metrics}, {@code /healthz}, {@code /readyz} and {@code /status}, to read only. Nothing
 * else is served, and no part of a request names a file. One thread; requests, and the number of connections, are small.
 */
public final class StatusServer implements AutoCloseable {
    private static final String PERMISSION_DENIED = "Permission denied";
    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);

    private static final int LONGEST_REQUEST_LINE_BYTES = 1_024;
    private static final int LONGEST_HEADERS_BYTES = 8 * 1_024;
    private static final int MOST_CONNECTIONS = 64;
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(60);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Supplier<DaemonStatus> status;
    private final MetricsPage metrics;
    private final LoopResources loop;
    private final AtomicInteger connections = new AtomicInteger();
    private final DisposableServer server;

    private record Page(HttpResponseStatus status, String contentType, String body) {}

    private StatusServer(HttpSettings settings, Supplier<DaemonStatus> status) throws IOException {
        this.status = status;
        this.metrics = new MetricsPage(status);
        this.loop = LoopResources.create("http", 1, true);
        try {
            this.server = HttpServer.create()
                    .host(settings.host())
                    .port(settings.port())
                    .runOn(loop, false)
                    .httpRequestDecoder(decoder -> decoder.maxInitialLineLength(LONGEST_REQUEST_LINE_BYTES)
                            .maxHeaderSize(LONGEST_HEADERS_BYTES))
                    .idleTimeout(IDLE_LIMIT)
                    .requestTimeout(REQUEST_LIMIT)
                    .doOnConnection(this::limitConnections)
                    .handle(this::answer)
                    .bindNow();
        } catch (RuntimeException e) {
            release();
            throw explained(settings, e);
        }
    }

    /**
     * Listens from now on.
     *
     * @param status how the process is doing at the moment of the call; called on the server's thread
     * @throws UserError if there is no such address on this machine
     * @throws IOException if it cannot listen there, because another process does or it has no permission
     */
    public static StatusServer start(HttpSettings settings, Supplier<DaemonStatus> status) throws IOException {
        StatusServer started = new StatusServer(settings, status);
        LOG.info("metrics and status at http://{}:{}", settings.host(), started.port());
        return started;
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    private static IOException explained(HttpSettings settings, RuntimeException thrown) {
        String where = "http: %s:%d".formatted(settings.host(), settings.port());
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                throw new UserError(where + ": no such host; give 'host' an address of this machine", thrown);
            }
            if (cause instanceof BindException && PERMISSION_DENIED.equals(cause.getMessage())) {
                return new IOException(
                        where + ": no permission to listen there; set a 'port' from 1024 on, or give this process"
                                + " CAP_NET_BIND_SERVICE",
                        thrown);
            }
            if (cause instanceof BindException) {
                return new IOException(
                        where + ": cannot listen there: " + cause.getMessage()
                                + "; end what uses the port, or set another 'port' (0 takes any that is free)",
                        thrown);
            }
        }
        return new IOException(where + ": cannot listen there: " + thrown.getMessage(), thrown);
    }

    private void limitConnections(Connection connection) {
        if (connections.incrementAndGet() > MOST_CONNECTIONS) {
            connection.dispose();
        }
        connection.onDispose(connections::decrementAndGet);
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        response.header(HttpHeaderNames.CACHE_CONTROL, "no-store").header("X-Content-Type-Options", "nosniff");
        boolean withoutBody = request.method().equals(HttpMethod.HEAD);
        if (!withoutBody && !request.method().equals(HttpMethod.GET)) {
            response.header(HttpHeaderNames.ALLOW, "GET, HEAD");
            return send(
                    response.keepAlive(false),
                    plain(HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET and HEAD"),
                    false);
        }
        return send(response, page(request), withoutBody);
    }

    private Page page(HttpServerRequest request) {
        String accepted = request.requestHeaders().get(HttpHeaderNames.ACCEPT, "");
        return switch (withoutQuery(request.uri())) {
            case "/metrics" -> metrics(accepted);
            case "/healthz" -> verdict("healthy", status.get().reasonsNotHealthy(), List.of());
            case "/readyz" -> {
                DaemonStatus now = status.get();
                yield verdict("ready", now.reasonsNotReady(), now.warnings());
            }
            case "/status" ->
                accepted.contains("text/plain")
                        ? plain(HttpResponseStatus.OK, StatusTable.of(status.get()))
                        : new Page(HttpResponseStatus.OK, "application/json", StatusJson.of(status.get()));
            default -> plain(HttpResponseStatus.NOT_FOUND, "there are /metrics, /healthz, /readyz and /status");
        };
    }

    private Page metrics(String accepted) {
        boolean openMetrics = accepted.contains("application/openmetrics-text");
        String contentType = openMetrics
                ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                : "text/plain; version=0.0.4; charset=utf-8";
        return new Page(HttpResponseStatus.OK, contentType, metrics.scrape(contentType));
    }

    private static Page verdict(String good, List<String> reasons, List<String> warnings) {
        StringBuilder body = new StringBuilder(reasons.isEmpty() ? good : String.join("\n", reasons)).append('\n');
        warnings.forEach(warning -> body.append("warning: ").append(warning).append('\n'));
        return plain(
                reasons.isEmpty() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE, body.toString());
    }

    private static Page plain(HttpResponseStatus status, String text) {
        return new Page(status, TEXT, text.endsWith("\n") ? text : text + "\n");
    }

    private static String withoutQuery(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private static Publisher<Void> send(HttpServerResponse response, Page page, boolean withoutBody) {
        response.status(page.status()).header(HttpHeaderNames.CONTENT_TYPE, page.contentType());
        return withoutBody ? response.send() : response.sendString(Mono.just(page.body()));
    }

    @Override
    public void close() {
        server.disposeNow(CLOSE_LIMIT);
        release();
    }

    private void release() {
        metrics.close();
        loop.disposeLater(Duration.ZERO, CLOSE_LIMIT).block(CLOSE_LIMIT);
    }
}
