package io.pickaroon.app.plan;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pickaroon.app.figures.FileInRun;
import io.pickaroon.app.figures.RecordedRunJson;
import io.pickaroon.app.figures.RuleInFile;
import io.pickaroon.app.forecast.Examples;
import io.pickaroon.app.forecast.Foreseen;
import io.pickaroon.app.page.ChangeMap;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.time.TimeRange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;

/** Writes a plan: the figures of a run, and beside them what the plan alone knows. */
final class PlanJson implements RecordedRunJson.More {
    private final Plan plan;
    private final Optional<TimeRange> range;

    private PlanJson(Plan plan, Optional<TimeRange> range) {
        this.plan = plan;
        this.range = range;
    }

    static void write(OutputStream out, Plan plan, Optional<TimeRange> range) throws IOException {
        RecordedRunJson.write(out, plan.run(), new PlanJson(plan, range));
    }

    @Override
    public void ofRun(JsonGenerator json) throws IOException {
        json.writeNumberField("readingSeconds", plan.readingSeconds());
        if (range.isPresent() && range.get().sinceMillis() != Long.MIN_VALUE) {
            json.writeStringField(
                    "since", Instant.ofEpochMilli(range.get().sinceMillis()).toString());
        }
        if (range.isPresent() && range.get().untilMillis() != Long.MAX_VALUE) {
            json.writeStringField(
                    "until", Instant.ofEpochMilli(range.get().untilMillis()).toString());
        }
        json.writeArrayFieldStart("rules");
        for (RuleSettings rule : plan.foreseen().plan().settings().rules()) {
            json.writeStartObject();
            json.writeStringField("id", rule.id());
            json.writeArrayFieldStart("examples");
            for (Examples.Example example : plan.examples().of(rule.id())) {
                json.writeStartObject();
                json.writeStringField("path", NativePath.escaped(example.file()));
                json.writeNumberField("offset", example.offset());
                json.writeArrayFieldStart("lines");
                for (String line : example.lines().lines().toList()) {
                    json.writeString(line);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("copies");
        for (Copies.Copy copy : plan.copies()) {
            json.writeStartObject();
            json.writeStringField("kind", copy.kind().word());
            json.writeStringField("path", NativePath.escaped(copy.path()));
            json.writeStringField("of", NativePath.escaped(copy.of()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    @Override
    public void ofFile(JsonGenerator json, FileInRun file) throws IOException {
        Optional<ChangeMap> map = plan.maps().of(file.place().identity());
        if (map.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("changes");
        json.writeNumberField("bucketBytes", map.get().bucketBytes());
        json.writeArrayFieldStart("buckets");
        for (int bucket = 0; bucket < ChangeMap.MOST_BUCKETS; bucket++) {
            if (map.get().count(bucket) > 0) {
                json.writeStartObject();
                json.writeNumberField("bucket", bucket);
                json.writeNumberField("changes", map.get().count(bucket));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    @Override
    public void ofRule(JsonGenerator json, FileInRun file, RuleInFile rule) throws IOException {
        Foreseen.Count count = plan.foreseen().count(file, rule);
        json.writeNumberField("deadLetters", count.refused());
        json.writeArrayFieldStart("detectors");
        for (DetectorCounts.Found found : plan.detectors().of(file.place().identity(), rule.id())) {
            json.writeStartObject();
            json.writeStringField("detector", found.detector());
            json.writeNumberField("records", found.records());
            json.writeNumberField("changes", found.changes());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
