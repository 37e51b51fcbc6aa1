package io.pickaroon.connectors.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.pickaroon.connectors.CapturedLog;
import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.console.ConsoleSink;
import io.pickaroon.connectors.lines.LineNotices;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.MatchIds;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.records.Template;
import io.pickaroon.records.TemplateScope;
import io.pickaroon.records.Variable;
import io.pickaroon.records.emit.EmitTemplates;
import io.pickaroon.records.emit.HeaderTemplate;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.RecordOrigins;
import io.pickaroon.records.emit.ValueFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the file and the console write of rules that have more than a topic. */
@Timeout(60)
class FormLinesTest {
    private static final TemplateScope SCOPE =
            TemplateScope.of(_ -> null).withNames(Variable.FIELD, List.of("team", "none"));
    private static final RecordOrigins ORIGINS =
            (input, file) -> new RecordOrigin("h1", "i1", input, file, Map.of(), Map.of("team", "shop"));

    @TempDir
    Path directory;

    private static RecordForm form(String key, ValueFormat format) throws Exception {
        return new RecordForm(
                "errors",
                new EmitTemplates(
                        Template.parse("logs-{field.team}", SCOPE),
                        Optional.of(Template.parse(key, SCOPE)),
                        List.of(new HeaderTemplate("where", Template.parse("{host}:{offset}", SCOPE))),
                        Optional.empty(),
                        format),
                false);
    }

    private String written(RecordForm form, Rule rule, String... lines) throws Exception {
        Path out = directory.resolve("out.ndjson");
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), List.of(lines));
                MatchSink sink = new NdjsonFileSink(out, Map.of("errors", form), ORIGINS, _ -> {})) {
            sink.deliver(log.windows(1 << 20, List.of(rule), 1000)).blockLast();
        }
        return Files.readString(out);
    }

    @Test
    void aLineHasWhatTheFormMakes() throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), List.of("fine", "ERROR 1"));
                MatchSink sink = new NdjsonFileSink(
                        directory.resolve("out.ndjson"),
                        Map.of("errors", form("{id}", ValueFormat.RAW)),
                        ORIGINS,
                        _ -> {})) {
            sink.deliver(log.windows(1 << 20)).blockLast();
            String id = new MatchIds(log.file().identity()).idText(5, MatchIds.rulePart("errors"));
            assertThat(directory.resolve("out.ndjson"))
                    .hasContent(("{\"file\":\"%s\",\"offset\":5,\"rule\":\"errors\",\"id\":\"%s\",\"record\":\"ERROR"
                                    + " 1\",\"topic\":\"logs-shop\",\"key\":\"%s\",\"headers\":{\"where\":\"h1:5\"}}\n")
                            .formatted(log.file().path(), id, id));
        }
    }

    @Test
    void aMaskedRecordIsShownMasked() throws Exception {
        Rule masking = new Rule(
                "errors",
                new Pattern.Regex("ERROR (?<card>\\d{16})", false),
                true,
                Optional.of(new Fix(new Fix.Mask('*', 0, 4), "card", 0)));
        String lines = written(form("{file.name}", ValueFormat.JSON), masking, "ERROR 4000123412341234");
        assertThat(lines).contains("\"record\":\"ERROR ************1234\"").doesNotContain("4000");
    }

    @Test
    void whatARecordLacksIsLeftOutSaidOnceAndCounted() throws Exception {
        try (CapturedLog log = new CapturedLog(LineNotices.class.getName())) {
            String lines =
                    written(form("{field.none}", ValueFormat.RAW), LogFixture.ERRORS, "ERROR 1", "ERROR 2", "ERROR 3");
            assertThat(lines.lines()).hasSize(3).allMatch(line -> line.contains("\"topic\":\"logs-shop\",\"headers\""));
            assertThat(log.messages(Level.WARN)).hasSize(2);
            assertThat(log.messages(Level.WARN).getFirst())
                    .contains("rule 'errors'", "shop.log at offset 0", "its key has no value for {field.none}");
            assertThat(log.messages(Level.WARN).getLast()).contains("3 times: its key has no value for {field.none}");
        }
    }

    @Test
    void whatIsLackingInOneRecordIsCountedInWords() throws Exception {
        try (CapturedLog log = new CapturedLog(LineNotices.class.getName())) {
            written(form("{field.none}", ValueFormat.RAW), LogFixture.ERRORS, "ERROR 1");
            assertThat(log.messages(Level.WARN).getLast())
                    .startsWith("rule 'errors': once: its key has no value for {field.none}; ");
        }
    }

    @Test
    void theConsoleShowsBytesOrTheObjectThatAFileGets() throws Exception {
        RecordForm json = form("{offset}", ValueFormat.JSON);
        String object = written(json, LogFixture.ERRORS, "ERROR 1").replaceFirst("\"time\":\"[^\"]*\"", "");
        assertThat(printed(json).replaceFirst("\"time\":\"[^\"]*\"", ""))
                .isEqualTo(object)
                .contains("\"host\":\"h1\"", "\"fields\":{\"team\":\"shop\"}");
        assertThat(printed(form("{offset}", ValueFormat.RAW))).isEqualTo("ERROR 1\n");
    }

    private String printed(RecordForm form) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Rule silent = new Rule("silent", new Pattern.Literal("ERROR", false));
        // The same file, as its id is part of what is shown.
        Path path = directory.resolve("shop.log");
        try (LogFixture log = LogFixture.of(path, Files.readAllBytes(path));
                ConsoleSink sink = new ConsoleSink(out, Map.of("errors", form), ORIGINS)) {
            List<Rule> rules = List.of(LogFixture.ERRORS, silent);
            sink.deliver(log.windows(1 << 20, rules, 1000)).blockLast();
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
