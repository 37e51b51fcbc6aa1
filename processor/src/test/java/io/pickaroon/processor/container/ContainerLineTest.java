package io.pickaroon.processor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.container.ContainerFormat.Syntax;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerLineTest {
    @Test
    void findsThePartsOfALineOfTheContainerRuntimeInterface() {
        assertThat(parsed(Syntax.CRI, "2016-10-06T00:17:09.669794202Z stdout F log content 1"))
                .isEqualTo("stdout|true|2016-10-06T00:17:09.669794202Z|log content 1");
        assertThat(parsed(Syntax.CRI, "2016-10-06T00:17:09+02:00 stderr P:x:y  two"))
                .isEqualTo("stderr|false|2016-10-06T00:17:09+02:00| two");
        assertThat(parsed(Syntax.CRI, "2016-10-06T00:17:09Z stdout F ")).isEqualTo("stdout|true|2016-10-06T00:17:09Z|");
        assertThat(parsed(Syntax.CRI, "2016-10-06T00:17:09Z stdout F")).isEqualTo("stdout|true|2016-10-06T00:17:09Z|");
        assertThat(parsed(Syntax.CRI, "2016-10-06T00:17:09Z stdout F a\r"))
                .isEqualTo("stdout|true|2016-10-06T00:17:09Z|a");
        assertThat(parsed(Syntax.CRI, "2016-10-06T00:17:09Z stdout P a\r"))
                .isEqualTo("stdout|false|2016-10-06T00:17:09Z|a\r");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a line",
                "2016-10-06T00:17:09Z",
                "2016-10-06T00:17:09Z ",
                "2016-10-06T00:17:09Z stdout",
                "2016-10-06T00:17:09Z stdout ",
                "2016-10-06T00:17:09Z stdin F text",
                "2016-10-06T00:17:09Z stdout X text",
                "2016-10-06T00:17:09Z stdout FF text",
                "2016-10-06 00:17:09Z stdout F text",
                "x016-10-06T00:17:09Z stdout F text",
                "{\"log\":\"text\\n\",\"stream\":\"stdout\",\"time\":\"2016-10-06T00:17:09Z\"}"
            })
    void otherLinesAreNotThoseOfTheContainerRuntimeInterface(String line) {
        assertThat(parsed(Syntax.CRI, line)).isEqualTo("none");
    }

    @Test
    void findsThePartsOfALineOfDocker() {
        assertThat(parsed(Syntax.DOCKER, "{\"log\":\"one\\n\",\"stream\":\"stdout\",\"time\":\"T\"}"))
                .isEqualTo("stdout|true|T|one");
        assertThat(parsed(Syntax.DOCKER, "{\"log\":\"one\\r\\n\",\"stream\":\"stderr\",\"time\":\"T\"}"))
                .isEqualTo("stderr|true|T|one");
        assertThat(parsed(Syntax.DOCKER, "{\"log\":\"one\\r\",\"stream\":\"stderr\",\"time\":\"T\"}"))
                .isEqualTo("stderr|false|T|one\r");
        assertThat(parsed(Syntax.DOCKER, "{\"log\":\"a\\\\n\",\"stream\":\"stderr\",\"time\":\"T\"}"))
                .isEqualTo("stderr|false|T|a\\n");
        assertThat(parsed(
                        Syntax.DOCKER,
                        " { \"attrs\" : {\"a\":[1,\"}\",{\"log\":\"no\"}],\"b\":null} , \"n\": -1.5, \"time\":\"T\","
                                + "\"log\":\"\\\"\\\\\\/\\b\\f\\t\\u003c\\u00e9\\u20ac\\ud83d\\ude00\\ud83d.\\u00"
                                + "0a\",\"stream\":\"stdout\"} "))
                .isEqualTo("stdout|true|T|\"\\/\b\f\t<\u00e9\u20ac\ud83d\ude00\ufffd.");
        assertThat(parsed(Syntax.DOCKER, "{\"stream\":\"stdout\"}")).isEqualTo("stdout|false||");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "a line",
                "{\"log\":\"a\"}",
                "{\"log\":\"a\",\"stream\":\"other\"}",
                "{\"log\":1,\"stream\":\"stdout\"}",
                "{\"log\":\"a\",\"stream\":\"stdout\"",
                "{\"log\":\"a\",\"stream\":\"stdout\"} x",
                "{\"log\":\"a\\x\",\"stream\":\"stdout\"}",
                "{\"log\":\"a\\u12g4\",\"stream\":\"stdout\"}",
                "{\"log\":\"a\\",
                "{\"log\":\"a\",\"stream\":\"stdout\",\"attrs\":{\"a\":1}",
                "{\"log\":\"a\",\"stream\":\"stdout\",}",
                "2016-10-06T00:17:09Z stdout F text"
            })
    void otherLinesAreNotThoseOfDocker(String line) {
        assertThat(parsed(Syntax.DOCKER, line)).isEqualTo("none");
    }

    /** Stream, whether the message ends, time and text. */
    private static String parsed(Syntax syntax, String line) {
        byte[] bytes = (".." + line + "..").getBytes(StandardCharsets.UTF_8);
        LineParts parts = new LineParts();
        if (!syntax.newLines().parse(bytes, 2, bytes.length - 2, parts)) {
            return "none";
        }
        parts.dropReturn();
        byte[] text = new byte[parts.textLength];
        int length = syntax.newLines().copyText(bytes, parts.textStart, parts.textEnd, text, 0, text.length);
        assertThat(length).isEqualTo(parts.textLength);
        return "%s|%s|%s|%s"
                .formatted(
                        parts.stream == 0 ? "stdout" : "stderr",
                        parts.endsMessage,
                        new String(bytes, parts.timeStart, parts.timeEnd - parts.timeStart, StandardCharsets.UTF_8),
                        new String(text, StandardCharsets.UTF_8));
    }
}
