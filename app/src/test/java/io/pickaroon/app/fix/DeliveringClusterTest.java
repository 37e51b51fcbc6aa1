package io.pickaroon.app.fix;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.pickaroon.app.CommandRun;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fix --delivered-by} and a cluster that does not tell what is asked: nothing is changed then. */
class DeliveringClusterTest {
    private static final String SECRET = "hunter2";

    @TempDir
    private Path directory;

    private Path log;
    private Path configuration;
    private DeliveringConnector connector;

    @BeforeEach
    void begin() throws Exception {
        log = Files.writeString(directory.resolve("app.log"), "ERROR\n");
        configuration = Files.writeString(directory.resolve("pickaroon.yaml"), """
            checkpoint: { path: %1$s/checkpoint }
            inputs: [ { id: app, include: [ "%1$s/*.log" ] } ]
            rules: [ { id: e, match: { literal: ERROR }, emit: { topic: t }, fix: { replace: FIXED } } ]
            output: { console: {} }
            """.formatted(directory));
        connector = new DeliveringConnector(configuration, 0);
    }

    @AfterEach
    void end() {
        connector.close();
    }

    private CommandRun fix(String url, String... more) {
        return CommandRun.of(Stream.concat(
                        Stream.of(
                                "fix",
                                "-c",
                                configuration,
                                "--state",
                                directory.resolve("state"),
                                "--delivered-by",
                                url),
                        Stream.of(more))
                .toArray());
    }

    private CommandRun answered(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return fix("http://u:%s@127.0.0.1:%d/connectors/shop"
                    .formatted(SECRET, server.getAddress().getPort()));
        } finally {
            server.stop(0);
        }
    }

    private void assertUnchanged(CommandRun run, int exitCode) throws IOException {
        assertThat(run.exitCode()).as(run.errors()).isEqualTo(exitCode);
        assertThat(run.output() + run.errors()).doesNotContain(SECRET);
        assertThat(log).hasContent("ERROR\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {\"message\":\"Connector shop not found\"} | 2 | there is no connector of this name (HTTP 404)",
                "401 | | 1 | answers with HTTP 401; write a user that may read it",
                "500 | {\"message\":\"Request timed out\"} | 1 | answers with HTTP 500, {\"message\":\"Request timed"
                        + " out\"}",
                "200 | <html> | 1 | answers with something else than offsets",
                "200 | {} | 1 | answers with something else than offsets",
                "200 | {\"offsets\":[{\"partition\":{\"file\":\"a\"},\"offset\":{\"position\":1}}]} | 2"
                        + " | is no connector of Pickaroon: it has the partition {file=a}",
                "200 | {\"offsets\":[{\"partition\":{\"split\":\"a:1.0/0\"},\"offset\":{\"offset\":1}}]} | 2"
                        + " | no offset of the connector says 'splitBytes'",
            })
    void anAnswerThatIsNone(int status, String body, int exitCode, String message) throws IOException {
        CommandRun run = answered(status, body == null ? "" : body);

        assertUnchanged(run, exitCode);
        assertThat(run.errors()).contains(message).startsWith("pickaroon: ");
    }

    @Test
    void nobodyAnswers() throws IOException {
        String url = connector.url();
        connector.close();

        CommandRun run = fix(url);

        assertUnchanged(run, 1);
        assertThat(run.errors()).contains(url + "/offsets: cannot be asked", "no file was changed");
        assertThat(directory.resolve("state")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "shop, is no URL",
        "connect:8083/connectors/shop, is no URL of http or https",
        "ftp://connect/connectors/shop, is no URL of http or https",
        "http://u:hunter2@connect:8083/shop, http://connect:8083/shop' does not end with /connectors/NAME",
        "http://connect:8083/connectors/shop?a=hunter2#b, does not end with",
        "http://connect:8083/connectors/a b, it is no URL",
    })
    void aUrlThatIsNoConnector(String url, String message) throws IOException {
        CommandRun run = fix(url);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors())
                .contains(message, "write the URL of the connector, such as http://connect:8083/connectors/shop");
        assertThat(run.errors()).doesNotContain("u:hunter2");
    }

    @Test
    void aUserIsSentAndNotShown() throws IOException {
        connector.commit(log, 0, 0, new Position(6, true), connector.rules());

        CommandRun run = fix(connector.url().replace("://", "://me:%C3%A9+" + SECRET + "@"));

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(new String(
                        Base64.getDecoder().decode(connector.authorization.replace("Basic ", "")),
                        StandardCharsets.UTF_8))
                .isEqualTo("me:é+" + SECRET);
        assertThat(run.output() + run.errors()).doesNotContain(SECRET);
        assertThat(log).hasContent("FIXED\n");
    }

    @Test
    void oneOfSeveralStoragesHasToBeNamed() throws IOException {
        connector.commit(log, 0, 0, new Position(6, true), connector.rules());
        connector.offsets.put(
                "disk-2:1.0/0", connector.offsets.values().iterator().next());

        CommandRun run = fix(connector.url());

        assertUnchanged(run, 2);
        assertThat(run.errors()).contains("offsets of several storages: disk-1, disk-2; say with --storage-label");
        assertThat(fix(connector.url(), "--storage-label", "disk-3").errors())
                .contains("no offsets of 'disk-3', but of disk-1, disk-2");
        assertThat(fix(connector.url(), "--storage-label", "disk-2").errors())
                .contains("the connector has committed nothing of it");
        assertThat(fix(connector.url(), "--storage-label", "disk-1").exitCode()).isZero();
        assertThat(log).hasContent("FIXED\n");
    }

    @Test
    void aConnectorWithoutOffsetsHasDeliveredNothing() throws IOException {
        FileTime before = Files.getLastModifiedTime(log);

        CommandRun run = fix(connector.url());

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).contains(log + ": the connector has committed nothing of it");
        assertThat(Files.getLastModifiedTime(log)).isEqualTo(before);
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefused() {
        String url = connector.url();
        for (List<Object> wrong : List.<List<Object>>of(
                List.of("fix", "--delivered-by", url),
                List.of("fix", "-c", configuration),
                List.of("fix", "--storage-label", "a", log),
                List.of("fix", "-c", configuration, "--delivered-by", url, log),
                List.of("fix", "-c", configuration, "--delivered-by", url, "--replace", "a"),
                List.of("fix", "-c", configuration, "--delivered-by", url, "-F", "a"),
                List.of("fix", "-F", "a", "--mask", "b"))) {
            CommandRun run = CommandRun.of(wrong.toArray());
            assertThat(run.exitCode()).as(wrong + run.errors()).isEqualTo(2);
            assertThat(run.errors()).containsAnyOf("--delivered-by", "name the files to change");
        }
    }
}
