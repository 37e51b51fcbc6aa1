package io.pickaroon.app.check;

import io.pickaroon.app.check.ExplainedRecord.Header;
import io.pickaroon.app.check.ExplainedRecord.Sent;
import io.pickaroon.app.check.ExplainedRecord.Target;
import io.pickaroon.app.check.ExplainedRecord.Time;
import io.pickaroon.app.check.ExplainedRecord.Value;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.OutputSettings.DeadLetter;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.rules.InputOrigins;
import io.pickaroon.inputs.rules.RuleForms;
import io.pickaroon.inputs.shown.ShownMatch;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.rule.MatchIds;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.RecordOrigins;
import io.pickaroon.records.emit.RecordRenderer;
import io.pickaroon.records.emit.RenderProblem;
import io.pickaroon.records.emit.RenderedRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renders matches as the configured output gets them, with the renderers of a run. For one thread. */
final class ExplainedForms {
    private final OutputSettings output;
    private final Map<String, RecordForm> forms;
    private final RecordOrigins origins;
    private final long readMillis;
    private final Map<String, RecordRenderer> rendererByRuleId = new HashMap<>();
    private final RenderedRecord rendered = new RenderedRecord();

    /** @param readMillis when all records count as read, in milliseconds since 1970 */
    ExplainedForms(Settings settings, long readMillis) {
        this.output = settings.output();
        this.forms = RuleForms.of(settings, output);
        this.origins = new InputOrigins(settings);
        this.readMillis = readMillis;
    }

    /** What is sent of a match. */
    Sent sent(ScannedWindow window, int match) {
        String rule = window.matches().rule(match).id();
        RecordForm form = forms.get(rule);
        boolean isLine = !(output instanceof OutputSettings.Kafka);
        ShownMatch shown = new ShownMatch(window.matches(), MatchIds.of(window.file()), readMillis)
                .at(match, MatchIds.rulePart(rule));
        rendererByRuleId
                .computeIfAbsent(rule, _ -> isLine ? form.newLineRenderer() : form.newRenderer())
                .render(
                        shown,
                        origins.of(
                                window.input(), NativePath.escaped(window.file().path())),
                        rendered);
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < rendered.headerCount(); i++) {
            headers.add(new Header(rendered.headerName(i), rendered.headerValue(i)));
        }
        return new Sent(
                rendered.problem().map(this::refused),
                new Target(rendered.topic(), rendered.isTopicChanged()),
                rendered.key(),
                new Time(rendered.timestampMillis(), rendered.timeSource()),
                headers,
                new Value(
                        rendered.value(),
                        isLine ? Optional.empty() : Optional.of(form.emit().format())));
    }

    private String refused(RenderProblem problem) {
        if (!(output instanceof OutputSettings.Kafka kafka)) {
            return problem + "; the line has what could be made";
        }
        if (kafka.onRefusedRecord() == OutputSettings.OnRefusedRecord.STOP) {
            return problem + "; a run ends here, as 'onRefusedRecord: stop' says";
        }
        return problem
                + switch (kafka.deadLetter().orElseThrow()) {
                    case DeadLetter.Topic(String topic) -> "; value and headers go to the dead letters, topic " + topic;
                    case DeadLetter.File file ->
                        "; it goes to the dead letters, file " + NativePath.printable(file.path());
                };
    }
}
