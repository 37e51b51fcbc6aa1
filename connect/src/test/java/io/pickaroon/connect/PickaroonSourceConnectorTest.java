package io.pickaroon.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.connect.settings.ConnectorConfig;
import io.pickaroon.connect.settings.ConnectorProperties;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

class PickaroonSourceConnectorTest {
    private static final Map<String, ?> PARTITION = Map.of("split", "nfs-1:1234.0/2");

    private final PickaroonSourceConnector connector = new PickaroonSourceConnector();

    private void alter(Map<String, ?> partition, Map<String, ?> offset) {
        Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
        offsets.put(partition, offset);
        assertThat(connector.alterOffsets(ConnectorProperties.with("split.bytes=64KiB"), offsets))
                .isTrue();
    }

    private void assertRefused(Map<String, ?> partition, Map<String, ?> offset, String... reasons) {
        assertThatThrownBy(() -> alter(partition, offset))
                .isInstanceOf(ConnectException.class)
                .hasMessage("no offset was changed, because some make no sense:\n" + String.join("\n", reasons));
    }

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(SourceConnector.class).stream().map(ServiceLoader.Provider::type))
                .containsExactly(PickaroonSourceConnector.class);
    }

    @Test
    void saysWhatItIs() {
        assertThat(connector.version()).isNotBlank();
        assertThat(connector.taskClass()).isEqualTo(PickaroonSourceTask.class);
        assertThat(connector.config().names()).contains("storage.label", "inputs", "rules");
    }

    @Test
    void givesAsManyTasksAsThereMayBe() {
        connector.start(ConnectorProperties.with());

        List<Map<String, String>> ofTasks = connector.taskConfigs(5);

        assertThat(ofTasks)
                .extracting(ofTask -> ConnectorConfig.of(ofTask).taskIndex())
                .containsExactly(0, 1, 2, 3, 4);
        assertThat(ofTasks).allSatisfy(ofTask -> assertThat(ofTask).containsAllEntriesOf(ConnectorProperties.with()));
    }

    @Test
    void doesNotStartWithAWrongConfiguration() {
        assertThatThrownBy(() -> connector.start(ConnectorProperties.with("storage.label=")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("storage.label: ");
    }

    @Test
    void validatesWithoutAStart() {
        assertThat(connector
                        .validate(ConnectorProperties.with("inputs.shop.mode=done"))
                        .configValues())
                .filteredOn(value -> !value.errorMessages().isEmpty())
                .extracting(ConfigValue::name)
                .containsExactly("inputs.shop.mode");
    }

    @Test
    void supportsExactlyOnceAndEndsTransactionsItself() {
        assertThat(connector.exactlyOnceSupport(Map.of())).isEqualTo(ExactlyOnceSupport.SUPPORTED);
        assertThat(connector.canDefineTransactionBoundaries(Map.of()))
                .isEqualTo(ConnectorTransactionBoundaries.SUPPORTED);
    }

    @Test
    void offsetsThatMakeSenseAreTaken() {
        alter(PARTITION, Map.of("offset", 131_072L));
        alter(PARTITION, Map.of("offset", 200_000, "splitBytes", 65_536));
    }

    @Test
    void offsetsOfEverySplitMayBeDeleted() {
        alter(PARTITION, null);
        alter(Map.of("split", "other:1.7/3"), null);
    }

    @Test
    void aPartitionIsRefusedThatIsNone() {
        String expected = "expected a partition {\"split\": \"LABEL:INODE.GENERATION/K\"}, such as {\"split\":"
                + " \"nfs-1:1234.0/17\"}";

        assertRefused(Map.of("split", "nfs-1:1234/2"), Map.of("offset", 131_072L), "split 'nfs-1:1234/2': " + expected);
        assertRefused(Map.of("file", "a"), Map.of("offset", 1L), "partition {file=a}: " + expected);
        assertRefused(Map.of("split", 5), null, "partition {split=5}: " + expected);
        assertRefused(null, null, "partition null: " + expected);
    }

    @Test
    void anOffsetIsRefusedThatMakesNoSense() {
        String split = "split 'nfs-1:1234.0/2': ";

        assertRefused(PARTITION, Map.of(), split + "offset is missing");
        assertRefused(
                PARTITION,
                Map.of("offset", 131_071L),
                split + "offset 131071 is before split 2 of splits with 65536 bytes each");
        assertRefused(PARTITION, Map.of("offset", -1L), split + "offset -1 is negative");
        assertRefused(
                Map.of("split", "nfs-1:1234.0/0"),
                Map.of("offset", 65_536L),
                "split 'nfs-1:1234.0/0': it is the end of split 0 or behind it, and has no lineEnds by which the other"
                        + " splits could tell the file: leave lineEnds as GET shows it, or write an offset before the"
                        + " end");
        assertRefused(
                PARTITION,
                Map.of("offset", "many", "position", 1L),
                split
                        + "'position' is none of archiveEnd, birthTime, cut, lineEnds, offset, path, rules, splitBytes,"
                        + " startsRecord, stderrDone, stdoutDone, version",
                split + "offset is 'many', which is not a whole number");
        assertRefused(
                PARTITION,
                Map.of("offset", 131_072L, "splitBytes", 1_048_576L),
                split
                        + "splitBytes is 1048576, and the connector's split.bytes is 65536: offsets of one size mean"
                        + " other bytes in the other");
    }

    @Test
    void whatAnOffsetSaysOfStreamsHasToMakeSense() {
        Map<String, String> first = Map.of("split", "nfs-1:1234.0/0");
        String split = "split 'nfs-1:1234.0/0': ";

        alter(first, Map.of("offset", 4096L, "stdoutDone", 8192L, "stderrDone", 5000, "cut", "stdout,stderr"));
        assertRefused(
                first,
                Map.of("offset", 4096L, "stdoutDone", 4096L),
                split + "stdoutDone is 4096, which is not behind offset 4096: leave it out if no line there is done");
        assertRefused(
                first,
                Map.of("offset", 0L, "stderrDone", -1L),
                split + "stderrDone is -1, which is not behind offset 0: leave it out if no line there is done");
        assertRefused(
                first,
                Map.of("offset", 4096L, "stdoutDone", "8192", "cut", true),
                split + "stdoutDone is '8192', which is not a whole number",
                split + "cut is true, which is not a text");
        assertRefused(
                first,
                Map.of("offset", 4096L, "cut", "stderr,stdout"),
                split + "cut is 'stderr,stdout', which is none of 'stdout', 'stderr', 'stdout,stderr'");
        assertRefused(
                PARTITION,
                Map.of("offset", 131_072L, "cut", "stdout"),
                "split 'nfs-1:1234.0/2': stdoutDone, stderrDone and cut are of container logs, each of which is split"
                        + " 0 alone");
    }

    @Test
    void anOffsetOfAnotherLabelIsRefused() {
        assertRefused(
                Map.of("split", "nfs-2:1.0/0"),
                Map.of("offset", 0L),
                "split 'nfs-2:1.0/0': the connector's storage.label is 'nfs-1', so it would never read the offset of"
                        + " 'nfs-2'");
    }

    @Test
    void oneWrongOffsetRefusesAllAndAllReasonsAreTold() {
        Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
        offsets.put(PARTITION, Map.of("offset", 131_072L));
        for (int number = 0; number < 150; number++) {
            offsets.put(Map.of("split", "nfs-1:1.0/" + number), Map.of("offset", -1L));
        }

        assertThatThrownBy(() -> connector.alterOffsets(ConnectorProperties.with("split.bytes=64KiB"), offsets))
                .isInstanceOf(ConnectException.class)
                .message()
                .satisfies(message -> {
                    assertThat(message.lines()).hasSize(102);
                    assertThat(message)
                            .contains("split 'nfs-1:1.0/0': offset -1 is negative")
                            .endsWith("and 50 more")
                            .doesNotContain("1234");
                });
    }

    @Test
    void offsetsOfAWrongConfigurationAreNotJudged() {
        assertThatThrownBy(() -> connector.alterOffsets(ConnectorProperties.with("split.bytes=1"), Map.of()))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("offsets cannot be judged, because the connector's configuration is wrong:\n"
                        + "split.bytes: expected a size");
    }
}
