package io.pickaroon.processor.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RegexRecordParserTest {
    private final RegexRecordParser parser =
            new RegexRecordParser("^(?<time>\\S+) (?<level>[A-Z]+)(?: user=(?<user>\\w+))?");

    @Test
    void fieldsAreTheNamedGroupsThatTakePart() {
        RecordParser.Session session = parser.open(List.of("user", "other", "level"), false);
        assertThat(read(session, "10:11 INFO user=ann")).isEqualTo("{level=INFO, user=ann}");
        assertThat(read(session, "10:11 INFO")).isEqualTo("{level=INFO}");
        assertThat(session.count()).isEqualTo(3);
    }

    @Test
    void allOthersComeAfterThoseThatAreAskedFor() {
        RecordParser.Session session = parser.open(List.of("user"), true);
        assertThat(read(session, "10:11 INFO user=ann")).isEqualTo("{level=INFO, time=10:11, user=ann}");
        assertThat(session.name(0)).isEqualTo("user".getBytes(StandardCharsets.US_ASCII));
        assertThat(parser.names()).containsExactly("time", "level", "user");
    }

    @Test
    void aRecordThatDoesNotMatchHasNoField() {
        RecordParser.Session session = parser.open(List.of("level"), true);
        assertThat(read(session, "10:11 INFO user=ann")).contains("INFO");
        assertThat(read(session, "nothing of the kind")).isEqualTo("does not parse {}");
    }

    @Test
    void anExpressionWithoutNamedGroupIsRefused() {
        assertThatThrownBy(() -> new RegexRecordParser("(a)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no named group");
    }

    private static String read(RecordParser.Session session, String record) {
        byte[] bytes = ("##" + record + "##").getBytes(StandardCharsets.US_ASCII);
        boolean parses = session.parse(bytes, 2, bytes.length - 2);
        TreeMap<String, String> fields = new TreeMap<>();
        for (int field = 0; field < session.count(); field++) {
            if (session.has(field)) {
                int length = session.end(field) - session.start(field);
                fields.put(
                        new String(session.name(field), StandardCharsets.US_ASCII),
                        new String(session.bytes(field), session.start(field), length, StandardCharsets.US_ASCII));
            }
        }
        return (parses ? "" : "does not parse ") + fields;
    }
}
