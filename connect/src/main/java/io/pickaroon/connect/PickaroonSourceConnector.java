package io.pickaroon.connect;

import io.pickaroon.connect.settings.ConnectorConfig;
import io.pickaroon.connect.settings.ConnectorConfigDef;
import io.pickaroon.connect.settings.OffsetChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the matching records of files on a shared storage, each once. It looks at no file: the tasks find them, so that new
 * files and growth stop no task. Used by one thread at a time, as Connect does.
 */
public final class PickaroonSourceConnector extends SourceConnector {
    private static final Logger LOG = LoggerFactory.getLogger(PickaroonSourceConnector.class);

    private Map<String, String> properties = Map.of();

    /** For Connect, which finds it as a service. */
    public PickaroonSourceConnector() {}

    /** @throws org.apache.kafka.common.config.ConfigException with everything that is wrong with the properties */
    @Override
    public void start(Map<String, String> given) {
        ConnectorConfig.of(given).warnings().forEach(LOG::warn);
        properties = new HashMap<>(given);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return PickaroonSourceTask.class;
    }

    /** As many as there may be: which splits a task reads follows from its index and their number. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return ConnectorConfig.ofTasks(properties, maxTasks);
    }

    @Override
    public void stop() {
        properties = Map.of();
    }

    @Override
    public ConfigDef config() {
        return ConnectorConfigDef.definitions();
    }

    @Override
    public Config validate(Map<String, String> given) {
        return new Config(ConnectorConfigDef.validate(given));
    }

    /** With every configuration. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> given) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    /** With every configuration. */
    @Override
    public ConnectorTransactionBoundaries canDefineTransactionBoundaries(Map<String, String> given) {
        return ConnectorTransactionBoundaries.SUPPORTED;
    }

    /**
     * Takes offsets that make sense, and those that are deleted.
     *
     * @return true: Connect keeps the offsets, and nothing else does
     * @throws org.apache.kafka.connect.errors.ConnectException with all reasons why some make none; nothing is changed then
     */
    @Override
    public boolean alterOffsets(Map<String, String> given, Map<Map<String, ?>, Map<String, ?>> offsets) {
        OffsetChange.of(given).check(offsets);
        return true;
    }

    @Override
    public String version() {
        return Version.number();
    }
}
