package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.GivenProperties;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Limits;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.NewTopics;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Partition;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Route;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.RuleTopics;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.inputs.shown.MatchHeaders;
import io.pickaroon.records.Template;
import io.pickaroon.records.TemplateException;
import io.pickaroon.records.TemplateScope;
import io.pickaroon.records.Variable;
import io.pickaroon.records.emit.EmitTemplates;
import io.pickaroon.records.emit.HeaderTemplate;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.TimestampTemplate;
import io.pickaroon.records.emit.ValueFormat;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the rule errors emits, made of templates, and the settings of a sink for it. */
final class FormFixture {
    private static final TemplateScope SCOPE = TemplateScope.of(Map.of("STAGE", "test")::get)
            .withAnyName(Variable.PATH)
            .withAnyName(Variable.FIELD)
            .withAnyName(Variable.GROUP);

    private final String topic;
    private Optional<String> key = Optional.empty();
    private Partition partition = Partition.FILE;
    private final List<HeaderTemplate> headers = new ArrayList<>(MatchHeaders.ALL);
    private Optional<TimestampTemplate> timestamp = Optional.empty();
    private Map<String, String> fields = Map.of();
    private RefusedRecords refused = new RefusedRecords.Stop();
    private Optional<NewTopics> created = Optional.empty();
    private int maxTopics = RuleTopics.DEFAULT_MAX_TOPICS;
    private final Map<String, String> properties = new HashMap<>();

    private FormFixture(String topic) {
        this.topic = topic;
    }

    static FormFixture toTopic(String template) {
        return new FormFixture(template);
    }

    FormFixture key(String template, Partition by) {
        key = Optional.of(template);
        partition = by;
        return this;
    }

    FormFixture header(String header, String template) {
        headers.add(new HeaderTemplate(header, template(template)));
        return this;
    }

    /** Takes the time in milliseconds from a text. */
    FormFixture time(String template) {
        timestamp = Optional.of(new TimestampTemplate(template(template), "epochMillis", ZoneOffset.UTC));
        return this;
    }

    /** Static fields of the input. */
    FormFixture fields(Map<String, String> ofInput) {
        fields = ofInput;
        return this;
    }

    FormFixture refused(RefusedRecords destination) {
        refused = destination;
        return this;
    }

    FormFixture created(int most) {
        created = Optional.of(new NewTopics(1, (short) 1));
        maxTopics = most;
        return this;
    }

    FormFixture property(String property, String value) {
        properties.put(property, value);
        return this;
    }

    KafkaSinkSettings settings(String bootstrapServers, Guarantee guarantee) {
        EmitTemplates emit =
                new EmitTemplates(template(topic), key.map(FormFixture::template), headers, timestamp, ValueFormat.RAW);
        Route route = new Route(new RecordForm("errors", emit, false), partition);
        RuleTopics topics = new RuleTopics(
                Map.of("errors", route),
                created,
                maxTopics,
                (input, file) -> new RecordOrigin("host-1", "run-1", input, file, Map.of("pod", "shop-7"), fields));
        return new KafkaSinkSettings(
                bootstrapServers,
                topics,
                new GivenProperties(properties, Map.of()),
                guarantee,
                refused,
                Limits.DEFAULT);
    }

    private static Template template(String text) {
        try {
            return Template.parse(text, SCOPE);
        } catch (TemplateException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
