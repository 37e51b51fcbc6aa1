package io.pickaroon.connectors.kafka.settings;

import java.nio.file.Path;
import java.util.Objects;

/** What happens to a record that the brokers refuse for good: too large, invalid for its topic, not permitted there. */
public sealed interface RefusedRecords {
    /** The session ends with a fatal error that names the record. */
    record Stop() implements RefusedRecords {}

    /**
     * It goes to another topic of the same cluster. Its value is cut to the size that fits there; headers have the
     * topic that it was meant for, the reason and its full length.
     */
    record ToTopic(String topic) implements RefusedRecords {
        public ToTopic {
            Objects.requireNonNull(topic, "topic");
        }
    }

    /**
     * It goes to a file, whole, as one JSON object a line, durable before the window is acknowledged. The file is no
     * part of the transaction: if the commit that follows fails, the next session writes the same object again, with
     * the same id.
     */
    record ToFile(Path path) implements RefusedRecords {
        public ToFile {
            Objects.requireNonNull(path, "path");
        }
    }
}
