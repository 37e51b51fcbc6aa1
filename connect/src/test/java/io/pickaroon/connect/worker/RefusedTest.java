package io.pickaroon.connect.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pickaroon.connect.settings.ConnectorProperties;
import io.pickaroon.connect.worker.ConnectRest.Answer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a worker answers to configurations and offsets that it does not take, as {@code curl} prints it. */
@Tag("worker")
@Timeout(120)
class RefusedTest {
    private static final String CLASS = "io.pickaroon.connect.PickaroonSourceConnector";
    private static final String BYTES = "expected 'org.apache.kafka.connect.converters.ByteArrayConverter', found ";

    @RegisterExtension
    static final ConnectCluster CLUSTER = new ConnectCluster();

    @BeforeAll
    static void startWorker() throws Exception {
        CLUSTER.workers().start(1);
    }

    /** What Connect puts around errors. */
    private static String message(List<String> errors) {
        return "Connector configuration is invalid and contains the following %d error(s):\n%s\nYou can also find the above list of errors at the endpoint `/connector-plugins/{connectorType}/config/validate`"
                .formatted(errors.size(), String.join("\n", errors));
    }

    private static Map<String, String> properties(String changes) {
        return ConnectorProperties.with(changes.split(" *; *"));
    }

    @Test
    void thePlugInIsFoundAsAService() throws Exception {
        JsonNode plugins = CLUSTER.rest().plugins();

        assertThat(StreamSupport.stream(plugins.spliterator(), false)
                        .filter(plugin -> plugin.path("class").asText().equals(CLASS)))
                .singleElement()
                .satisfies(plugin -> {
                    assertThat(plugin.path("type").asText()).isEqualTo("source");
                    assertThat(plugin.path("version").asText()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
                });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rules.errors.fix.mask=* | rules.errors.fix.when: a task changes no file, because a task that was"
                    + " replaced could not be kept from writing: expected 'never', with which a mask changes what is"
                    + " sent; the host that owns the files fixes them afterwards, with 'pickaroon fix --delivered-by'",
                "value.converter=org.apache.kafka.connect.json.JsonConverter | value.converter: " + BYTES
                        + "'org.apache.kafka.connect.json.JsonConverter': values are sent as the bytes that were read,"
                        + " which other converters would change",
                "key.converter=org.apache.kafka.connect.storage.StringConverter | key.converter: " + BYTES
                        + "'org.apache.kafka.connect.storage.StringConverter': keys are sent as the bytes that were"
                        + " read, which other converters would change",
                "value.converter= | value.converter: " + BYTES
                        + "nothing: values are sent as the bytes that were read, which other converters would change",
                "exactly.once.support= | exactly.once.support: expected 'required', found nothing: otherwise records"
                    + " may be sent twice, without a word, by a worker that has 'exactly.once.source.support' switched"
                    + " off",
                "transaction.boundary=poll | transaction.boundary: expected 'connector', found 'poll': a task ends its"
                        + " transactions itself, so that records and the offset behind them are committed together",
                "inputs.shop.include=logs/*.log | inputs.shop.include: 'logs/*.log' is not an absolute path, so each"
                        + " worker would look in another directory; write the path from the root, such as"
                        + " /mnt/logs/logs/*.log",
                "splitBytes=1MiB | splitBytes: unknown property; did you mean 'split.bytes'?",
                "rules.errors.emit.topics=x | rules.errors.emit.topics: unknown property; did you mean"
                        + " 'rules.errors.emit.topic'?",
                "topic.creation.default.partitions=; topic.creation.default.replication.factor= | topics.exist: a"
                        + " record for a topic that does not exist would be waited for without end; have topics"
                        + " created, with 'topic.creation.default.partitions' and"
                        + " 'topic.creation.default.replication.factor', or create them yourself and write 'true' here",
                "storage.label= | storage.label: expected 1 to 64 of the characters A-Z, a-z, 0-9, '.', '_' and '-',"
                        + " found nothing; write a name for the file system that the files are on, which is the same on"
                        + " every worker and never changes, such as 'nfs-1'",
            })
    void aConfigurationIsRefused(String changes, String error) throws Exception {
        Answer answer = CLUSTER.rest().put("shop", properties(changes));

        assertThat(answer.message()).isEqualTo(message(List.of(error)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).startsWith("{\"error_code\":400,\"message\":\"Connector configuration is invalid");
        assertThat(CLUSTER.rest().status("shop").path("error_code").asInt()).isEqualTo(404);
    }

    @Test
    void everyMistakeIsInOneAnswer() throws Exception {
        Answer answer = CLUSTER.rest()
                .put(
                        "shop",
                        properties("value.converter=; exactly.once.support=requested; split.bytes=1KiB;"
                                + " inputs.shop.mode=done; rules.errors.fix.mask=*"));

        assertThat(answer.status()).isEqualTo(400);
        List<String> lines = answer.message().lines().toList();
        // In an order that Connect chooses.
        assertThat(lines.subList(1, lines.size() - 1))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "value.converter",
                        "exactly.once.support",
                        "split.bytes",
                        "inputs.shop.mode",
                        "rules.errors.fix.when");
        assertThat(answer.message()).isEqualTo(message(lines.subList(1, lines.size() - 1)));
    }

    @Test
    void validationAnswersTheSame() throws Exception {
        JsonNode answer = CLUSTER.rest()
                .validate("PickaroonSourceConnector", properties("inputs.shop.mode=done; split.bytes=1KiB"));

        assertThat(answer.path("error_count").asInt()).isEqualTo(2);
        assertThat(answer.findValues("value").stream()
                        .filter(value -> !value.path("errors").isEmpty())
                        .map(value -> value.path("errors").toString()))
                .containsExactlyInAnyOrder(
                        "[\"inputs.shop.mode: expected one of 'growing', 'complete', found 'done'\"]",
                        "[\"split.bytes: expected a size from 64KiB to 1024GiB, or 0 for files that are not cut, found"
                                + " '1KiB'\"]");
    }

    @Test
    void offsetsThatMakeNoSenseAreRefusedAndNothingIsChanged() throws Exception {
        ConnectRest rest = CLUSTER.rest();
        assertThat(rest.createStopped("offsets", properties("name=offsets; split.bytes=64KiB"))
                        .status())
                .isEqualTo(201);
        rest.awaitStopped("offsets");
        Map<String, Map<String, Object>> offsets = new LinkedHashMap<>();
        offsets.put("nfs-1:12.0/0", Map.of("offset", 12));
        offsets.put("nfs-1:12.0/1", Map.of("offset", 65_536));
        assertThat(rest.patchOffsets("offsets", offsets).status()).isEqualTo(200);
        Map<String, JsonNode> before = rest.offsets("offsets");
        assertThat(before).hasSize(2);

        offsets.put("nfs-1:12.0/0", null);
        offsets.put("nfs-1:12.0/1", Map.of("offset", 65_535));
        offsets.put("nfs-2:12.0/2", Map.of("offset", 131_072, "position", 1));
        Answer answer = rest.patchOffsets("offsets", offsets);

        assertThat(answer.message().lines())
                .containsExactly(
                        "no offset was changed, because some make no sense:",
                        "split 'nfs-1:12.0/1': offset 65535 is before split 1 of splits with 65536 bytes each",
                        "split 'nfs-2:12.0/2': the connector's storage.label is 'nfs-1', so it would never read the"
                                + " offset of 'nfs-2'",
                        "split 'nfs-2:12.0/2': 'position' is none of archiveEnd, birthTime, cut, lineEnds, offset,"
                                + " path, rules, splitBytes, startsRecord, stderrDone, stdoutDone, version");
        assertThat(rest.offsets("offsets")).isEqualTo(before);

        offsets.keySet().removeAll(Arrays.asList("nfs-1:12.0/1", "nfs-2:12.0/2"));
        assertThat(rest.patchOffsets("offsets", offsets).status()).isEqualTo(200);
        assertThat(rest.offsets("offsets")).containsOnlyKeys("nfs-1:12.0/1");
        assertThat(rest.deleteOffsets("offsets").status()).isEqualTo(200);
        assertThat(rest.offsets("offsets")).isEmpty();
    }

    @Test
    void offsetsOfAConnectorThatIsNotStoppedAreRefused() throws Exception {
        ConnectRest rest = CLUSTER.rest();
        assertThat(rest.put("runs", properties("name=runs; tasks.max=1")).status())
                .isEqualTo(201);
        rest.awaitStatus("runs", status -> !status.path("tasks").isEmpty());

        Answer answer = rest.patchOffsets("runs", Map.of("nfs-1:12.0/0", Map.of("offset", 12)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message())
                .startsWith("Connectors must be in the STOPPED state before their offsets can be modified.");
        assertThat(rest.delete("runs").status()).isEqualTo(204);
    }
}
