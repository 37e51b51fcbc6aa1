package io.pickaroon.connect;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Reads the splits of one task. */
public final class PickaroonSourceTask extends SourceTask {
    @Override
    public void start(Map<String, String> properties) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<SourceRecord> poll() {
        return List.of();
    }

    @Override
    public void stop() {}

    @Override
    public String version() {
        return Version.number();
    }
}
