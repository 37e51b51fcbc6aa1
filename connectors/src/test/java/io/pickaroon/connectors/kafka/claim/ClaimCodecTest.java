package io.pickaroon.connectors.kafka.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.connectors.kafka.claim.Claim.Start;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimCodecTest {
    private static final Claim CLAIM = new Claim(
            0x0f3c5a7e9b1d2468L,
            "shop-3",
            "/var/lib/\"p\"/checkpoint",
            new Start(7, -2, Instant.parse("2026-11-20T12:00:00.5Z")),
            Set.of("b1", "a2"),
            false);

    @Test
    void aKeyHasAColonAndSoIsNoPositionsOfAnyName() {
        assertThat(text(ClaimCodec.key("shop.1"))).isEqualTo("claim:shop.1");
        assertThat(ClaimCodec.name(ClaimCodec.key("shop.1"))).contains("shop.1");
        assertThat(ClaimCodec.name(bytes("claim/1-2-3"))).isEmpty();
    }

    @Test
    void aValueIsJson() throws IOException {
        assertThat(text(ClaimCodec.value(CLAIM)))
                .isEqualTo("{\"version\":1,\"checkpoint\":\"0f3c5a7e9b1d2468\",\"host\":\"shop-3\","
                        + "\"path\":\"/var/lib/\\\"p\\\"/checkpoint\",\"starts\":7,\"startToken\":\"fffffffffffffffe\","
                        + "\"rules\":[\"a2\",\"b1\"],\"claimedAt\":\"2026-11-20T12:00:00.500Z\"}");
        assertThat(ClaimCodec.claim(ClaimCodec.value(CLAIM))).isEqualTo(CLAIM);
    }

    @Test
    void renewalsAreWrittenIfThereAreAny() throws IOException {
        Claim renewed = new Claim(1, "h", "/c", new Start(3, 2, 4, Instant.EPOCH), Set.of(), false);
        assertThat(text(ClaimCodec.value(renewed))).contains("\"renewals\":4,");
        assertThat(ClaimCodec.claim(ClaimCodec.value(renewed))).isEqualTo(renewed);
    }

    @Test
    void aPassingOneComesBackAsThat() throws IOException {
        Claim passing = new Claim(1, "h", "", new Start(1, 2, Instant.EPOCH), Set.of(), true);
        assertThat(ClaimCodec.claim(ClaimCodec.value(passing))).isEqualTo(passing);
    }

    @Test
    void fieldsThatAreNotKnownAreSkipped() throws IOException {
        String value =
                "{\"more\":{\"starts\":1,\"a\":[2]},\"starts\":3,\"checkpoint\":\"0000000000000009\",\"version\":1}";
        assertThat(ClaimCodec.claim(bytes(value)))
                .isEqualTo(new Claim(9, "", "", new Start(3, 0, Instant.EPOCH), Set.of(), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "{",
                "{\"version\":1,\"starts\":1}",
                "{\"version\":1,\"checkpoint\":\"0000000000000001\"}",
                "{\"version\":1,\"checkpoint\":\"xyz\",\"starts\":1}",
                "{\"version\":1,\"checkpoint\":\"0000000000000000\",\"starts\":1}",
                "{\"version\":1,\"checkpoint\":\"0000000000000001\",\"starts\":-1}",
                "{\"version\":1,\"checkpoint\":\"0000000000000001\",\"starts\":1,\"rules\":\"a\"}",
                "{\"version\":1,\"checkpoint\":\"0000000000000001\",\"starts\":1,\"rules\":[1]}",
                "{\"version\":1,\"checkpoint\":\"0000000000000001\",\"starts\":1,\"claimedAt\":\"today\"}",
                "{\"version\":2,\"checkpoint\":\"0000000000000001\",\"starts\":1}"
            })
    void aValueThatMakesNoSenseIsAnError(String value) {
        assertThatThrownBy(() -> ClaimCodec.claim(bytes(value))).isInstanceOf(IOException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
