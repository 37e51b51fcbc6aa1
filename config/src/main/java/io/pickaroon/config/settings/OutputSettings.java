package io.pickaroon.config.settings;

import io.pickaroon.config.problem.Secrets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where emitted records go. */
public sealed interface OutputSettings {
    /**
     * Topics of a Kafka cluster.
     *
     * @param bootstrapServers {@code host:port}, several separated by commas
     * @param properties producer properties, in the order of the file, none that Pickaroon sets itself
     * @param written how those of them are written of which variables or files bring a part; messages show that
     * @param deadLetter where refused records go; present when {@code onRefusedRecord} asks for it
     */
    record Kafka(
            String bootstrapServers,
            Delivery delivery,
            Map<String, String> properties,
            Map<String, String> written,
            Optional<DeadLetter> deadLetter,
            OnRefusedRecord onRefusedRecord)
            implements OutputSettings {
        public Kafka {
            Objects.requireNonNull(bootstrapServers, "bootstrapServers");
            Objects.requireNonNull(delivery, "delivery");
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
            written = Map.copyOf(written);
            Objects.requireNonNull(deadLetter, "deadLetter");
            Objects.requireNonNull(onRefusedRecord, "onRefusedRecord");
        }

        /** With properties that are written as they are. */
        public Kafka(
                String bootstrapServers,
                Delivery delivery,
                Map<String, String> properties,
                Optional<DeadLetter> deadLetter,
                OnRefusedRecord onRefusedRecord) {
            this(bootstrapServers, delivery, properties, Map.of(), deadLetter, onRefusedRecord);
        }

        /** Shows no value of a property that may be a secret. */
        @Override
        public String toString() {
            return "Kafka[bootstrapServers=" + bootstrapServers + ", delivery=" + delivery + ", properties="
                    + Secrets.masked(properties) + ", deadLetter=" + deadLetter + ", onRefusedRecord=" + onRefusedRecord
                    + "]";
        }
    }

    /** Standard output. */
    record Console() implements OutputSettings {}

    /** A file of one JSON object a line. */
    record File(Path path) implements OutputSettings {
        public File {
            Objects.requireNonNull(path, "path");
        }
    }

    /** What a consumer may rely on. */
    enum Delivery {
        /** A {@code read_committed} consumer sees each record once. */
        EXACTLY_ONCE,
        /** After a crash a consumer may see records again. */
        AT_LEAST_ONCE
    }

    /** What happens to a record that the brokers will never take. */
    enum OnRefusedRecord {
        DEAD_LETTER,
        STOP
    }

    /** Where records go that the brokers refused. */
    sealed interface DeadLetter {
        /** Another topic of the same cluster. */
        record Topic(String name) implements DeadLetter {
            public Topic {
                Objects.requireNonNull(name, "name");
            }
        }

        /** A file of one JSON object a line. */
        record File(Path path) implements DeadLetter {
            public File {
                Objects.requireNonNull(path, "path");
            }
        }
    }
}
