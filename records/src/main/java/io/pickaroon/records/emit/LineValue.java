package io.pickaroon.records.emit;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * Values as lines of a file: an object of the members of {@link RecordJson}, of which those from {@code time} on are there
 * with the format {@code json} only. For one thread. Behind them stand, as far as they are configured:
 *
 * <table>
 * <caption>Members, in this order</caption>
 * <tr><td>{@code otlpBase64}</td><td>with the format {@code otlp}: the {@code LogsData}</td></tr>
 * <tr><td>{@code topic}</td><td>not there where a value of it is missing</td></tr>
 * <tr><td>{@code key}</td><td>{@code keyBase64} beside it where it is not UTF-8; not there if it is too long</td></tr>
 * <tr><td>{@code headers}</td><td>an object; {@code headersBase64} beside it with those that are not UTF-8</td></tr>
 * <tr><td>{@code timestamp}</td><td>milliseconds since 1970, as Kafka has it</td></tr>
 * </table>
 */
final class LineValue implements ValueWriter {
    private final EmitTemplates emit;
    private final RecordJson json;
    private final ValueWriter value;
    private final RecordForm.LineMembers more;

    LineValue(RecordForm form, RecordForm.LineMembers more) {
        this.emit = form.emit();
        this.json = new RecordJson(form);
        this.value = ValueWriter.of(form);
        this.more = more;
    }

    @Override
    public void begin(RecordOrigin origin) {
        json.begin(origin);
        value.begin(origin);
    }

    @Override
    public byte[] value(ShownRecord record, NameValues values, RenderedRecord rendered) {
        return json.object(to -> {
            json.writeRecord(record, values);
            switch (emit.format()) {
                case RAW -> {}
                case JSON -> json.writeMore(record, rendered.timestampMillis());
                case OTLP -> to.writeBinaryField("otlpBase64", value.value(record, values, rendered));
            }
            write(rendered, to);
            more.write(rendered, to);
        });
    }

    private void write(RenderedRecord rendered, JsonGenerator to) throws IOException {
        if (!rendered.topic().isEmpty()) {
            to.writeStringField("topic", rendered.topic());
        }
        if (rendered.hasKey() && !rendered.isKeyCut()) {
            JsonText.write(to, "key", rendered.key(), 0, rendered.key().length);
        }
        if (!emit.headers().isEmpty()) {
            writeHeaders(rendered, to);
        }
        if (emit.timestamp().isPresent()) {
            to.writeNumberField("timestamp", rendered.timestampMillis());
        }
    }

    private static void writeHeaders(RenderedRecord rendered, JsonGenerator to) throws IOException {
        boolean isUtf8 = true;
        to.writeObjectFieldStart("headers");
        for (int i = 0; i < rendered.headerCount(); i++) {
            to.writeFieldName(rendered.headerName(i));
            isUtf8 &= JsonText.writeValue(to, rendered.headerValue(i), 0, rendered.headerValue(i).length);
        }
        to.writeEndObject();
        if (isUtf8) {
            return;
        }
        to.writeObjectFieldStart("headersBase64");
        for (int i = 0; i < rendered.headerCount(); i++) {
            byte[] bytes = rendered.headerValue(i);
            if (!JsonText.isUtf8(bytes, 0, bytes.length)) {
                to.writeBinaryField(rendered.headerName(i), bytes);
            }
        }
        to.writeEndObject();
    }
}
