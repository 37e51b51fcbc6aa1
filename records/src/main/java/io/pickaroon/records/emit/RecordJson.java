package io.pickaroon.records.emit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.pickaroon.records.ByteBuilder;
import io.pickaroon.records.time.UtcText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes the members of one rule's records into JSON objects. For one thread.
 *
 * <table>
 * <caption>Members, in this order</caption>
 * <tr><td>{@code file}, {@code offset}, {@code rule}, {@code id}</td><td>where the record comes from</td></tr>
 * <tr><td>{@code record}</td><td>its text; {@code recordBase64} with all bytes beside it where it is not UTF-8</td></tr>
 * <tr><td>{@code truncated}</td><td>true for the head of a longer record, else not there</td></tr>
 * <tr><td>{@code context}</td><td>where the rule has a context: an object, how many of the records in {@code record} stand {@code
 * before} the one that matched, and how many {@code after} it</td></tr>
 * <tr><td>{@code time}</td><td>the record's timestamp, in UTC with milliseconds</td></tr>
 * <tr><td>{@code host}, {@code input}</td><td>as the input's configuration says it</td></tr>
 * <tr><td>{@code fields}</td><td>an object: static fields, then parsed ones, which win where both have a name. Not there if
 * there are none. All values are texts: a number stands in quotes as the record spells it. Empty ones are left out</td></tr>
 * <tr><td>{@code fieldsBase64}</td><td>an object with all bytes of the fields that are not UTF-8; not there if there are
 * none</td></tr>
 * </table>
 */
final class RecordJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int MAX_TIME_BYTES = 64;
    private static final SerializableString FILE = new SerializedString("file");
    private static final SerializableString OFFSET = new SerializedString("offset");
    private static final SerializableString RULE = new SerializedString("rule");
    private static final SerializableString ID = new SerializedString("id");
    private static final SerializableString RECORD = new SerializedString("record");
    private static final SerializableString TIME = new SerializedString("time");
    private static final SerializableString HOST = new SerializedString("host");
    private static final SerializableString INPUT = new SerializedString("input");

    private final SerializableString ruleId;
    private final boolean hasContext;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteBuilder time = new ByteBuilder(MAX_TIME_BYTES);
    private final JsonNames names = new JsonNames();
    private final JsonGenerator json;
    private SerializableString file = FILE;
    private SerializableString host = HOST;
    private SerializableString input = INPUT;
    private OriginFields originFields = OriginFields.NONE;

    /** Writes a part of an object. */
    @FunctionalInterface
    interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    RecordJson(RecordForm form) {
        this.ruleId = new SerializedString(form.ruleId());
        this.hasContext = form.emit().hasContext();
        try {
            json = FACTORY.createGenerator(out);
            json.setRootValueSeparator(null);
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
    }

    void begin(RecordOrigin origin) {
        file = new SerializedString(origin.file());
        host = new SerializedString(origin.host());
        input = new SerializedString(origin.input());
        originFields = OriginFields.of(origin);
    }

    /** An object in an array of its own. */
    byte[] object(Members members) {
        out.reset();
        try {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
        return out.toByteArray();
    }

    /** Where a record comes from, and its text. */
    void writeRecord(ShownRecord record, NameValues values) throws IOException {
        byte[] id = values.id();
        json.writeFieldName(FILE);
        json.writeString(file);
        json.writeFieldName(OFFSET);
        json.writeNumber(record.offset());
        json.writeFieldName(RULE);
        json.writeString(ruleId);
        json.writeFieldName(ID);
        json.writeUTF8String(id, 0, id.length);
        JsonText.write(json, RECORD, record.bytes(), record.start(), record.start() + record.length());
        if (record.isHeadOnly()) {
            json.writeBooleanField("truncated", true);
        }
        if (hasContext) {
            json.writeObjectFieldStart("context");
            json.writeNumberField("before", record.contextBefore());
            json.writeNumberField("after", record.contextAfter());
            json.writeEndObject();
        }
    }

    /** What only the format {@code json} has: time, host, input and fields. */
    void writeMore(ShownRecord record, long timeMillis) throws IOException {
        time.clear();
        UtcText.append(time, timeMillis);
        json.writeFieldName(TIME);
        json.writeUTF8String(time.bytes(), 0, time.length());
        json.writeFieldName(HOST);
        json.writeString(host);
        json.writeFieldName(INPUT);
        json.writeString(input);
        writeFields(record);
    }

    private void writeFields(ShownRecord record) throws IOException {
        boolean open = false;
        boolean isUtf8 = true;
        for (OriginFields.Field field : originFields.fields()) {
            if (!OriginFields.isReplaced(field, record)) {
                open = openFields(open);
                json.writeStringField(field.name(), field.value());
            }
        }
        for (int i = 0; i < record.fieldCount(); i++) {
            if (hasField(record, i)) {
                open = openFields(open);
                json.writeFieldName(names.name(record.bytes(), record.fieldNameStart(i), record.fieldNameEnd(i)));
                isUtf8 &= JsonText.writeValue(json, record.bytes(), record.fieldStart(i), record.fieldEnd(i));
            }
        }
        if (open) {
            json.writeEndObject();
        }
        if (!isUtf8) {
            writeFieldsInBase64(record);
        }
    }

    private boolean openFields(boolean open) throws IOException {
        if (!open) {
            json.writeObjectFieldStart("fields");
        }
        return true;
    }

    private void writeFieldsInBase64(ShownRecord record) throws IOException {
        byte[] bytes = record.bytes();
        json.writeObjectFieldStart("fieldsBase64");
        for (int i = 0; i < record.fieldCount(); i++) {
            if (hasField(record, i) && !JsonText.isUtf8(bytes, record.fieldStart(i), record.fieldEnd(i))) {
                json.writeFieldName(names.name(bytes, record.fieldNameStart(i), record.fieldNameEnd(i)));
                json.writeBinary(bytes, record.fieldStart(i), record.fieldEnd(i) - record.fieldStart(i));
            }
        }
        json.writeEndObject();
    }

    private static boolean hasField(ShownRecord record, int field) {
        return record.fieldStart(field) >= 0 && record.fieldEnd(field) > record.fieldStart(field);
    }
}
