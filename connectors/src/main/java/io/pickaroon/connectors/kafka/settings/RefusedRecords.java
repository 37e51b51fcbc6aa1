package io.pickaroon.connectors.kafka.settings;

import java.nio.file.Path;
import java.util.Objects;

/** What becomes of a record that the brokers will never take: too large, invalid for its topic, not permitted there. */
public sealed interface RefusedRecords {
    /** The session ends with a fatal error that names the record. */
    record Stop() implements RefusedRecords {}

    /**
     * To another topic of the same cluster, with its value cut to what fits there and headers that say where it was
     * meant to go, why it did not get there and how long it was.
     */
    record ToTopic(String topic) implements RefusedRecords {
        public ToTopic {
            Objects.requireNonNull(topic, "topic");
        }
    }

    /**
     * To a file, whole, one JSON object a line; durable before the window is acknowledged. A file is no part of a
     * transaction: when the commit that follows fails, the next session writes the same again, with the same id.
     */
    record ToFile(Path path) implements RefusedRecords {
        public ToFile {
            Objects.requireNonNull(path, "path");
        }
    }
}
