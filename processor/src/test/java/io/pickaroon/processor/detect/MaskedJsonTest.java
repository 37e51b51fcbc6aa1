package io.pickaroon.processor.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON stays JSON, as a strict parser takes it, where what is hidden is a number or stands in a text. */
class MaskedJsonTest {
    private static final int RECORDS = 20_000;
    private static final List<Detector> ALL = List.of(Detector.values());
    private static final JsonFactory STRICT = new JsonFactory();
    private static final List<String> NAMES = List.of(
            "pan", "password", "dbPwd", "client_secret", "cvv", "security code", "n", "password=a", "joe@example.com");
    private static final List<String> TEXTS = List.of(
            "4111111111111111",
            "4111 1111 1111 1111, 5555555555554444",
            "DE89370400440532013000",
            "joe@example.com",
            "10.0.0.1",
            "2001:db8::1",
            "+49 170 1234567",
            "Authorization: Bearer abcdef1234567890.xyz=",
            "password=a\"b\\c",
            "login pwd: x\ty",
            "{\"password\":\"s3\\\"c\",\"pwd\":12,\"pan\":4111111111111111}",
            "{\"m\":\"{\\\"secret\\\":123456,\\\"cvc\\\":123}\"}",
            "postgres://joe:p@ss@db/x",
            "cvv=123",
            "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49\n",
            "M\u00fcller\u2028",
            "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "42",
                "-1",
                "123",
                "12345",
                "12.345",
                "-7.5",
                "1e5",
                "-1.5E+10",
                "0.1",
                "1234567890123456789"
            })
    void aNumberThatIsAPasswordBecomesOneOfTheSameLength(String number) throws IOException {
        String record = "{\"password\":" + number + ",\"a\":[1]}";
        String masked = Masked.by(ALL, record);

        assertThat(masked).hasSameSizeAs(record).isNotEqualTo(record);
        assertThat(value(masked)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"pan\":%s}", "{ \"a\" : [ %s , 1 ] }", "[%s]", "[1,%s,true]", "{\"a\":[[1,2],[%s,3]]}"})
    void aNumberThatIsACardKeepsItsLastDigits(String form) throws IOException {
        String masked = Masked.by(List.of(Detector.CARD), form.formatted("4111111111111111"));

        assertThat(masked).isEqualTo(form.formatted("0.00000000001111"));
        parse(masked);
    }

    @Test
    void allOfThemLeaveJsonWhatItIs() throws IOException {
        Random random = new Random(1);
        int changed = 0;
        for (int i = 0; i < RECORDS; i++) {
            StringBuilder json = new StringBuilder();
            append(random, 3, json);
            String record = new String(json.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            String masked = Masked.by(ALL, record);
            changed += masked.equals(record) ? 0 : 1;
            try {
                parse(record);
                parse(masked);
            } catch (IOException e) {
                throw new AssertionError(record + " becomes " + masked, e);
            }
            assertThat(Masked.by(ALL, masked)).as(record).isEqualTo(masked);
        }
        assertThat(changed).isGreaterThan(RECORDS / 3);
    }

    /** Appends an object, an array or a value, with spaces and ends of lines in any place. */
    private static void append(Random random, int depth, StringBuilder json) {
        int kind = random.nextInt(depth == 3 ? 2 : depth == 0 ? 6 : 9);
        if (depth == 3 || kind >= 6) {
            boolean isObject = random.nextBoolean();
            json.append(isObject ? '{' : '[');
            int values = random.nextInt(4);
            for (int i = 0; i < values; i++) {
                json.append(i == 0 ? "" : ",").append(space(random));
                if (isObject) {
                    quote(NAMES.get(random.nextInt(NAMES.size())), json);
                    json.append(space(random)).append(':').append(space(random));
                }
                append(random, depth - 1, json);
            }
            json.append(space(random)).append(isObject ? '}' : ']');
        } else if (kind < 3) {
            json.append(number(random));
        } else if (kind < 5) {
            quote(TEXTS.get(random.nextInt(TEXTS.size())), json);
        } else {
            json.append(List.of("null", "true", "false").get(random.nextInt(3)));
        }
        json.append(space(random));
    }

    private static String number(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "4111111111111111";
            case 1 -> "501801234565";
            case 2 -> Long.toString(random.nextLong());
            case 3 -> Double.toString(random.nextGaussian() * 1e9);
            case 4 -> Integer.toString(random.nextInt(100));
            default -> Integer.toString(random.nextInt(10_000)) + "e-" + random.nextInt(10);
        };
    }

    private static String space(Random random) {
        return List.of("", "", "", " ", "  ", "\n\t").get(random.nextInt(6));
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"')
                .append(text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t"))
                .append('"');
    }

    private static double value(String json) throws IOException {
        parse(json);
        try (JsonParser parser = STRICT.createParser(json)) {
            JsonToken token = parser.nextToken();
            while (!token.isNumeric()) {
                token = parser.nextToken();
            }
            return parser.getDoubleValue();
        }
    }

    private static void parse(String record) throws IOException {
        try (JsonParser parser = STRICT.createParser(record.getBytes(StandardCharsets.ISO_8859_1))) {
            while (parser.nextToken() != null) {
                if (parser.currentToken().isNumeric()) {
                    parser.getDoubleValue();
                }
            }
        }
    }
}
