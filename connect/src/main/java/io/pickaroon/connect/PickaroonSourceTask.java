package io.pickaroon.connect;

import io.pickaroon.connect.settings.ConnectorConfig;
import io.pickaroon.connect.task.TaskRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/**
 * Reads the splits of one task, and sends their matches. Connect starts, polls and stops it in one thread, and makes another one
 * to start it again.
 */
public final class PickaroonSourceTask extends SourceTask {
    private Optional<TaskRun> run = Optional.empty();

    /** For Connect. */
    public PickaroonSourceTask() {}

    /** @throws org.apache.kafka.common.config.ConfigException with everything that is wrong with the properties */
    @Override
    public void start(Map<String, String> properties) {
        run = Optional.of(new TaskRun(ConnectorConfig.of(properties), context));
    }

    /**
     * Returns after about a second at most, because only then it can be stopped.
     *
     * @return null if there is nothing
     */
    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        return run.orElseThrow().poll();
    }

    @Override
    public void stop() {
        run.ifPresent(TaskRun::close);
        run = Optional.empty();
    }

    @Override
    public String version() {
        return Version.number();
    }
}
