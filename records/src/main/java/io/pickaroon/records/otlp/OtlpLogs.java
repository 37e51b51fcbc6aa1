package io.pickaroon.records.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Map;
import java.util.Optional;

/**
 * Writes one log record at a time as a {@code LogsData} with one resource and one scope, {@code pickaroon} and its version.
 * Texts that are not UTF-8 become bytes. The severity is not set: no field is known to be one. For one thread.
 *
 * @see <a href="https://github.com/open-telemetry/opentelemetry-proto">opentelemetry-proto</a>
 */
public final class OtlpLogs {
    private static final long NANOS_OF_MILLI = 1_000_000;
    private static final InstrumentationScope SCOPE = InstrumentationScope.newBuilder()
            .setName("pickaroon")
            .setVersion(Optional.ofNullable(OtlpLogs.class.getPackage().getImplementationVersion())
                    .orElse(""))
            .build();

    private Resource resource = Resource.getDefaultInstance();
    private LogRecord.Builder log = LogRecord.newBuilder();

    /** What the records that follow come from. */
    public void resource(Map<String, String> attributes) {
        Resource.Builder built = Resource.newBuilder();
        attributes.forEach((name, value) -> built.addAttributes(attributeOf(name, text(value))));
        resource = built.build();
    }

    /**
     * Begins the next record.
     *
     * @param observedMillis when it was read, in milliseconds since 1970
     */
    public void begin(long observedMillis) {
        log = LogRecord.newBuilder().setObservedTimeUnixNano(observedMillis * NANOS_OF_MILLI);
    }

    /** When the event happened, in milliseconds since 1970; not called if that is not known. */
    public void time(long millis) {
        log.setTimeUnixNano(millis * NANOS_OF_MILLI);
    }

    /**
     * Sets what the record says.
     *
     * @param to exclusive end
     */
    public void body(byte[] bytes, int from, int to) {
        log.setBody(bytesOrText(bytes, from, to));
    }

    public void attribute(String name, String value) {
        log.addAttributes(attributeOf(name, text(value)));
    }

    public void attribute(String name, long value) {
        log.addAttributes(
                attributeOf(name, AnyValue.newBuilder().setIntValue(value).build()));
    }

    public void attribute(String name, boolean value) {
        log.addAttributes(
                attributeOf(name, AnyValue.newBuilder().setBoolValue(value).build()));
    }

    /**
     * Adds an attribute.
     *
     * @param to exclusive end
     */
    public void attribute(String name, byte[] bytes, int from, int to) {
        log.addAttributes(attributeOf(name, bytesOrText(bytes, from, to)));
    }

    /** The record that was begun last. */
    public byte[] toByteArray() {
        return LogsData.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(resource)
                        .addScopeLogs(ScopeLogs.newBuilder().setScope(SCOPE).addLogRecords(log)))
                .build()
                .toByteArray();
    }

    private static KeyValue attributeOf(String name, AnyValue value) {
        return KeyValue.newBuilder().setKey(name).setValue(value).build();
    }

    private static AnyValue text(String value) {
        return AnyValue.newBuilder().setStringValue(value).build();
    }

    private static AnyValue bytesOrText(byte[] bytes, int from, int to) {
        ByteString copied = ByteString.copyFrom(bytes, from, to - from);
        return copied.isValidUtf8()
                ? AnyValue.newBuilder().setStringValueBytes(copied).build()
                : AnyValue.newBuilder().setBytesValue(copied).build();
    }
}
