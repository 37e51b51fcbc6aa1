package io.pickaroon.records.emit;

import io.pickaroon.records.ByteBuilder;
import io.pickaroon.records.TemplateName;
import io.pickaroon.records.TemplateValues;
import io.pickaroon.records.Variable;
import io.pickaroon.records.time.UtcText;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of one record for the templates of one form. It is set to the next record. For one thread. */
final class NameValues implements TemplateValues {
    private final byte[] ruleId;
    private final Map<TemplateName, Integer> indexes = new HashMap<>();

    /** Values that all records of an origin have. */
    private final Map<TemplateName, byte[]> ofOrigin = new HashMap<>();

    private final List<TemplateName> namesOfOrigin;
    private ShownRecord record;
    private byte[] id = {};
    private long timeMillis;

    NameValues(RecordForm form) {
        this.ruleId = utf8(form.ruleId());
        form.groups().forEach(group -> index(Variable.GROUP, group));
        form.fields().forEach(field -> index(Variable.FIELD, field));
        this.namesOfOrigin = form.emit()
                .templates()
                .flatMap(template -> template.names().stream())
                .distinct()
                .toList();
    }

    private void index(Variable variable, String member) {
        indexes.put(new TemplateName(variable, member), indexes.size());
    }

    /** Whether all records of an origin have the same value. */
    boolean isOfOrigin(TemplateName name) {
        return switch (name.variable()) {
            case HOST, INSTANCE, INPUT, RULE, FILE, FILE_NAME, PATH -> true;
            case FIELD -> !indexes.containsKey(name);
            case OFFSET, ID, TIME, GROUP, ENV -> false;
        };
    }

    void begin(RecordOrigin origin) {
        ofOrigin.clear();
        for (TemplateName name : namesOfOrigin) {
            String value = valueOf(name, origin);
            if (value != null && !value.isEmpty()) {
                ofOrigin.put(name, utf8(value));
            }
        }
        namesOfOrigin.stream()
                .filter(name -> name.variable() == Variable.RULE)
                .forEach(name -> ofOrigin.put(name, ruleId));
    }

    private static String valueOf(TemplateName name, RecordOrigin origin) {
        return switch (name.variable()) {
            case HOST -> origin.host();
            case INSTANCE -> origin.instance();
            case INPUT -> origin.input();
            case FILE -> origin.file();
            case FILE_NAME -> origin.fileName();
            case PATH -> origin.path().get(name.member());
            case FIELD -> origin.fields().get(name.member());
            case RULE, OFFSET, ID, TIME, GROUP, ENV -> null;
        };
    }

    void record(ShownRecord next) {
        record = next;
        id = RenderedRecord.NONE;
    }

    void timeMillis(long millis) {
        timeMillis = millis;
    }

    /** The id of the record, made once. */
    byte[] id() {
        if (id.length == 0) {
            id = record.id();
        }
        return id;
    }

    @Override
    public void append(TemplateName name, ByteBuilder to) {
        switch (name.variable()) {
            case OFFSET -> to.append(record.offset());
            case ID -> to.append(id());
            case TIME -> UtcText.append(to, timeMillis);
            default -> appendValue(name, to);
        }
    }

    private void appendValue(TemplateName name, ByteBuilder to) {
        int before = to.length();
        Integer index = indexes.get(name);
        if (index != null && record.valueStart(index) >= 0) {
            to.append(record.bytes(), record.valueStart(index), record.valueEnd(index));
        }
        byte[] value = ofOrigin.get(name);
        if (to.length() == before && value != null) {
            to.append(value);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
