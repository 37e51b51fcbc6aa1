package io.pickaroon.app.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records of a rule with a context always say how many neighbours came along, also where there are none. */
@Timeout(120)
class ContextHeadersTest {
    @TempDir
    private Path directory;

    private static TestBroker broker;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void eachListOfHeadersHasItUnderItsNameAndNoHeadersAreNone() throws Exception {
        Files.writeString(directory.resolve("a.log"), "ERROR alone\n");
        run("""
            - { id: default, match: { literal: E }, emit: { topic: default, context: { after: 1 } } }
            - { id: listed, match: { literal: E }, emit: { topic: listed, headers: [ id ], context: { before: 1 } } }
            - { id: named, match: { literal: E }, emit: { topic: named, headers: [ { context: x } ], context: { after: 1 } } }
            - { id: all, match: { literal: E }, emit: { topic: all, headers: all, context: { after: 1 } } }
            - { id: none, match: { literal: E }, emit: { topic: none, headers: none, context: { after: 1 } } }
            - { id: json, match: { literal: E }, emit: { topic: json, format: json, context: { after: 1 } } }
            - { id: without, match: { literal: E }, emit: { topic: without } }
            - { id: dead, match: { regex: 'E(?<no>no)?' }, emit: { topic: 'dea-{group.no}', context: { after: 1 } } }
            """);
        assertThat(headers("default")).contains("context=0,0");
        assertThat(headers("listed")).hasSize(2).endsWith("context=0,0");
        assertThat(headers("named")).containsExactly("context=x");
        assertThat(headers("all")).contains("pickaroon.context=0,0").hasSize(5);
        assertThat(headers("none")).isEmpty();
        assertThat(headers("json")).contains("context=0,0");
        assertThat(broker.read(List.of("json")).getFirst().value())
                .asString(UTF_8)
                .contains("\"context\":{\"before\":0,\"after\":0}");
        assertThat(headers("without")).noneMatch(header -> header.contains("context"));
        assertThat(headers("dead-letters")).contains("context=0,0");
    }

    private void run(String rules) throws IOException {
        Path configuration = Files.writeString(directory.resolve("c.yaml"), """
            instance: context
            checkpoint: { path: %1$s/checkpoint }
            inputs: [ { id: app, include: [ %1$s/a.log ] } ]
            rules:
            %2$s
            %3$s
            """.formatted(
                        directory, rules, broker.output("deadLetter: { topic: dead-letters }")));
        CommandRun run = CommandRun.of("run", "-c", configuration, "--once");
        assertThat(run.exitCode()).as(run.errors()).isZero();
    }

    private static List<String> headers(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = broker.read(List.of(topic));
        assertThat(records).hasSize(1);
        return StreamSupport.stream(records.getFirst().headers().spliterator(), false)
                .map(header -> header.key() + "=" + new String(header.value(), UTF_8))
                .toList();
    }
}
