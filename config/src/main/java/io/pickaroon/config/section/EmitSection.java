package io.pickaroon.config.section;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.settings.EmitSettings;
import io.pickaroon.config.settings.EmitSettings.Selection;
import io.pickaroon.config.settings.HeaderSettings;
import io.pickaroon.config.settings.TimestampSettings;
import io.pickaroon.config.value.Choices;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.HeaderList;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.Numbers;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.TemplateText;
import io.pickaroon.config.value.Texts;
import io.pickaroon.config.yaml.Located;
import io.pickaroon.records.Template;
import io.pickaroon.records.TemplateName;
import io.pickaroon.records.TemplateScope;
import io.pickaroon.records.Variable;
import io.pickaroon.records.time.Timestamps;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code emit} of a rule. */
final class EmitSection {
    private static final int SHORTEST_PREFIX = 3;

    private static final Key<TemplateText> FROM = Key.required("from", TemplateText.TYPE);
    private static final Key<String> TIME_FORMAT = Key.required("format", Texts.TIME_FORMAT);
    private static final Key<ZoneId> ZONE = Key.optional("zone", Texts.ZONE, ZoneOffset.UTC);
    private static final Section TIMESTAMP_SECTION =
            new Section("'timestamp'", List.of(FROM, TIME_FORMAT, ZONE), EmitSection::checkTimestamp);

    static final Key<TemplateText> TOPIC = Key.required("topic", EmitSection::readTopic);
    private static final Key<TemplateText> KEY = Key.optional("key", TemplateText.TYPE);
    private static final Key<EmitSettings.Partition> PARTITION =
            Key.optional("partition", Choices.of(EmitSettings.Partition.values()), EmitSettings.Partition.FILE);
    private static final Key<Fields> TIMESTAMP = Key.optional("timestamp", TIMESTAMP_SECTION);
    private static final Key<HeaderList> HEADERS = Key.optional("headers", HeaderList.TYPE);
    private static final Key<EmitSettings.Format> FORMAT =
            Key.optional("format", Choices.of(EmitSettings.Format.values()), EmitSettings.Format.MESSAGE);

    private static final Key<Integer> BEFORE = Key.optional("before", Numbers.integer(0, Selection.MOST_NEIGHBOURS), 0);
    private static final Key<Integer> AFTER = Key.optional("after", Numbers.integer(0, Selection.MOST_NEIGHBOURS), 0);
    private static final Key<Fields> CONTEXT =
            Key.optional("context", new Section("'context'", List.of(BEFORE, AFTER), EmitSection::checkContext));
    private static final Key<Integer> SAMPLE = Key.optional("sample", Numbers.oneIn(Selection.MOST_ONE_IN), 1);

    static final Section SECTION = new Section(
            "'emit'", List.of(TOPIC, KEY, PARTITION, TIMESTAMP, HEADERS, FORMAT, CONTEXT, SAMPLE), EmitSection::check);

    private EmitSection() {}

    /** @param scope what is known of the records */
    static EmitSettings build(Fields fields, TemplateScope scope) {
        return new EmitSettings(
                new EmitSettings.Target(
                        fields.get(TOPIC).template(scope),
                        fields.value(KEY).map(key -> key.template(scope)),
                        fields.get(PARTITION)),
                fields.value(TIMESTAMP)
                        .map(time -> new TimestampSettings(
                                time.get(FROM).template(scope.without(Variable.TIME)),
                                time.get(TIME_FORMAT),
                                time.get(ZONE))),
                fields.value(HEADERS).map(headers -> headers(headers, scope)).orElseGet(HeaderSettings.Default::new),
                fields.get(FORMAT),
                new Selection(
                        fields.get(SAMPLE),
                        fields.value(CONTEXT)
                                .map(context -> context.get(BEFORE))
                                .orElse(0),
                        fields.value(CONTEXT).map(context -> context.get(AFTER)).orElse(0)));
    }

    /** Where the rule says that it leaves records out. */
    static Optional<Place> leavesOutPlace(Fields fields) {
        return fields.find(SAMPLE).filter(sample -> sample.value() > 1).map(Located::place);
    }

    private static HeaderSettings headers(HeaderList headers, TemplateScope scope) {
        return headers.word()
                .orElseGet(() -> new HeaderSettings.Listed(headers.listed().stream()
                        .map(header -> new HeaderSettings.Header(
                                header.name(), header.value().map(value -> value.template(scope))))
                        .toList()));
    }

    /**
     * Checks the templates against what is known of the records.
     *
     * @param remedy what keeps a record that cannot be sent from stopping a run; empty if it does not stop one
     */
    static void checkTemplates(Fields fields, TemplateScope scope, Optional<String> remedy, Reading reading) {
        fields.value(TOPIC).ifPresent(topic -> checkTopic(topic, scope, remedy, reading));
        fields.value(KEY).ifPresent(key -> checkValue(key, "the key", scope, remedy, reading));
        fields.value(HEADERS)
                .ifPresent(headers -> headers.listed()
                        .forEach(header -> header.value()
                                .ifPresent(value -> checkValue(
                                        value,
                                        "the header " + Mismatch.quoted(header.name()),
                                        scope,
                                        remedy,
                                        reading))));
        fields.value(TIMESTAMP)
                .flatMap(time -> time.value(FROM))
                .ifPresent(from -> from.parse(scope.without(Variable.TIME), reading)
                        .filter(Template::isLiteral)
                        .ifPresent(_ -> reportConstant(from, reading)));
    }

    /** A time that is the same for all records is none of theirs. */
    private static void reportConstant(TemplateText from, Reading reading) {
        reading.report(
                from.place(),
                "there is no name in braces, so that the time would not be one of the record",
                Optional.of(from.shown())
                        .filter(text -> text.matches("[\\w.-]{1,100}"))
                        .map(text -> text.matches("(field|group|path)\\..+") ? text : "field." + text)
                        .map(name -> "did you mean '{" + name + "}'?"));
    }

    private static void checkTimestamp(Fields fields, Place place, Reading reading) {
        fields.find(TIME_FORMAT)
                .filter(format -> fields.mentions(ZONE) && Timestamps.saysZone(format.value()))
                .ifPresent(_ -> reading.warn(
                        fields.placeOf(ZONE),
                        "'zone' has no effect: each time of this format says its offset or counts from 1970",
                        Optional.of("remove it")));
    }

    private static void checkTopic(TemplateText text, TemplateScope scope, Optional<String> remedy, Reading reading) {
        Optional<Template> parsed = text.parse(scope, reading);
        if (parsed.isEmpty()) {
            return;
        }
        Template topic = parsed.get();
        if (topic.isLiteral()) {
            if (!Texts.isTopic(topic.literalPrefix())) {
                text.report(Texts.EXPECTED_TOPIC, reading);
            }
            return;
        }
        if (topic.literalPrefix().length() < SHORTEST_PREFIX || !Texts.isTopic(topic.literalPrefix())) {
            reading.report(
                    text.place(),
                    "a topic that is made of the record begins with at least " + SHORTEST_PREFIX
                            + " ASCII letters, digits, '.', '_' or '-' before the first name, as in"
                            + " 'logs-{field.service}', so that bad data cannot reach other topics");
        }
        remedy.ifPresent(setting -> reading.report(
                text.placeOf(topic.names().getFirst()),
                "a record whose topic cannot be made would stop the run: a topic that is made of the record needs "
                        + setting));
    }

    private static void checkValue(
            TemplateText text, String what, TemplateScope scope, Optional<String> remedy, Reading reading) {
        List<TemplateName> missing =
                text.parse(scope, reading).map(Template::namesThatCanBeMissing).orElse(List.of());
        remedy.ifPresent(setting -> missing.forEach(name -> reading.report(
                text.placeOf(name),
                "a record without '" + name + "', of which " + what + " is made, would stop the run",
                Optional.of("give it a default, as in '{" + name + ":unknown}', or write " + setting))));
    }

    /** A topic without braces is a name, and checked where it stands. */
    private static Optional<TemplateText> readTopic(Node node, Reading reading) {
        Optional<TemplateText> text = TemplateText.TYPE.read(node, reading);
        boolean isName = text.filter(topic -> topic.text().matches("[^{}]*")).isPresent();
        return isName ? Texts.TOPIC.read(node, reading).flatMap(_ -> text) : text;
    }

    private static void checkContext(Fields fields, Place place, Reading reading) {
        boolean isKnown = Stream.of(BEFORE, AFTER)
                .allMatch(key -> !fields.mentions(key) || fields.find(key).isPresent());
        if (isKnown && fields.get(BEFORE) + fields.get(AFTER) == 0) {
            reading.report(place, "expected 'before' or 'after' with at least 1 record, or no 'context'");
        }
    }

    private static void check(Fields fields, Place place, Reading reading) {
        if (!fields.mentions(KEY)) {
            fields.find(PARTITION)
                    .filter(partition -> partition.value() == EmitSettings.Partition.KEY)
                    .ifPresent(partition -> reading.report(partition.place(), "'partition: key' needs a 'key'"));
        }
    }
}
