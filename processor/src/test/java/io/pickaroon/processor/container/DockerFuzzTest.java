package io.pickaroon.processor.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pickaroon.processor.container.ContainerFormat.Syntax;
import io.pickaroon.processor.container.ContainerLog.Found;
import io.pickaroon.processor.container.FoundByReader.Plan;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whatever a log of Docker's driver holds, it is read the same in every cut, and every byte is counted. A line that is JSON says what
 * Jackson reads in it.
 */
class DockerFuzzTest {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern LEFT_OUT = Pattern.compile("[\\x00\\ufeff]|\\\\u00[67]");

    @FuzzTest(maxDuration = "10m")
    void isReadTheSameInEveryCutAndAsJsonIs(byte[] input) throws IOException {
        if (input.length < Plan.BYTES) {
            return;
        }
        Plan plan = Plan.of(input, Syntax.DOCKER);
        byte[] log = Arrays.copyOfRange(input, Plan.BYTES, input.length);
        List<Found> whole = new Plan(plan.format(), plan.maxRecordBytes(), plan.isMultiline(), 1 << 20, 1).found(log);
        assertThat(plan.found(log)).isEqualTo(whole);
        for (String line : new String(log, ISO_8859_1).split("\n")) {
            compare(line.getBytes(ISO_8859_1));
        }
    }

    private static void compare(byte[] line) {
        LineParts parts = new LineParts();
        DockerLine syntax = new DockerLine();
        boolean isInFormat = syntax.parse(line, 0, line.length, parts);
        if (isInFormat) {
            byte[] text = new byte[parts.textLength];
            assertThat(syntax.copyText(line, parts.textStart, parts.textEnd, text, 0, text.length))
                    .isEqualTo(text.length);
            byte[] head = new byte[text.length / 2];
            int length = syntax.copyText(line, parts.textStart, parts.textEnd, head, 0, head.length);
            // No character is cut in two.
            assertThat(length).isBetween(Math.max(0, head.length - 3), head.length);
            assertThat(Arrays.copyOf(head, length)).isEqualTo(Arrays.copyOf(text, length));
        }
        Read json = Read.of(line);
        if (json.isJson) {
            assertThat(isInFormat).isEqualTo(json.isInFormat);
            if (isInFormat) {
                byte[] text = new byte[parts.textLength];
                syntax.copyText(line, parts.textStart, parts.textEnd, text, 0, text.length);
                assertThat(parts.endsMessage).isEqualTo(json.log.endsWith("\n"));
                assertThat(new String(text, UTF_8) + (parts.endsMessage ? "\n" : ""))
                        .isEqualTo(json.log);
                assertThat(parts.stream == 0 ? "stdout" : "stderr").isEqualTo(json.stream);
            }
        }
    }

    /** What Jackson reads. */
    private static final class Read {
        boolean isJson;
        boolean isInFormat = true;
        String log = "";
        String stream;

        static Read of(byte[] line) {
            Read read = new Read();
            try (JsonParser parser = JSON.createParser(line)) {
                read.isJson = isPlain(line) && parser.nextToken() == JsonToken.START_OBJECT && read.members(parser);
            } catch (IOException notJson) {
                read.isJson = false;
            }
            read.isInFormat &= read.stream != null;
            return read;
        }

        /** It is UTF-8 without a mark, and no letter of a name, which is compared byte for byte, is an escape. */
        private static boolean isPlain(byte[] line) {
            String text = new String(line, UTF_8);
            return Arrays.equals(text.getBytes(UTF_8), line)
                    && !LEFT_OUT.matcher(text).find();
        }

        private boolean members(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                boolean isText = value == JsonToken.VALUE_STRING;
                if (name.equals("log")) {
                    isInFormat &= isText;
                    log = isText ? withoutHalves(parser.getText()) : log;
                } else if (name.equals("stream")) {
                    stream = isText ? parser.getText() : "";
                    isInFormat &= stream.equals("stdout") || stream.equals("stderr");
                } else {
                    parser.skipChildren();
                }
            }
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        }

        /** Half of a surrogate pair is no character, and cannot be encoded. */
        private static String withoutHalves(String text) {
            StringBuilder whole = new StringBuilder();
            text.codePoints()
                    .map(point -> point >= 0xd800 && point < 0xe000 ? 0xfffd : point)
                    .forEach(whole::appendCodePoint);
            return whole.toString();
        }
    }
}
