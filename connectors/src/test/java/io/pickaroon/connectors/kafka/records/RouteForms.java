package io.pickaroon.connectors.kafka.records;

import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Route;
import io.pickaroon.inputs.shown.MatchHeaders;
import io.pickaroon.records.Template;
import io.pickaroon.records.emit.EmitTemplates;
import io.pickaroon.records.emit.HeaderTemplate;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.ValueFormat;
import java.util.List;
import java.util.Optional;

/** Routes that need no template of the user's. */
public final class RouteForms {
    private RouteForms() {}

    /** To one topic, with all headers. */
    public static Route toTopic(String ruleId, String topic, ValueFormat format) {
        return toTopic(ruleId, topic, format, MatchHeaders.ALL);
    }

    /** To one topic, without a key and with the time at which the record was read. */
    public static Route toTopic(String ruleId, String topic, ValueFormat format, List<HeaderTemplate> headers) {
        return new Route(new RecordForm(
                ruleId,
                new EmitTemplates(Template.literal(topic), Optional.empty(), headers, Optional.empty(), format),
                false));
    }
}
