package io.pickaroon.connect.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.config.settings.ReadMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorConfigTest {
    @Test
    void whatIsNotGivenHasItsDefault() {
        ConnectorConfig config = ConnectorConfig.of(ConnectorProperties.with());

        assertThat(config.name()).isEqualTo("shop");
        assertThat(config.label()).isEqualTo("nfs-1");
        assertThat(config.splitBytes()).isEqualTo(256L << 20);
        assertThat(config.deadLetterTopic()).isEmpty();
        assertThat(config.maxRecordBytes()).isEqualTo(1 << 20);
        assertThat(config.limits())
                .isEqualTo(new TopicLimits(1 << 20, Duration.ofMillis(Long.MAX_VALUE), Duration.ofHours(1)));
        assertThat(config.lookInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.maxOpenFiles()).isEqualTo(256);
        assertThat(config.taskIndex()).isZero();
        assertThat(config.taskCount()).isEqualTo(1);
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void whatIsGivenIsRead() {
        ConnectorConfig config = ConnectorConfig.of(ConnectorProperties.with(
                "split.bytes=5GiB",
                "dead.letter.topic=dead",
                "max.message.bytes=64KiB",
                "message.timestamp.before.max.ms=1000",
                "message.timestamp.after.max.ms=9223372036854775807",
                "lookInterval=1s",
                "maxOpenFiles=7",
                "inputs.shop.mode=complete"));

        assertThat(config.splitBytes()).isEqualTo(5L << 30);
        assertThat(config.deadLetterTopic()).contains("dead");
        assertThat(config.limits())
                .isEqualTo(new TopicLimits(64 << 10, Duration.ofSeconds(1), Duration.ofMillis(Long.MAX_VALUE)));
        assertThat(config.lookInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.maxOpenFiles()).isEqualTo(7);
        assertThat(config.settings().mode("shop")).isEqualTo(ReadMode.COMPLETE);
    }

    @Test
    void eachTaskKnowsItsShare() {
        List<Map<String, String>> ofTasks = ConnectorConfig.ofTasks(ConnectorProperties.with("split.bytes=64KiB"), 3);

        assertThat(ofTasks).hasSize(3);
        for (int index = 0; index < 3; index++) {
            ConnectorConfig config = ConnectorConfig.of(ofTasks.get(index));
            assertThat(config.taskIndex()).isEqualTo(index);
            assertThat(config.taskCount()).isEqualTo(3);
            assertThat(config.splitBytes()).isEqualTo(64 << 10);
        }
    }

    @ParameterizedTest
    @CsvSource({"3,3", "-1,3", "0,0", "a,3", "0,", ",3"})
    void aShareThatIsNoneIsRefused(String index, String count) {
        Map<String, String> properties = new HashMap<>(ConnectorProperties.with());
        properties.put("task.index", index);
        properties.put("task.count", count);

        assertThatThrownBy(() -> ConnectorConfig.of(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("task.index: expected a number from 0 to one less than 'task.count', found "
                        + index + " of " + count);
    }

    @Test
    void everythingThatIsWrongIsInOneMessage() {
        assertThatThrownBy(() -> ConnectorConfig.of(
                        ConnectorProperties.with("exactly.once.support=", "split.bytes=1", "inputs.shop.mode=done")))
                .isInstanceOf(ConfigException.class)
                .message()
                .satisfies(message -> assertThat(message.lines())
                        .extracting(line -> line.substring(0, line.indexOf(':')))
                        .containsExactly("exactly.once.support", "split.bytes", "inputs.shop.mode"));
    }

    @Test
    void whatIsProbablyNotMeantIsAWarning() {
        assertThat(ConnectorConfig.of(
                                ConnectorProperties.with("rules.errors.match.literal=", "rules.errors.match.regex=x*"))
                        .warnings())
                .containsExactly(
                        "rules.errors.match.regex: the expression matches the empty text, so every record matches");
    }
}
