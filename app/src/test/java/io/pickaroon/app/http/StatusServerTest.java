package io.pickaroon.app.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.app.error.UserError;
import io.pickaroon.app.report.DaemonStatus;
import io.pickaroon.app.report.DaemonStatus.Phase;
import io.pickaroon.app.report.SampleStatus;
import io.pickaroon.app.status.StatusClient;
import io.pickaroon.config.settings.HttpSettings;
import io.pickaroon.processor.metrics.Destination;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StatusServerTest {
    private volatile DaemonStatus status = SampleStatus.READY.status();
    private StatusServer server;

    @BeforeEach
    void start() throws IOException {
        server = StatusServer.start(new HttpSettings("127.0.0.1", 0), () -> status);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/metrics, text/plain; version=0.0.4; charset=utf-8",
        "/healthz, text/plain; charset=utf-8",
        "/readyz, text/plain; charset=utf-8",
        "/status, application/json",
        "/status?pretty, application/json"
    })
    void aPageIsServedWithItsTypeAndItsHeadAlone(String path, String contentType) throws IOException {
        String answer = ask("GET " + path);
        String head = ask("HEAD " + path);

        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("\r\ncontent-type: " + contentType + "\r\n");
        assertThat(body(answer)).isNotBlank();
        assertThat(head).startsWith("HTTP/1.1 200 ").containsIgnoringCase("\r\ncontent-type: " + contentType + "\r\n");
        assertThat(body(head)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/metrics/",
                "/metrics/../status",
                "/../../../etc/passwd",
                "/status/..%2f..%2fetc/passwd",
                "//metrics",
                "/etc/passwd",
                "/METRICS"
            })
    void nothingElseIsServed(String path) throws IOException {
        String answer = ask("GET " + path);

        assertThat(answer).startsWith("HTTP/1.1 404 ");
        assertThat(body(answer)).isEqualTo("there are /metrics, /healthz, /readyz and /status\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"})
    void itIsThereToBeReadOnly(String method) throws IOException {
        assertThat(ask(method + " /status"))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("\r\nallow: GET, HEAD\r\n");
    }

    @Test
    void aRequestThatIsTooLargeIsRefused() throws IOException {
        assertThat(ask("GET /status?" + "x".repeat(2_000))).startsWith("HTTP/1.1 414 ");
        assertThat(exchange("GET /status HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(10_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(ask("GET /healthz")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void itIsNotReadyWhileTheDestinationFailsAndSaysWhy() throws IOException {
        status = SampleStatus.READY
                .with(new Destination.Failing("no broker answers at h:9092"))
                .status();

        assertThat(ask("GET /readyz"))
                .startsWith("HTTP/1.1 503 ")
                .contains("the destination fails: no broker answers at h:9092\n");
        assertThat(ask("GET /healthz")).startsWith("HTTP/1.1 200 ");
        assertThat(ask("GET /metrics")).contains("\npickaroon_ready 0.0\n");
    }

    @Test
    void itIsNotReadyBeforeTheDestinationWasReachedNorAfterAStop() throws IOException {
        status = SampleStatus.READY.with(new Destination.Awaited()).status();
        assertThat(ask("GET /readyz")).startsWith("HTTP/1.1 503 ").contains("the destination was not reached yet");

        status = SampleStatus.READY.with(Phase.STOPPING).status();
        assertThat(ask("GET /readyz")).startsWith("HTTP/1.1 503 ").contains("stopping");
    }

    @Test
    void itIsNotReadyWhileTheDestinationTakesNothing() throws IOException {
        status = SampleStatus.READY.withStall(Duration.ofSeconds(16)).status();

        assertThat(ask("GET /readyz"))
                .startsWith("HTTP/1.1 503 ")
                .contains("the destination has taken nothing for 16 s");
    }

    @Test
    void fileProblemsAreSaidButDoNotMakeItUnready() throws IOException {
        assertThat(ask("GET /readyz"))
                .startsWith("HTTP/1.1 200 ")
                .contains("ready\nwarning: input is skipped: /var/log/shop/a.log");
    }

    @Test
    void itIsNotHealthyWhenNothingIsMadeDurable() throws IOException {
        status = SampleStatus.READY.withCommitAge(Duration.ofSeconds(75)).status();

        assertThat(ask("GET /healthz")).startsWith("HTTP/1.1 503 ").contains("nothing was made durable for 75 s");
    }

    @Test
    void aClientGetsTablesOrJson() throws Exception {
        URI base = URI.create("http://127.0.0.1:" + server.port());

        assertThat(StatusClient.status(base, false))
                .startsWith("host-1: ready")
                .contains("up 1:02:05, 4 outages, 2 reloads, 1 refused")
                .contains("input shop: waited 1.3 s for its maxRate")
                .contains("warning: the changed configuration is not used: pickaroon.yaml:3:5");
        assertThat(StatusClient.status(base, true))
                .startsWith("{\"instance\":\"host-1\"")
                .contains("\"lagBytes\":640")
                .contains("\"pacedSeconds\":1.25");
    }

    @Test
    void itListensOnItsAddressAlone() {
        assertThatThrownBy(() -> new Socket("127.0.0.2", server.port()).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void aPortInUseIsAnErrorThatNamesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpSettings settings = new HttpSettings("127.0.0.1", taken.getLocalPort());

            assertThatThrownBy(() -> StatusServer.start(settings, () -> status).close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort() + ": cannot listen there")
                    .hasMessageContaining("set another 'port'");
        }
    }

    @Test
    void aHostThatIsNotThereIsTheUsersMistake() {
        assertThatThrownBy(() -> StatusServer.start(new HttpSettings("no.such.host.invalid", 0), () -> status)
                        .close())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no.such.host.invalid");
    }

    private String ask(String request) throws IOException {
        return exchange(request + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
