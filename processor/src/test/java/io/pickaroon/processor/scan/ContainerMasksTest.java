package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.container.ContainerFormat;
import io.pickaroon.processor.container.ContainerFormat.Syntax;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.Captures;
import io.pickaroon.processor.rule.Context;
import io.pickaroon.processor.rule.EmitOptions;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.rule.Sample;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.Window;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerMasksTest {
    private static final String OUT = "2026-11-30T09:00:00.1Z stdout ";
    private static final String ERR = "2026-11-30T09:00:00.2Z stderr ";
    private static final String CRI =
            OUT + "P card=4111\n" + ERR + "F other 1234\n" + OUT + "F 22223333 end\n" + "no 1234\n";
    private static final Pattern DIGITS = new Pattern.Regex("[0-9]{4,}", false);
    private static final Captures FIELDS = new Captures(List.of(), List.of("stream", "time", "partial"), false);

    @Test
    void aMaskOverACutIsOneEditInEachPartAndTheGuardIsOverThePartsAlone() {
        ScannedWindow window = scan(Syntax.CRI, 100, CRI, rule(Fix.When.DELIVERED, false));
        assertThat(shown(window))
                .containsExactly("card=**** end".replace("****", "************"), "other ****", "no ****");
        EditBatch edits = window.edits();
        List<String> changes = new ArrayList<>();
        for (int edit = 0; edit < edits.size(); edit++) {
            changes.add("%d %d %s"
                    .formatted(
                            edits.record(edit),
                            edits.offset(edit),
                            text(edits.array(), edits.newStart(edit), edits.length(edit))));
        }
        assertThat(changes)
                .containsExactly(
                        "0 %d ****".formatted(CRI.indexOf("4111")),
                        "0 %d ********".formatted(CRI.indexOf("22223333")),
                        "1 %d ****".formatted(CRI.indexOf("1234")),
                        "2 %d ****".formatted(CRI.lastIndexOf("1234")));
        List<String> stretches = new ArrayList<>();
        for (int stretch = edits.firstStretch(0); stretch < edits.lastStretch(0); stretch++) {
            int from = (int) edits.stretchOffset(stretch);
            stretches.add(CRI.substring(from, from + edits.stretchLength(stretch)));
        }
        assertThat(stretches).containsExactly("card=4111", "22223333 end");
    }

    @Test
    void wholeLinesHaveTheMasksInTheirParts() {
        assertThat(shown(scan(Syntax.CRI, 100, CRI, rule(Fix.When.DELIVERED, true))))
                .containsExactly(OUT + "P card=****\n" + OUT + "F ******** end", ERR + "F other ****", "no ****");
    }

    @Test
    void ofALineWithEscapesAllIsMaskedWhereSomethingIs() {
        String docker = "{\"log\":\"a \\u003c1234\\n\",\"stream\":\"stdout\",\"time\":\"T\"}\n";
        assertThat(shown(scan(Syntax.DOCKER, 100, docker, rule(Fix.When.NEVER, false))))
                .containsExactly("a <****");
        assertThat(shown(scan(Syntax.DOCKER, 100, docker, rule(Fix.When.NEVER, true))))
                .containsExactly("{\"log\":\"************\\n\",\"stream\":\"stdout\",\"time\":\"T\"}");
        assertThatThrownBy(() -> scan(Syntax.DOCKER, 100, docker, rule(Fix.When.DELIVERED, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("escapes");
    }

    @Test
    void aRecordHasItsStreamItsTimeAndWhetherItIsAPart() {
        ScannedWindow window = scan(Syntax.CRI, 10, CRI, rule(Fix.When.NEVER, false));
        assertThat(values(window))
                .containsExactly(
                        "stdout 2026-11-30T09:00:00.1Z head",
                        "stderr 2026-11-30T09:00:00.2Z -",
                        "stdout 2026-11-30T09:00:00.1Z tail",
                        "- - -");
        assertThat(window.matches().foreignLines()).isEqualTo(1);
        assertThat(window.matches().cutRecords()).isEqualTo(2);
    }

    @Test
    void conditionsSeeTheStream() {
        Rule errors = new Rule("errors", new Pattern.Field("stream", new Pattern.FieldTest.EqualTo("stderr")));
        assertThat(shown(scan(Syntax.CRI, 100, CRI, errors))).containsExactly("other 1234");
    }

    private static Rule rule(Fix.When when, boolean wholeLines) {
        return new Rule(
                "digits",
                DIGITS,
                true,
                Optional.of(new Fix(new Fix.Mask('*', 0, 0), "", 0, when)),
                new EmitOptions(FIELDS, Context.NONE, Sample.ALL, wholeLines));
    }

    private static ScannedWindow scan(Syntax syntax, int maxRecordBytes, String log, Rule rule) {
        byte[] bytes = log.getBytes(StandardCharsets.ISO_8859_1);
        RecordFormat format = new RecordFormat(
                Delimiter.AUTO,
                maxRecordBytes,
                Optional.empty(),
                Optional.of(new ContainerFormat(syntax, ContainerFormat.MAX_PART_DISTANCE_BYTES)));
        Window window = new Window(new MemoryLog(bytes), Position.START, bytes.length, bytes.length, 0);
        return new Scanner(List.of(rule), format, PartLimit.STANDARD)
                .scan(window)
                .blockLast();
    }

    private static List<String> shown(ScannedWindow window) {
        return NaiveScan.matches(List.of(window)).stream()
                .map(NaiveScan.Match::content)
                .toList();
    }

    private static List<String> values(ScannedWindow window) {
        MatchBatch matches = window.matches();
        List<String> values = new ArrayList<>();
        for (int match = 0; match < matches.size(); match++) {
            List<String> of = new ArrayList<>();
            for (int value = 0; value < 3; value++) {
                int start = matches.values().start(match, value);
                of.add(
                        start < 0
                                ? "-"
                                : text(matches.array(), start, matches.values().end(match, value) - start));
            }
            values.add(String.join(" ", of));
        }
        return values;
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }
}
