package io.pickaroon.app.check;

import io.pickaroon.records.emit.RenderedRecord.TimeSource;
import io.pickaroon.records.emit.ValueFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a rule does with a record of a sample. All of it is as it may be shown, masks applied.
 *
 * @param sent what is sent of it; empty if its rule sends nothing
 * @param changes what would be changed in its file, in words; none if its rule has no fix
 * @param notes what else is to be said of the record
 */
record ExplainedRecord(Place place, Optional<Sent> sent, List<String> changes, List<String> notes) {
    /**
     * Where it stands.
     *
     * @param file absolute path, or the name of a stream
     * @param offset of its first byte
     */
    record Place(String input, Path file, long offset) {}

    /**
     * A record as it is sent.
     *
     * @param refused why it cannot be sent as it is configured, and what becomes of it
     * @param target its topic
     * @param key without bytes if it has none
     */
    record Sent(Optional<String> refused, Target target, byte[] key, Time time, List<Header> headers, Value value) {}

    /**
     * Where it goes.
     *
     * @param topic empty if it could not be made
     * @param changed whether characters that Kafka does not allow were replaced
     */
    record Target(String topic, boolean changed) {}

    /** @param millis since 1970 */
    record Time(long millis, TimeSource source) {}

    record Header(String name, byte[] value) {}

    /**
     * What it says.
     *
     * @param format empty if it is a line of JSON, as files and the console get it
     */
    record Value(byte[] bytes, Optional<ValueFormat> format) {}
}
