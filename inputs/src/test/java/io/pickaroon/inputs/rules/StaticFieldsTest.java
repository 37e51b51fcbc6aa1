package io.pickaroon.inputs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.RecordFields;
import io.pickaroon.processor.rule.Rule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StaticFieldsTest {
    private static final Rule OF_PROD =
            new Rule("prod", new Pattern.Field("env", new Pattern.FieldTest.EqualTo("prod")));

    private final RecordFields fields = new RecordFields(
            List.of(OF_PROD),
            Optional.of(new StaticFields(Optional.of(FieldRecordParser.JSON), Map.of("env", "prod"))));

    @Test
    void aRecordThatDoesNotParseHasThem() {
        assertThat(envOf("no JSON at all")).isEqualTo("prod");
        assertThat(fields.isUnparsed()).isTrue();
    }

    @Test
    void aRecordsOwnFieldWins() {
        assertThat(envOf("{\"env\":\"test\"}")).isEqualTo("test");
        assertThat(envOf("{}")).isEqualTo("prod");
    }

    private String envOf(String record) {
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        fields.begin(bytes, 0, bytes.length);
        fields.parse();
        int env = fields.indexOf("env");
        assertThat(fields.has(env)).isTrue();
        return new String(
                fields.bytes(env), fields.start(env), fields.end(env) - fields.start(env), StandardCharsets.UTF_8);
    }
}
