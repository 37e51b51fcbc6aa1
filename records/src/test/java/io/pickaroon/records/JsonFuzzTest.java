package io.pickaroon.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Whatever a record holds, which names are wanted, or all, does not decide whether it parses nor what a field's value is, values
 * come from within the record, and what stands around the record changes nothing.
 */
class JsonFuzzTest {
    private static final List<String> NAMES = List.of("a", "a.b", "a.b.c", "a.0", "");
    private static final byte[] QUOTES = "\"\"}".getBytes(StandardCharsets.US_ASCII);

    private final JsonFieldParser all = new JsonFieldParser(NAMES);
    private final List<JsonFieldParser> single =
            NAMES.stream().map(name -> new JsonFieldParser(List.of(name))).toList();

    private final FieldParser others = FieldParser.json(NAMES.subList(0, 2), true);
    private final Fields ofOthers = others.newFields();

    @FuzzTest(maxDuration = "10m")
    void readsTheSameWhateverIsWanted(byte[] record) {
        byte[] log = new byte[QUOTES.length + record.length + QUOTES.length];
        System.arraycopy(QUOTES, 0, log, 0, QUOTES.length);
        System.arraycopy(record, 0, log, QUOTES.length, record.length);
        System.arraycopy(QUOTES, 0, log, QUOTES.length + record.length, QUOTES.length);
        int from = QUOTES.length;
        int to = from + record.length;

        Fields fields = all.newFields();
        boolean parses = all.parse(fields, log, from, to);

        assertThat(others.parse(ofOthers, log, from, to)).isEqualTo(parses);
        if (parses) {
            ReadFields.assertAsWantedAlone(ofOthers, JsonFieldParser::new, log, from, to);
        }
        Map<String, String> known = ReadFields.of(ofOthers);
        for (int i = 0; i < NAMES.size(); i++) {
            boolean isKnown = known.containsKey(NAMES.get(i));
            assertThat(isKnown == fields.has(i) || !isKnown && i >= 2 && ofOthers.isCut())
                    .isTrue();
        }

        JsonFieldParser none = new JsonFieldParser(List.of());
        assertThat(none.parse(none.newFields(), record, 0, record.length)).isEqualTo(parses);
        for (int i = 0; i < NAMES.size(); i++) {
            Fields one = single.get(i).newFields();
            assertThat(single.get(i).parse(one, record, 0, record.length)).isEqualTo(parses);
            assertThat(one.has(0)).isEqualTo(fields.has(i)).isIn(parses, false);
            assertThat(value(one, 0)).isEqualTo(value(fields, i));
            if (fields.has(i)) {
                assertThat(fields.sourceStart(i)).isBetween(from, fields.sourceEnd(i));
                assertThat(fields.sourceEnd(i)).isLessThanOrEqualTo(to);
                if (!fields.isDecoded(i)) {
                    assertThat(fields.bytes(i)).isSameAs(log);
                }
            }
        }
    }

    private static byte[] value(Fields fields, int index) {
        return fields.has(index)
                ? Arrays.copyOfRange(fields.bytes(index), fields.start(index), fields.end(index))
                : new byte[0];
    }
}
