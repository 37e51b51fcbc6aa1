package io.pickaroon.connectors.kafka.records;

import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Partition;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Route;
import io.pickaroon.processor.rule.MatchIds;
import io.pickaroon.records.emit.RecordForm;
import java.util.Optional;

/**
 * Where the matches of one rule go during a session. Immutable.
 *
 * @param form what is sent of them
 * @param ruleIdPart the rule's part of their ids
 * @param topic where all of them go; empty if each names its own topic
 */
public record RuleRoute(RecordForm form, Partition partition, byte[] ruleIdPart, Optional<TopicRoute> topic) {
    public static RuleRoute of(Route configured, Optional<TopicRoute> topic) {
        RecordForm form = configured.form();
        return new RuleRoute(form, configured.partition(), MatchIds.rulePart(form.ruleId()), topic);
    }

    /** The topic as it is configured: a name, or a template. */
    String topicText() {
        return form.emit().topic().toString();
    }
}
