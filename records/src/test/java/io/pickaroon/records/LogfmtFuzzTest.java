package io.pickaroon.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whatever a record holds, its pairs are those that an expression for one pair finds, or it does not parse. */
class LogfmtFuzzTest {
    private static final List<String> NAMES = List.of("a", "b", "ab", "a.b", "\u00e9");
    private static final Pattern PAIR = Pattern.compile(
            "\\G[\\x00-\\x20]*(?<key>[^\\x00-\\x20=\"]+)"
                + "(?<value>=(?:\"(?<quoted>[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|(?!\")(?<plain>[^\\x00-\\x20]*+)))?+(?=[\\x00-\\x20]|\\z)",
            Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))", Pattern.DOTALL);

    @FuzzTest(maxDuration = "10m")
    void readsThePairsThatAnExpressionFinds(byte[] input) {
        // Around the record stands what must not be read.
        byte[] log = new byte[input.length + 4];
        Arrays.fill(log, (byte) '"');
        System.arraycopy(input, 0, log, 2, input.length);
        LogfmtFieldParser parser = new LogfmtFieldParser(NAMES);
        Fields fields = parser.newFields();

        boolean parses = parser.parse(fields, log, 2, 2 + input.length);

        Optional<Map<String, byte[]>> expected = naive(new String(input, StandardCharsets.ISO_8859_1));
        assertThat(parses).isEqualTo(expected.isPresent());
        assertAll(log, 2, 2 + input.length, expected);
        for (String name : NAMES) {
            int index = fields.indexOf(name);
            byte[] value = expected.map(values -> values.get(name)).orElse(null);
            assertThat(fields.has(index)).as(name).isEqualTo(value != null);
            if (value != null) {
                assertThat(Arrays.copyOfRange(fields.bytes(index), fields.start(index), fields.end(index)))
                        .as(name)
                        .isEqualTo(value);
                assertThat(fields.sourceStart(index)).isBetween(2, fields.sourceEnd(index));
                assertThat(fields.sourceEnd(index)).isLessThanOrEqualTo(2 + input.length);
                if (!fields.isDecoded(index)) {
                    assertThat(fields.bytes(index)).isSameAs(log);
                }
            }
        }
    }

    /** Of all keys those in UTF-8 are read, each as if it were wanted alone. */
    private static void assertAll(byte[] log, int from, int to, Optional<Map<String, byte[]>> expected) {
        FieldParser parser = FieldParser.logfmt(NAMES.subList(0, 2), true);
        Fields fields = parser.newFields();
        assertThat(parser.parse(fields, log, from, to)).isEqualTo(expected.isPresent());
        if (expected.isPresent()) {
            ReadFields.assertAsWantedAlone(fields, LogfmtFieldParser::new, log, from, to);
        }
        if (!fields.isCut()) {
            assertThat(ReadFields.of(fields).keySet())
                    .isEqualTo(expected.map(Map::keySet).orElse(Set.of()));
        }
    }

    /** @param record its bytes, each as a character */
    private static Optional<Map<String, byte[]>> naive(String record) {
        Map<String, byte[]> values = new HashMap<>();
        Matcher pair = PAIR.matcher(record);
        int end = 0;
        while (pair.find()) {
            end = pair.end();
            String key = new String(latin1(pair.group("key")), StandardCharsets.UTF_8);
            String quoted = pair.group("quoted");
            byte[] value = pair.group("value") == null
                    ? latin1("true")
                    : quoted == null ? latin1(pair.group("plain")) : unescaped(quoted);
            values.put(key, value);
        }
        return record.substring(end).chars().allMatch(c -> c <= ' ') ? Optional.of(values) : Optional.empty();
    }

    /** Characters of escapes are made first, so that the halves of a surrogate pair find each other. */
    private static byte[] unescaped(String quoted) {
        ByteBuilder bytes = new ByteBuilder(1 << 22);
        StringBuilder units = new StringBuilder();
        Matcher escape = ESCAPE.matcher(quoted);
        int copied = 0;
        while (escape.find()) {
            if (escape.start() > copied) {
                flush(units, bytes);
                bytes.append(latin1(quoted.substring(copied, escape.start())));
            }
            copied = escape.end();
            if (escape.group(1) != null) {
                units.append((char) Integer.parseInt(escape.group(1), 16));
                continue;
            }
            flush(units, bytes);
            int letter = "bfnrt\"\\/".indexOf(escape.group(2));
            if (letter < 0) {
                bytes.append((byte) '\\');
                copied = escape.start() + 1;
                escape.region(copied, quoted.length());
            } else {
                bytes.append((byte) "\b\f\n\r\t\"\\/".charAt(letter));
            }
        }
        flush(units, bytes);
        bytes.append(latin1(quoted.substring(copied)));
        return bytes.toByteArray();
    }

    private static void flush(StringBuilder units, ByteBuilder bytes) {
        for (int unit : units.codePoints().toArray()) {
            boolean isHalf = unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE;
            bytes.append(Character.toString(isHalf ? 0xFFFD : unit).getBytes(StandardCharsets.UTF_8));
        }
        units.setLength(0);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
