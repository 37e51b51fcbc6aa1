package io.pickaroon.connectors.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTextTest {
    private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "M required username=\"a\" password=\"b\";",
                "M REQUIRED username=a\n password='b' ;",
                "M required;",
                "M required username=\"a\\\"b\" password=\"\\\\\"; // comment",
                "",
                ";",
                "M",
                "M username=\"a\";",
                "M required username=\"a\" password=\"b\"",
                "M required username=\"a\" password=\"b\"c\";",
                "M required username=\"a\" password=\"b\nc\";",
                "M required username=\"a\" password=1234;",
                "M required username=\"a\" password;",
                "M required username=\"a\" password=\"b\"; M required;",
                "M required username=\"a\" password=\"b\"; x",
            })
    void isRightIfKafkaTakesIt(String text) {
        String login = text.replace("M", MODULE);
        LoginText read = LoginText.of(login);

        assertThat(read.problem().isEmpty()).isEqualTo(kafkaTakes(login));
        read.problem().ifPresent(problem -> assertThat(problem).doesNotContain(MODULE));
    }

    @Test
    void knowsTheUser() {
        assertThat(LoginText.of("x.M required password=\"username=b\" username='shop'; ")
                        .username())
                .contains("shop");
        assertThat(LoginText.of("x.M required username=\"shop\" password=\"a\"b\"")
                        .username())
                .isEmpty();
    }

    private static boolean kafkaTakes(String login) {
        try {
            JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(login)));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
