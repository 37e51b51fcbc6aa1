package io.pickaroon.records.emit;

/** Values as objects of all members of {@link RecordJson}. For one thread. */
final class JsonValue implements ValueWriter {
    private final RecordJson json;

    JsonValue(RecordForm form) {
        this.json = new RecordJson(form);
    }

    @Override
    public void begin(RecordOrigin origin) {
        json.begin(origin);
    }

    @Override
    public byte[] value(ShownRecord record, NameValues values, RenderedRecord rendered) {
        return json.object(_ -> {
            json.writeRecord(record, values);
            json.writeMore(record, rendered.timestampMillis());
        });
    }
}
