package io.pickaroon.inputs.rules;

import io.pickaroon.config.settings.EmitSettings;
import io.pickaroon.config.settings.HeaderSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.ParseSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.shown.MatchHeaders;
import io.pickaroon.records.Template;
import io.pickaroon.records.TemplateException;
import io.pickaroon.records.TemplateScope;
import io.pickaroon.records.emit.EmitTemplates;
import io.pickaroon.records.emit.HeaderTemplate;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.TimestampTemplate;
import io.pickaroon.records.emit.ValueFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the rules of a configuration emit, compiled. */
public final class RuleForms {
    /** What a record of Kafka has unless {@code headers} says otherwise: it is found by file and id, and known by host and id. */
    public static final List<String> DEFAULT_HEADERS = List.of("host", "file", "id");

    private static final String TRUNCATED = "truncated";
    private static final String CONTEXT = "context";

    private RuleForms() {}

    /** The form of each rule that emits, by rule id. */
    public static Map<String, RecordForm> of(Settings settings, OutputSettings output) {
        boolean isKafka = output instanceof OutputSettings.Kafka;
        Map<String, RecordForm> forms = new LinkedHashMap<>();
        for (RuleSettings rule : settings.rules()) {
            rule.emit()
                    .ifPresent(emit -> forms.put(
                            rule.id(),
                            new RecordForm(rule.id(), templates(emit, isKafka), readsParsedRecords(rule, settings))));
        }
        return forms;
    }

    private static boolean readsParsedRecords(RuleSettings rule, Settings settings) {
        return settings.inputs().stream()
                .filter(input -> rule.inputs().contains(input.id()))
                .anyMatch(input -> input.records().container().isPresent()
                        || !(input.origin().parse() instanceof ParseSettings.None));
    }

    private static EmitTemplates templates(EmitSettings emit, boolean isKafka) {
        return new EmitTemplates(
                emit.topic(),
                emit.key(),
                headers(emit, isKafka),
                emit.timestamp()
                        .map(timestamp ->
                                new TimestampTemplate(timestamp.from(), timestamp.format(), timestamp.zone())),
                switch (emit.format()) {
                    case MESSAGE, RAW -> ValueFormat.RAW;
                    case JSON -> ValueFormat.JSON;
                    case OTLP -> ValueFormat.OTLP;
                },
                emit.selection().hasContext());
    }

    /** A record of Kafka says how many neighbours it has, unless it is to have no headers. A line has a member for it. */
    private static List<HeaderTemplate> headers(EmitSettings emit, boolean isKafka) {
        List<HeaderTemplate> headers = headers(emit.headers(), isKafka);
        boolean isShort = !(emit.headers() instanceof HeaderSettings.All);
        String name = isShort ? CONTEXT : MatchHeaders.CONTEXT;
        if (!emit.selection().hasContext()
                || !isKafka
                || emit.headers() instanceof HeaderSettings.None
                || headers.stream().anyMatch(header -> header.name().equals(name))) {
            return headers;
        }
        List<HeaderTemplate> more = new ArrayList<>(headers);
        more.add(HeaderTemplate.context(name));
        return more;
    }

    /** A record of Kafka that is only a head always says so. A line has a member for it, and no headers that were not asked for. */
    private static List<HeaderTemplate> headers(HeaderSettings headers, boolean isKafka) {
        if (headers instanceof HeaderSettings.All) {
            return MatchHeaders.ALL;
        }
        if (headers instanceof HeaderSettings.Listed(List<HeaderSettings.Header> listed)) {
            List<HeaderTemplate> templates = new ArrayList<>();
            listed.forEach(header -> templates.add(header.value()
                    .map(value -> new HeaderTemplate(header.name(), value))
                    .orElseGet(() -> word(header.name()))));
            if (isKafka && listed.stream().noneMatch(header -> header.name().equals(TRUNCATED))) {
                templates.add(word(TRUNCATED));
            }
            return templates;
        }
        if (!isKafka) {
            return List.of();
        }
        if (headers instanceof HeaderSettings.None) {
            return MatchHeaders.NONE;
        }
        List<HeaderTemplate> templates = new ArrayList<>();
        DEFAULT_HEADERS.forEach(word -> templates.add(word(word)));
        templates.add(word(TRUNCATED));
        return templates;
    }

    private static HeaderTemplate word(String word) {
        return word.equals(TRUNCATED) ? HeaderTemplate.truncated(word) : header(word, word);
    }

    private static HeaderTemplate header(String name, String variable) {
        try {
            return new HeaderTemplate(name, Template.parse("{" + variable + "}", TemplateScope.of(_ -> null)));
        } catch (TemplateException e) {
            throw new IllegalStateException(variable + " is a name of templates", e);
        }
    }
}
