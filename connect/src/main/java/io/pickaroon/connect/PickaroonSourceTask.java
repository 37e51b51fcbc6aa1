package io.pickaroon.connect;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Will read the splits of one task; until it does, it says so and fails. */
public final class PickaroonSourceTask extends SourceTask {
    @Override
    public void start(Map<String, String> properties) {
        throw new ConnectException("this build has the settings of the connector and no tasks: it reads nothing");
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
