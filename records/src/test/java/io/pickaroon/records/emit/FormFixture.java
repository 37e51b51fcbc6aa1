package io.pickaroon.records.emit;

import io.pickaroon.records.Template;
import io.pickaroon.records.TemplateException;
import io.pickaroon.records.TemplateScope;
import io.pickaroon.records.Variable;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A form, an origin and a record, of which a test says what it is about. */
final class FormFixture {
    static final String FILE = "/var/log/pods/shop_web-0/a b.log";
    private static final TemplateScope SCOPE = TemplateScope.of(Map.of("SITE", "north")::get)
            .withNames(Variable.GROUP, List.of("user", "time", "none"))
            .withCertainNames(Variable.PATH, List.of("pod"))
            .withAnyName(Variable.FIELD);

    private final Map<String, byte[]> groups = new LinkedHashMap<>();
    private final Map<String, byte[]> parsed = new LinkedHashMap<>();
    private final Map<String, String> statics = new LinkedHashMap<>();
    private final List<HeaderTemplate> headers = new ArrayList<>();
    private Template topic = template("logs");
    private Optional<Template> key = Optional.empty();
    private Optional<TimestampTemplate> timestamp = Optional.empty();
    private ValueFormat format = ValueFormat.RAW;
    private byte[] record = utf8("ann paid");
    private boolean headOnly;
    private boolean hasContext;
    private int before;
    private int after;
    private boolean parses = true;

    FormFixture topic(String text) {
        topic = template(text);
        return this;
    }

    FormFixture key(String text) {
        key = Optional.of(template(text));
        return this;
    }

    FormFixture header(String name, String text) {
        headers.add(new HeaderTemplate(name, template(text)));
        return this;
    }

    FormFixture truncatedHeader(String name) {
        headers.add(HeaderTemplate.truncated(name));
        return this;
    }

    FormFixture timestamp(String from, String timeFormat) {
        timestamp = Optional.of(new TimestampTemplate(template(from), timeFormat, ZoneOffset.UTC));
        return this;
    }

    FormFixture format(ValueFormat wanted) {
        format = wanted;
        return this;
    }

    FormFixture record(byte[] text) {
        record = text;
        return this;
    }

    FormFixture headOnly() {
        headOnly = true;
        return this;
    }

    /** The rule has a context, and so many neighbours came with the record. */
    FormFixture context(int some, int others) {
        hasContext = true;
        before = some;
        after = others;
        return this;
    }

    FormFixture contextHeader(String name) {
        headers.add(HeaderTemplate.context(name));
        return this;
    }

    FormFixture notParsed() {
        parses = false;
        return this;
    }

    FormFixture group(String name, String value) {
        groups.put(name, utf8(value));
        return this;
    }

    FormFixture field(String name, String value) {
        return field(name, utf8(value));
    }

    FormFixture field(String name, byte[] value) {
        parsed.put(name, value);
        return this;
    }

    FormFixture staticField(String name, String value) {
        statics.put(name, value);
        return this;
    }

    RecordForm form() {
        return new RecordForm("errors", new EmitTemplates(topic, key, headers, timestamp, format, hasContext), parses);
    }

    WrittenRecord written() {
        return new WrittenRecord(form(), record, groups, parsed, headOnly).withNeighbours(before, after);
    }

    RecordOrigin origin() {
        return new RecordOrigin("h1", "shop-1", "pods", FILE, Map.of("pod", "web-0"), statics);
    }

    RenderedRecord rendered() {
        return rendered(form().newRenderer());
    }

    /** The line of a file. */
    String line() {
        return new String(rendered(form().newLineRenderer()).value(), StandardCharsets.UTF_8);
    }

    private RenderedRecord rendered(RecordRenderer renderer) {
        RenderedRecord rendered = new RenderedRecord();
        renderer.render(written(), origin(), rendered);
        return rendered;
    }

    static Template template(String text) {
        try {
            return Template.parse(text, SCOPE);
        } catch (TemplateException e) {
            throw new AssertionError(text, e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
