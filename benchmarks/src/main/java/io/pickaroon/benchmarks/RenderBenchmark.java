package io.pickaroon.benchmarks;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.rule.MatchIds;
import io.pickaroon.records.Template;
import io.pickaroon.records.TemplateException;
import io.pickaroon.records.TemplateScope;
import io.pickaroon.records.Variable;
import io.pickaroon.records.emit.EmitTemplates;
import io.pickaroon.records.emit.HeaderTemplate;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.RecordRenderer;
import io.pickaroon.records.emit.RenderedRecord;
import io.pickaroon.records.emit.ShownRecord;
import io.pickaroon.records.emit.TimestampTemplate;
import io.pickaroon.records.emit.ValueFormat;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to render a record of 130 bytes, before Kafka sees it. {@code -prof gc} shows what is allocated. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RenderBenchmark {
    private static final TemplateScope SCOPE = TemplateScope.of(_ -> null).withAnyName(Variable.FIELD);

    @Param({"BARE", "ID_HOST", "ALL", "KEY", "TOPIC", "TIMESTAMP", "JSON", "OTLP", "LINE"})
    public String form;

    private final RenderedRecord rendered = new RenderedRecord();
    private final RecordOrigin origin = new RecordOrigin("web-17.shop", "shop", "pods", "/var/log/pods/shop/web.log");
    private final Line line = new Line();
    private RecordRenderer renderer;

    /** A record with three fields. */
    private static final class Line implements ShownRecord {
        private static final String[] FIELDS = {"2026-11-29T08:05:30.120Z", "checkout", "o-8812734"};
        private static final String[] NAMES = {"time", "service", "order"};

        private final byte[] bytes;
        private final int[] values = new int[FIELDS.length];
        private final int[] names = new int[FIELDS.length];
        private final MatchIds ids = new MatchIds(new FileIdentity(1, 2, 3));
        private final byte[] idPart = MatchIds.rulePart("errors");
        private final int length;
        private long offset;

        Line() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < FIELDS.length; i++) {
                values[i] = text.length();
                text.append(FIELDS[i]).append(' ');
            }
            length = 130;
            text.append("ERROR payment refused by the bank ".repeat(4)).setLength(length);
            for (int i = 0; i < NAMES.length; i++) {
                names[i] = text.length();
                text.append(NAMES[i]);
            }
            bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public int start() {
            return 0;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public long offset() {
            return offset;
        }

        @Override
        public boolean isHeadOnly() {
            return false;
        }

        @Override
        public int contextBefore() {
            return 0;
        }

        @Override
        public int contextAfter() {
            return 0;
        }

        @Override
        public long readMillis() {
            return 1_795_935_930_120L;
        }

        @Override
        public byte[] id() {
            return ids.id(offset, idPart);
        }

        @Override
        public int valueStart(int value) {
            return values[value];
        }

        @Override
        public int valueEnd(int value) {
            return values[value] + FIELDS[value].length();
        }

        @Override
        public int fieldCount() {
            return FIELDS.length;
        }

        @Override
        public int fieldNameStart(int field) {
            return names[field];
        }

        @Override
        public int fieldNameEnd(int field) {
            return names[field] + NAMES[field].length();
        }

        @Override
        public int fieldStart(int field) {
            return valueStart(field);
        }

        @Override
        public int fieldEnd(int field) {
            return valueEnd(field);
        }
    }

    @Setup
    public void compile() throws TemplateException {
        HeaderTemplate id = header("id", "{id}");
        HeaderTemplate host = header("host", "{host}");
        List<HeaderTemplate> all = List.of(
                header("log.file.path", "{file}"),
                header("log.offset", "{offset}"),
                header("pickaroon.rule", "{rule}"),
                header("pickaroon.id", "{id}"));
        RecordForm compiled = switch (form) {
            case "BARE" -> form("logs", Optional.empty(), List.of(), ValueFormat.RAW);
            case "ID_HOST" -> form("logs", Optional.empty(), List.of(id, host), ValueFormat.RAW);
            case "ALL" -> form("logs", Optional.empty(), all, ValueFormat.RAW);
            case "KEY" -> form("logs", Optional.of("{field.time}"), List.of(), ValueFormat.RAW);
            case "TOPIC" -> form("logs-{field.time}", Optional.empty(), List.of(), ValueFormat.RAW);
            case "TIMESTAMP" -> timestamp();
            case "JSON" -> form("logs", Optional.empty(), List.of(), ValueFormat.JSON);
            case "OTLP" -> form("logs", Optional.empty(), List.of(), ValueFormat.OTLP);
            case "LINE" -> form("logs", Optional.empty(), List.of(), ValueFormat.RAW);
            default -> throw new IllegalArgumentException(form);
        };
        renderer = form.equals("LINE") ? compiled.newLineRenderer() : compiled.newRenderer();
    }

    private static HeaderTemplate header(String name, String template) throws TemplateException {
        return new HeaderTemplate(name, Template.parse(template, SCOPE));
    }

    private static RecordForm form(String topic, Optional<String> key, List<HeaderTemplate> headers, ValueFormat format)
            throws TemplateException {
        Optional<Template> keyTemplate =
                key.isEmpty() ? Optional.empty() : Optional.of(Template.parse(key.get(), SCOPE));
        return new RecordForm(
                "errors",
                new EmitTemplates(Template.parse(topic, SCOPE), keyTemplate, headers, Optional.empty(), format),
                true);
    }

    private static RecordForm timestamp() throws TemplateException {
        TimestampTemplate time =
                new TimestampTemplate(Template.parse("{field.time}", SCOPE), "ISO_OFFSET_DATE_TIME", ZoneOffset.UTC);
        return new RecordForm(
                "errors",
                new EmitTemplates(
                        Template.parse("logs", SCOPE), Optional.empty(), List.of(), Optional.of(time), ValueFormat.RAW),
                true);
    }

    @Benchmark
    public RenderedRecord render() {
        line.offset += 131;
        renderer.render(line, origin, rendered);
        return rendered;
    }
}
