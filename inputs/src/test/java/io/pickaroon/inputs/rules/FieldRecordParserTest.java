package io.pickaroon.inputs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.rule.RecordParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldRecordParserTest {
    /** Fields as name, value and whether it is decoded; a minus stands for a missing one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "JSON | false | {\"a\":\"x\\n\",\"c\":{\"d\":1},\"b\":2} | c.d=1 none- b=2",
                "JSON | true | {\"a\":\"x\\n\",\"c\":{\"d\":1},\"b\":2} | `c.d=1 none- b=2 a=x\n*`",
                "JSON | true | {\"a\":1 | c.d- none- b-",
                "JSON | false | b=2 | c.d- none- b-",
                "LOGFMT | false | a=\"\\t\" b=2 c.d=1 e | c.d=1 none- b=2",
                "LOGFMT | true | a=\"\\t\" b=2 c.d=1 e | `c.d=1 none- b=2 a=\t* e=true*`",
                "LOGFMT | true | a=1 b=\"2 | c.d- none- b-"
            })
    void namedFieldsComeFirst(FieldRecordParser parser, boolean all, String record, String expected) {
        RecordParser.Session session = parser.open(List.of("c.d", "none", "b"), all);
        parse(session, "{\"old\":1,\"b\":3}");
        parse(session, "old=1 b=3");

        boolean parses = parse(session, record);
        assertThat(parses).isEqualTo(!expected.startsWith("c.d-"));
        assertThat(String.join(" ", fields(session))).isEqualTo(expected);
    }

    @Test
    void valuesKnowTheirPlaces() {
        RecordParser.Session session = FieldRecordParser.JSON.open(List.of("b"), true);
        byte[] log = "xx{\"a\":\"p\\tq\",\"b\":\"r\"}xx".getBytes(StandardCharsets.UTF_8);
        assertThat(session.parse(log, 2, log.length - 2)).isTrue();
        assertThat(session.bytes(0)).isSameAs(log);
        assertThat(List.of(session.start(0), session.end(0), session.sourceStart(0), session.sourceEnd(0)))
                .containsExactly(19, 20, 19, 20);
        assertThat(session.isDecoded(1)).isTrue();
        assertThat(List.of(session.sourceStart(1), session.sourceEnd(1))).containsExactly(8, 12);
    }

    @Test
    void descriptionsStandInFingerprintsAndStay() {
        assertThat(FieldRecordParser.JSON.description()).isEqualTo("json");
        assertThat(FieldRecordParser.LOGFMT.description()).isEqualTo("logfmt");
    }

    private static boolean parse(RecordParser.Session session, String record) {
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        return session.parse(bytes, 0, bytes.length);
    }

    private static List<String> fields(RecordParser.Session session) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < session.count(); i++) {
            String name = new String(session.name(i), StandardCharsets.UTF_8);
            if (session.has(i)) {
                int start = session.start(i);
                String value = new String(session.bytes(i), start, session.end(i) - start, StandardCharsets.UTF_8);
                fields.add(name + "=" + value + (session.isDecoded(i) ? "*" : ""));
            } else {
                fields.add(name + "-");
            }
        }
        return fields;
    }
}
