package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.check.PropertiesCheck;
import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.check.SettingsCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two files that say the same have the same hash, and no secret is in it. */
class SettingsHashTest {
    private static final String TEXT = """
        checkpoint: { path: /var/lib/x/checkpoint }
        audit: { file: /var/lib/x/audit, key: of-the-audit-trail }
        inputs:
          - id: shop
            include: [ "/l/*.log" ]
            exclude: [ "a", "b" ]
        rules:
          - { id: errors, match: { literal: "${WORD}" }, emit: { topic: t, key: "{file}" } }
        output:
          kafka:
            bootstrapServers: "h:9092"
            properties: { linger.ms: 5, ssl.key.password: one }
        """;

    @TempDir
    private Path directory;

    private String hash(String text) throws Exception {
        return hash(text, "first");
    }

    private String hash(String text, String word) throws Exception {
        Path file = Files.writeString(directory.resolve("x.yaml"), text);
        return SettingsReader.readLocated(
                        file, _ -> word, RegexCheck.NONE, PropertiesCheck.NONE, SettingsCheck.NONE, _ -> {})
                .sha256();
    }

    @Test
    void formatCommentsAndOrderOfKeysDoNotCount() throws Exception {
        String other = """
            # a comment
            output: { kafka: { properties: { ssl.key.password: one, "linger.ms": '5' }, bootstrapServers: h:9092 } }
            rules:
            - emit:
                key: "{file}"
                topic: t   # another
              id: 'errors'
              match:
                literal: ${WORD}
            inputs: [ { id: shop, include: [ /l/*.log ], exclude: [ a, b ] } ]
            audit:
              key: 'of-the-audit-trail'
              file: /var/lib/x/audit
            checkpoint:
              path: "/var/lib/x/checkpoint"
            """;

        assertThat(hash(other)).isEqualTo(hash(TEXT)).matches("[0-9a-f]{64}");
    }

    @ParameterizedTest
    @CsvSource({
        "literal: \"${WORD}\", literal: other",
        "topic: t, topic: u",
        "key: \"{file}\", key: other",
        "'[ \"a\", \"b\" ]', '[ \"b\", \"a\" ]'",
        "linger.ms: 5, linger.ms: 6",
        "'exclude: [ \"a\", \"b\" ]', 'exclude: [ \"a, b\" ]'",
        "id: errors, id: error"
    })
    void whatIsSaidCounts(String before, String after) throws Exception {
        assertThat(TEXT).contains(before);
        assertThat(hash(TEXT.replace(before, after))).isNotEqualTo(hash(TEXT));
    }

    @Test
    void noSecretIsInIt() throws Exception {
        assertThat(hash(TEXT.replace("password: one", "password: two"))).isEqualTo(hash(TEXT));
        assertThat(hash(TEXT.replace("of-the-audit-trail", "of-another-audit-trail")))
                .isEqualTo(hash(TEXT));
        assertThat(hash(TEXT, "second")).isEqualTo(hash(TEXT, "first"));
        assertThat(hash(TEXT.replace(", ssl.key.password: one", ""))).isNotEqualTo(hash(TEXT));
        assertThat(hash(TEXT.replace(", key: of-the-audit-trail", ""))).isNotEqualTo(hash(TEXT));
    }
}
