package io.pickaroon.connectors.kafka.records;

import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Route;
import io.pickaroon.records.Template;
import io.pickaroon.records.TemplateException;
import io.pickaroon.records.TemplateScope;
import io.pickaroon.records.emit.EmitTemplates;
import io.pickaroon.records.emit.HeaderTemplate;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.ValueFormat;
import java.util.List;
import java.util.Optional;

/** The forms that need no template of the user's. */
public final class RouteForms {
    private static final TemplateScope SCOPE = TemplateScope.of(_ -> null);

    /** Where the match comes from: all of {@link MatchHeaders} that apply. */
    public static final List<HeaderTemplate> ALL_HEADERS = List.of(
            new HeaderTemplate(MatchHeaders.FILE_PATH, template("{file}")),
            new HeaderTemplate(MatchHeaders.OFFSET, template("{offset}")),
            new HeaderTemplate(MatchHeaders.RULE, template("{rule}")),
            new HeaderTemplate(MatchHeaders.ID, template("{id}")),
            HeaderTemplate.truncated(MatchHeaders.TRUNCATED));

    /** None, except the mark of a value that is cut. */
    public static final List<HeaderTemplate> NO_HEADERS = List.of(HeaderTemplate.truncated(MatchHeaders.TRUNCATED));

    private RouteForms() {}

    /** To one topic, with all headers. */
    public static Route toTopic(String ruleId, String topic, ValueFormat format) {
        return toTopic(ruleId, topic, format, ALL_HEADERS);
    }

    /** To one topic, without a key and with the time at which the record was read. */
    public static Route toTopic(String ruleId, String topic, ValueFormat format, List<HeaderTemplate> headers) {
        return new Route(new RecordForm(
                ruleId,
                new EmitTemplates(Template.literal(topic), Optional.empty(), headers, Optional.empty(), format),
                false));
    }

    private static Template template(String text) {
        try {
            return Template.parse(text, SCOPE);
        } catch (TemplateException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
