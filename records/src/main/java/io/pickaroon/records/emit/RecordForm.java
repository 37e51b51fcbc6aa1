package io.pickaroon.records.emit;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pickaroon.records.Template;
import io.pickaroon.records.Variable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The compiled emit of one rule. Immutable; any number of threads may use it, each with a renderer of its own.
 *
 * <p>It says which values of a record it needs, {@link #groups} and then {@link #fields}: their order gives the indexes by
 * which a {@link ShownRecord} is asked for them.
 */
public final class RecordForm {
    /** The longest topic that Kafka allows. */
    public static final int MAX_TOPIC_BYTES = 249;

    /** The longest key that is sent. */
    public static final int MAX_KEY_BYTES = 1024;

    /** Members of a line that are not made of the record alone; they stand at its end. */
    @FunctionalInterface
    public interface LineMembers {
        /** Writes them into the object, which stays open. */
        void write(RenderedRecord rendered, JsonGenerator json) throws IOException;
    }

    private final String ruleId;
    private final EmitTemplates emit;
    private final List<String> groups;
    private final List<String> fields;
    private final boolean wantsAllFields;

    /**
     * Compiles what a rule emits.
     *
     * @param parsed whether an input parses the records that the rule sees; if none does, all fields are static ones
     */
    public RecordForm(String ruleId, EmitTemplates emit, boolean parsed) {
        this.ruleId = ruleId;
        this.emit = emit;
        this.groups = members(Variable.GROUP);
        this.fields = parsed ? members(Variable.FIELD) : List.of();
        this.wantsAllFields = parsed && emit.format() != ValueFormat.RAW;
    }

    /** The form of a rule that sends records as they stand to one topic, without key and headers. */
    public static RecordForm toTopic(String ruleId, String topic) {
        return new RecordForm(
                ruleId,
                new EmitTemplates(
                        Template.literal(topic), Optional.empty(), List.of(), Optional.empty(), ValueFormat.RAW),
                false);
    }

    /** The same form with one more header, which says nothing of a parsed record. */
    public RecordForm with(HeaderTemplate header) {
        List<HeaderTemplate> headers = new ArrayList<>(emit.headers());
        headers.add(header);
        EmitTemplates more = new EmitTemplates(
                emit.topic(), emit.key(), headers, emit.timestamp(), emit.format(), emit.hasContext());
        return new RecordForm(ruleId, more, !fields.isEmpty() || wantsAllFields);
    }

    private List<String> members(Variable variable) {
        return emit.templates()
                .map(template -> template.members(variable))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    public String ruleId() {
        return ruleId;
    }

    public EmitTemplates emit() {
        return emit;
    }

    /** Names of the groups that it uses, each once. */
    public List<String> groups() {
        return groups;
    }

    /** Names of the parsed fields that it uses, each once. */
    public List<String> fields() {
        return fields;
    }

    /** Whether it shows all fields of a record: JSON and OTLP of records that are parsed. */
    public boolean wantsAllFields() {
        return wantsAllFields;
    }

    /** Whether all records go to one topic: {@link Template#literalPrefix} of the topic. */
    public boolean hasOneTopic() {
        return emit.topic().isLiteral();
    }

    /** A renderer for one thread. */
    public RecordRenderer newRenderer() {
        return new RecordRenderer(this, ValueWriter.of(this));
    }

    /**
     * A renderer for one thread, whose values are lines of a file without their line feed: JSON objects with all that {@link
     * RenderedRecord} has, {@link LineValue}.
     */
    public RecordRenderer newLineRenderer() {
        return newLineRenderer((_, _) -> {});
    }

    /** Like {@link #newLineRenderer()}, with more members. */
    public RecordRenderer newLineRenderer(LineMembers more) {
        return new RecordRenderer(this, new LineValue(this, more));
    }
}
