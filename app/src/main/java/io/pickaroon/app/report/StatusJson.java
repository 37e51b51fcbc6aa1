package io.pickaroon.app.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pickaroon.processor.fix.FixTally;
import io.pickaroon.processor.metrics.Destination;
import io.pickaroon.processor.metrics.InputFigures;
import io.pickaroon.processor.metrics.RuleFigures;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A status as JSON, for programs. Sizes are in bytes, times in seconds. */
public final class StatusJson {
    private static final double NANOS_PER_SECOND = 1e9;

    private StatusJson() {}

    /** One object, in one line, with a line end. */
    public static String of(DaemonStatus status) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            write(json, status);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator json, DaemonStatus status) throws IOException {
        json.writeStartObject();
        json.writeStringField("instance", status.process().instance());
        json.writeStringField("version", status.process().version());
        json.writeStringField("startedAt", status.process().startedAt().toString());
        json.writeStringField("at", status.process().at().toString());
        json.writeStringField("phase", status.process().phase().name().toLowerCase(Locale.ROOT));
        json.writeBooleanField("ready", status.reasonsNotReady().isEmpty());
        json.writeBooleanField("healthy", status.reasonsNotHealthy().isEmpty());
        texts(json, "reasonsNotReady", status.reasonsNotReady());
        texts(json, "reasonsNotHealthy", status.reasonsNotHealthy());
        texts(json, "warnings", status.warnings());
        json.writeObjectFieldStart("destination");
        json.writeStringField(
                "state",
                switch (status.delivery().destination().orElse(new Destination.Awaited())) {
                    case Destination.Awaited _ -> "awaited";
                    case Destination.Ready _ -> "ready";
                    case Destination.Failing _ -> "failing";
                });
        json.writeNumberField("outages", status.delivery().outages());
        json.writeEndObject();
        if (status.commits().isPresent()) {
            json.writeObjectFieldStart("checkpoint");
            json.writeNumberField("commits", status.commits().get().latencies().count());
            json.writeNumberField(
                    "commitSeconds", seconds(status.commits().get().latencies().total()));
            json.writeNumberField("ageSeconds", seconds(status.commits().get().age()));
            json.writeEndObject();
        }
        json.writeObjectFieldStart("transactions");
        json.writeNumberField("commits", status.delivery().transactions().count());
        json.writeNumberField(
                "seconds", seconds(status.delivery().transactions().total()));
        json.writeEndObject();
        json.writeObjectFieldStart("reloads");
        json.writeNumberField("applied", status.process().reloads().applied());
        json.writeNumberField("refused", status.process().reloads().refused());
        json.writeEndObject();
        json.writeArrayFieldStart("inputs");
        for (InputFigures input : status.inputs()) {
            input(json, input);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void input(JsonGenerator json, InputFigures input) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", input.id());
        json.writeNumberField("files", input.files());
        json.writeNumberField("lagBytes", input.lagBytes());
        json.writeNumberField("longestLagBytes", input.longestLagBytes());
        json.writeNumberField("lagSeconds", seconds(input.lag()));
        json.writeNumberField("pacedSeconds", seconds(input.paced()));
        json.writeNumberField("bytes", input.scanned().bytes());
        json.writeNumberField("matchedBytes", input.seenByRules().matchedBytes());
        json.writeNumberField("unmatchedBytes", input.seenByRules().unmatchedBytes());
        json.writeNumberField("oversizedBytes", input.seenByRules().oversizedBytes());
        json.writeNumberField("alreadyDeliveredBytes", input.alreadyDelivered().bytes());
        json.writeNumberField("records", input.scanned().records());
        json.writeNumberField("matchedRecords", input.scanned().matchedRecords());
        json.writeNumberField("oversizedRecords", input.scanned().oversizedRecords());
        json.writeNumberField("emittedMatches", input.emittedMatches());
        json.writeNumberField("deadLetteredMatches", input.deadLetteredMatches());
        json.writeNumberField("sampledOutMatches", input.sampledOutMatches());
        counts(json, "deadLettered", input.reasons().deadLetters());
        counts(json, "sentWithReadTime", input.reasons().readTimes());
        json.writeNumberField("fixesOfDeleted", input.fixesOfDeleted());
        json.writeNumberField("lostBytes", input.lostBytes());
        json.writeNumberField("unaccountedBytes", input.unaccountedBytes());
        json.writeNumberField("unparsedRecords", input.unparsedRecords());
        json.writeNumberField("maskedFields", input.maskedFields());
        json.writeNumberField("foreignLines", input.foreignLines());
        json.writeNumberField("cutRecords", input.cutRecords());
        json.writeNumberField("problems", input.problems());
        json.writeNumberField("readRetries", input.readRetries());
        fixes(json, input.fixes());
        json.writeArrayFieldStart("rules");
        for (RuleFigures rule : input.rules()) {
            json.writeStartObject();
            json.writeStringField("id", rule.id());
            json.writeNumberField("matchedRecords", rule.matchedRecords());
            json.writeNumberField("emittedMatches", rule.emittedMatches());
            json.writeNumberField("sampledOutMatches", rule.sampledOutMatches());
            json.writeNumberField("fixes", rule.fixes());
            json.writeNumberField("fixesLeftAlone", rule.fixesLeftAlone());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void fixes(JsonGenerator json, FixTally fixes) throws IOException {
        json.writeObjectFieldStart("fixes");
        json.writeNumberField("edits", fixes.edits());
        json.writeNumberField("bytes", fixes.bytes());
        json.writeObjectFieldStart("leftAlone");
        for (SkippedFixes skipped : SkippedFixes.values()) {
            json.writeNumberField(skipped.label(), skipped.in(fixes));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, String name, Map<String, Long> counts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Long> count : new TreeMap<>(counts).entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }
}
