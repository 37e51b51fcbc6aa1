package io.pickaroon.connectors.ndjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.connectors.LogFixture;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.rule.MatchIds;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

@Timeout(60)
class NdjsonFileSinkTest {
    private static final Map<String, String> TOPICS = Map.of("errors", "shop-errors");

    @TempDir
    Path directory;

    @Test
    void writesOneObjectALineAndAppendsAtTheNextSession() throws Exception {
        Path out = directory.resolve("out.ndjson");
        byte[] content = "ERROR \"one\"\nfine\nERROR \u00e9\nERROR too long\n".getBytes(StandardCharsets.ISO_8859_1);
        Rule silent = new Rule("silent", new Pattern.Literal("ERROR", false));
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), content)) {
            NdjsonFileSink sink = new NdjsonFileSink(out, TOPICS);
            MatchIds ids = new MatchIds(log.file().identity());
            byte[] rule = MatchIds.rulePart("errors");
            for (int session = 1; session <= 2; session++) {
                sink.deliver(log.windows(1 << 20, List.of(LogFixture.ERRORS, silent), 11))
                        .blockLast();
            }
            String head = "{\"file\":\"" + log.file().path() + "\",\"offset\":%d,\"rule\":\"errors\",\"id\":\"%s\",";
            String tail = ",\"topic\":\"shop-errors\"}";
            String first = head.formatted(0, ids.idText(0, rule)) + "\"record\":\"ERROR \\\"one\\\"\"" + tail;
            String second = head.formatted(17, ids.idText(17, rule))
                    + "\"record\":\"ERROR \uFFFD\",\"recordBase64\":\"RVJST1Ig6Q==\""
                    + tail;
            String third =
                    head.formatted(25, ids.idText(25, rule)) + "\"record\":\"ERROR too l\",\"truncated\":true" + tail;
            assertThat(Files.readAllLines(out)).containsExactly(first, second, third, first, second, third);
        }
    }

    @Test
    void everyByteThatALineCanHaveIsThereInBase64AndNulIsEscaped() throws Exception {
        Path out = directory.resolve("out.ndjson");
        byte[] line = LogFixture.everyByteOfALine();
        byte[] content = (new String(line, StandardCharsets.ISO_8859_1) + "\nERROR \0 alone\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), content)) {
            new NdjsonFileSink(out, TOPICS).deliver(log.windows(1 << 20)).blockLast();
            List<String> objects = Files.readAllLines(out);
            assertThat(objects.getFirst())
                    .contains("\"recordBase64\":\"" + Base64.getEncoder().encodeToString(line) + "\"");
            assertThat(objects.getLast()).contains("\"record\":\"ERROR \\u0000 alone\"");
        }
    }

    @Test
    void acknowledgesEveryWindowWithOrWithoutMatches() throws Exception {
        List<String> lines = LogFixture.errorLines(1_000);
        lines.addAll(Collections.nCopies(1_000, "nothing of interest happened here"));
        Path out = directory.resolve("out.ndjson");
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines)) {
            List<Acknowledgement> acknowledged = new NdjsonFileSink(out, TOPICS)
                    .deliver(log.windows(4 * 1024))
                    .collectList()
                    .block();
            assertThat(acknowledged)
                    .hasSize((int) log.windows(4 * 1024).count().block().longValue());
            assertThat(Files.readAllLines(out)).hasSize(1_000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 65_535, 65_536, 65_537, 200_000})
    void removesALineThatACrashCutShortAndKeepsTheRest(int cutBytes) throws Exception {
        Path out = directory.resolve("out.ndjson");
        String whole = "{\"a\":1}\n{\"b\":2}\n";
        Files.writeString(out, whole + "x".repeat(cutBytes));
        NdjsonFile.open(out).close();
        assertThat(Files.readString(out)).isEqualTo(whole);
    }

    @Test
    void removesAnOnlyLineThatACrashCutShort() throws Exception {
        Path out = directory.resolve("out.ndjson");
        Files.writeString(out, "{\"a\":");
        NdjsonFile.open(out).close();
        assertThat(out).isEmptyFile();
    }

    @Test
    void aMissingDirectoryIsFatalAndSaysWhatToDo() {
        assertThatThrownBy(() -> NdjsonFile.open(directory.resolve("none/out.ndjson")))
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        e -> assertThat(e.isRetryable()).isFalse())
                .hasMessageContainingAll("none/out.ndjson", "directory does not exist");
    }

    @Test
    void oneFileHasOneWriter() {
        Path out = directory.resolve("out.ndjson");
        try (NdjsonFile first = NdjsonFile.open(out)) {
            assertThatThrownBy(() -> NdjsonFile.open(out))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining(first.path().toString());
        }
    }

    @Test
    void aFullDiskIsRetryable() throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), LogFixture.errorLines(1))) {
            StepVerifier.create(new NdjsonFileSink(Path.of("/dev/full"), TOPICS).deliver(log.windows(1 << 20)))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    DeliveryException.class,
                                    e -> assertThat(e.isRetryable()).isTrue())
                            .hasMessageContainingAll("/dev/full", "No space left"))
                    .verify();
        }
    }

    @Test
    void aPipeGetsTheLinesInOrderAndOnlyOnceThereIsAReader() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        NdjsonFileSink sink = new NdjsonFileSink(pipe, TOPICS);
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), LogFixture.errorLines(2_000))) {
            StepVerifier.create(sink.deliver(log.windows(1 << 20)))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    DeliveryException.class,
                                    e -> assertThat(e.isRetryable()).isTrue())
                            .hasMessageContainingAll("pipe", "Broken pipe"))
                    .verify();

            Path taken = directory.resolve("taken");
            Process reader = new ProcessBuilder("cat", pipe.toString())
                    .redirectOutput(taken.toFile())
                    .start();
            Flux<Acknowledgement> retried = sink.deliver(log.windows(4 * 1024))
                    .retryWhen(Retry.fixedDelay(200, Duration.ofMillis(50))
                            .filter(error -> error instanceof DeliveryException e && e.isRetryable()));
            retried.blockLast();
            assertThat(reader.waitFor()).isZero();
            NdjsonFileSink file = new NdjsonFileSink(directory.resolve("file"), TOPICS);
            file.deliver(log.windows(4 * 1024)).blockLast();
            assertThat(taken).hasSameTextualContentAs(directory.resolve("file"));
        }
    }

    @Test
    void aSocketGetsTheLines() throws Exception {
        Path address = directory.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                LogFixture log = LogFixture.of(directory.resolve("shop.log"), LogFixture.errorLines(3))) {
            server.bind(UnixDomainSocketAddress.of(address));
            new NdjsonFileSink(address, TOPICS).deliver(log.windows(1 << 20)).blockLast();
            try (SocketChannel accepted = server.accept();
                    InputStream in = Channels.newInputStream(accepted)) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
                        .hasSize(3)
                        .allMatch(line -> line.startsWith("{\"file\":"));
            }
        }
    }

    @Test
    void aFileThatMayNotBeWrittenToIsNotEvenMade() throws Exception {
        Path out = directory.resolve("out.ndjson");
        NdjsonFileSink sink = new NdjsonFileSink(out, TOPICS, path -> {
            throw DeliveryException.fatal(path + " is refused", null);
        });
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), LogFixture.errorLines(1))) {
            StepVerifier.create(sink.deliver(log.windows(1 << 20))).verifyErrorMessage(out + " is refused");
        }
        assertThat(out).doesNotExist();
    }

    @Test
    void cancellingReleasesTheFile() throws Exception {
        Path out = directory.resolve("out.ndjson");
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), LogFixture.errorLines(10_000))) {
            Flux<Acknowledgement> endless = new NdjsonFileSink(out, TOPICS)
                    .deliver(log.windows(4 * 1024).repeat());
            assertThat(endless.take(20).collectList().block()).hasSize(20);
            NdjsonFile.open(out).close();
        }
    }
}
