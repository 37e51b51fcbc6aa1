package io.pickaroon.app.figures;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * Writes a run as JSON. Programs read it, so a field never changes its meaning: what is new gets a new name, and a change that an
 * older reader would get wrong another {@link #VERSION}. Sizes and offsets are in bytes.
 */
public final class RecordedRunJson {
    /** What the file begins with, so that no other is taken for it. */
    public static final String FORMAT = "pickaroon-run";

    public static final int VERSION = 1;

    /** What a plan has beside the figures. */
    public interface More {
        /** Nothing. */
        More NOTHING = new More() {};

        /** Fields of the file itself. */
        default void ofRun(JsonGenerator json) throws IOException {}

        /** Fields of one log file. */
        default void ofFile(JsonGenerator json, FileInRun file) throws IOException {}

        /** Fields of a rule in one log file. */
        default void ofRule(JsonGenerator json, FileInRun file, RuleInFile rule) throws IOException {}
    }

    private RecordedRunJson() {}

    /** Writes it, and flushes. */
    public static void write(OutputStream out, RecordedRun run, More more) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeNumberField("formatVersion", VERSION);
            json.writeStringField("kind", run.kind().word());
            origin(json, run.origin());
            figures(json, run.figures());
            more.ofRun(json);
            json.writeArrayFieldStart("files");
            for (FileInRun file : run.files()) {
                file(json, file, more);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("problems");
            for (RecordedRun.Problem problem : run.problems()) {
                json.writeStartObject();
                json.writeStringField("path", problem.path());
                json.writeStringField("message", problem.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void origin(JsonGenerator json, RecordedRun.Origin origin) throws IOException {
        json.writeStringField("version", origin.version());
        json.writeStringField("host", origin.host());
        json.writeStringField("at", origin.at());
        json.writeNumberField("seconds", origin.seconds());
        json.writeObjectFieldStart("configuration");
        json.writeStringField("path", origin.configuration());
        json.writeStringField("sha256", origin.sha256());
        json.writeEndObject();
    }

    private static void file(JsonGenerator json, FileInRun file, More more) throws IOException {
        json.writeStartObject();
        json.writeStringField("input", file.place().input());
        json.writeStringField("path", file.place().path());
        json.writeStringField("identity", file.place().identity());
        json.writeNumberField("start", file.start());
        json.writeNumberField("end", file.end());
        figures(json, file.figures());
        more.ofFile(json, file);
        json.writeArrayFieldStart("rules");
        for (RuleInFile rule : file.rules()) {
            json.writeStartObject();
            json.writeStringField("id", rule.id());
            figures(json, rule.figures());
            more.ofRule(json, file, rule);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void figures(JsonGenerator json, Map<String, Long> figures) throws IOException {
        json.writeObjectFieldStart("figures");
        for (Map.Entry<String, Long> figure : figures.entrySet()) {
            json.writeNumberField(figure.getKey(), figure.getValue());
        }
        json.writeEndObject();
    }
}
