package io.pickaroon.connectors.kafka.positions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.file.StreamPlaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionCodecTest {
    private static final FileIdentity FILE = new FileIdentity(0x801L, -1, 1_763_640_000_123_456_789L);

    private final PositionCodec codec = new PositionCodec("shop-1");

    @Test
    void aKeyNamesInstanceAndFile() throws IOException {
        assertThat(text(codec.key(FILE))).isEqualTo("shop-1/801-ffffffffffffffff-1879b53c67074d15");
        assertThat(codec.file(codec.key(FILE))).contains(FILE);
    }

    @Test
    void aKeyOfALaterGenerationNamesThatToo() throws IOException {
        byte[] key = codec.key(FILE.ofGeneration(17));
        assertThat(text(key)).isEqualTo("shop-1/801-ffffffffffffffff-1879b53c67074d15-11");
        assertThat(codec.file(key)).contains(FILE.ofGeneration(17));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop-10/1-2-3", "shop/1-2-3", "1-2-3", "", "shop-1"})
    void keysOfOthersAreNotOurs(String key) throws IOException {
        assertThat(codec.file(bytes(key))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop-1/",
                "shop-1/1-2",
                "shop-1/1-2-3-4-5",
                "shop-1/1-2-3-11112222",
                "shop-1/1-2-x",
                "shop-1/1-2-11112222333344445"
            })
    void aKeyOfOursThatMakesNoSenseIsAnError(String key) {
        assertThatThrownBy(() -> codec.file(bytes(key)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(key);
    }

    @Test
    void aValueIsJson() throws IOException {
        DeliveredPosition position = new DeliveredPosition(new Position(1L << 40, false), Set.of("b1", "a2"), 4096);
        byte[] value = codec.value("/var/log/\"shop\".log", position, Instant.parse("2026-11-20T12:00:00.5Z"));

        assertThat(text(value))
                .isEqualTo(
                        "{\"version\":1,\"path\":\"/var/log/\\\"shop\\\".log\",\"offset\":1099511627776,"
                            + "\"startsRecord\":false,\"rules\":[\"a2\",\"b1\"],\"rulesSince\":4096,\"deliveredAt\":\"2026-11-20T12:00:00.500Z\"}");
        assertThat(codec.position(value)).isEqualTo(position);
    }

    @Test
    void whereLinesEndComesBackAsItWas() throws IOException {
        DeliveredPosition position =
                new DeliveredPosition(new Position(8192, true), Set.of(), 0, new LineEnds(4096, -1_401_834_527), 3);
        byte[] value = codec.value("/var/log/shop.log", position, Instant.EPOCH);

        assertThat(text(value)).contains("\"lineEnds\":{\"lengthBytes\":4096,\"checksum\":-1401834527}");
        assertThat(codec.position(value)).isEqualTo(position);
    }

    @Test
    void whatItSaysOfStreamsComesBackAndTextFilesSayNothing() throws IOException {
        StreamPlaces streams = new StreamPlaces(9000, 0, false, true);
        DeliveredPosition position = new DeliveredPosition(new Position(8192, true, streams), Set.of(), 0);
        byte[] value = codec.value("/log", position, Instant.EPOCH);
        assertThat(codec.position(value)).isEqualTo(position);
        assertThat(codec.position(value).position().streams()).isEqualTo(streams);
        byte[] text = codec.value("/log", new DeliveredPosition(new Position(8192, true), Set.of(), 0), Instant.EPOCH);
        assertThat(new String(text, StandardCharsets.UTF_8)).doesNotContain("streams");
    }

    @Test
    void fieldsThatAreNotKnownAreSkipped() throws IOException {
        String value =
                "{\"more\":{\"offset\":1,\"a\":[2]},\"startsRecord\":true,\"offset\":7,\"version\":1,\"x\":null}";
        assertThat(codec.position(bytes(value))).isEqualTo(new DeliveredPosition(new Position(7, true), Set.of(), 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "{",
                "{\"version\":1,\"offset\":7",
                "{\"version\":1,\"offset\":7}",
                "{\"version\":1,\"startsRecord\":true}",
                "{\"offset\":7,\"startsRecord\":true}",
                "{\"version\":1,\"offset\":-7,\"startsRecord\":true}",
                "{\"version\":1,\"offset\":\"7\",\"startsRecord\":true}",
                "{\"version\":1,\"offset\":7,\"startsRecord\":true,\"rules\":\"a\"}",
                "{\"version\":1,\"offset\":7,\"startsRecord\":true,\"rules\":[1]}",
                "{\"version\":1,\"offset\":7,\"startsRecord\":true,\"rules\":[",
                "{\"version\":1,\"offset\":7,\"startsRecord\":true,\"rulesSince\":8}",
                "{\"version\":1,\"offset\":7,\"startsRecord\":true,\"streams\":7}",
                "{\"version\":1,\"offset\":7,\"startsRecord\":true,\"streams\":{\"stdoutDone\":-1}}",
                "{\"version\":1,\"offset\":7,\"startsRecord\":true,\"streams\":{\"cut\":4}}",
                "{\"version\":2,\"offset\":7,\"startsRecord\":true}"
            })
    void aValueThatMakesNoSenseIsAnError(String value) {
        assertThatThrownBy(() -> codec.position(bytes(value))).isInstanceOf(IOException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
