package io.pickaroon.records.emit;

import io.pickaroon.records.emit.RenderedRecord.TimeSource;
import io.pickaroon.records.otlp.OtlpLogs;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Values as {@code LogsData} of OTLP, as {@link OtlpLogs} says it. For one thread. */
final class OtlpValue implements ValueWriter {
    private static final String SERVICE_NAME = "service.name";

    private final String ruleId;
    private final boolean hasContext;
    private final OtlpLogs logs = new OtlpLogs();
    private String file = "";
    private String fileName = "";
    private String input = "";
    private OriginFields originFields = OriginFields.NONE;

    OtlpValue(RecordForm form) {
        this.ruleId = form.ruleId();
        this.hasContext = form.emit().hasContext();
    }

    @Override
    public void begin(RecordOrigin origin) {
        file = origin.file();
        fileName = origin.fileName();
        input = origin.input();
        originFields = OriginFields.of(origin);
        Map<String, String> resource = new TreeMap<>();
        resource.put("host.name", origin.host());
        String service = origin.fields().getOrDefault(SERVICE_NAME, "");
        if (!service.isEmpty()) {
            resource.put(SERVICE_NAME, service);
        }
        logs.resource(resource);
    }

    @Override
    public byte[] value(ShownRecord record, NameValues values, RenderedRecord rendered) {
        byte[] bytes = record.bytes();
        logs.begin(record.readMillis());
        if (rendered.timeSource() == TimeSource.EVENT) {
            logs.time(rendered.timestampMillis());
        }
        logs.body(bytes, record.start(), record.start() + record.length());
        logs.attribute("log.file.path", file);
        logs.attribute("log.file.name", fileName);
        logs.attribute("log.record.uid", new String(values.id(), StandardCharsets.US_ASCII));
        logs.attribute("log.offset", record.offset());
        logs.attribute("pickaroon.rule", ruleId);
        logs.attribute("pickaroon.input", input);
        if (record.isHeadOnly()) {
            logs.attribute("pickaroon.truncated", true);
        }
        if (hasContext) {
            logs.attribute("pickaroon.context", record.contextBefore() + "," + record.contextAfter());
        }
        for (OriginFields.Field field : originFields.fields()) {
            if (!field.name().equals(SERVICE_NAME) && !OriginFields.isReplaced(field, record)) {
                logs.attribute(field.name(), field.value());
            }
        }
        for (int i = 0; i < record.fieldCount(); i++) {
            if (record.fieldStart(i) >= 0 && record.fieldEnd(i) > record.fieldStart(i)) {
                String name = new String(
                        bytes,
                        record.fieldNameStart(i),
                        record.fieldNameEnd(i) - record.fieldNameStart(i),
                        StandardCharsets.UTF_8);
                logs.attribute(name, bytes, record.fieldStart(i), record.fieldEnd(i));
            }
        }
        return logs.toByteArray();
    }
}
