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
     * @param producer what is set for Kafka's producer
     * @param deadLetter where refused records go; present when {@code onRefusedRecord} asks for it
     * @param topics how many there may be, and how they come to be
     */
    record Kafka(
            String bootstrapServers,
            Delivery delivery,
            Producer producer,
            Optional<DeadLetter> deadLetter,
            OnRefusedRecord onRefusedRecord,
            Topics topics)
            implements OutputSettings {
        public Kafka {
            Objects.requireNonNull(bootstrapServers, "bootstrapServers");
            Objects.requireNonNull(delivery, "delivery");
            Objects.requireNonNull(producer, "producer");
            Objects.requireNonNull(deadLetter, "deadLetter");
            Objects.requireNonNull(onRefusedRecord, "onRefusedRecord");
            Objects.requireNonNull(topics, "topics");
        }

        /** With properties that are written as they are, for topics that exist. */
        public Kafka(
                String bootstrapServers,
                Delivery delivery,
                Map<String, String> properties,
                Optional<DeadLetter> deadLetter,
                OnRefusedRecord onRefusedRecord) {
            this(
                    bootstrapServers,
                    delivery,
                    new Producer(properties, Map.of()),
                    deadLetter,
                    onRefusedRecord,
                    Topics.EXISTING);
        }

        /** How topics are created that do not exist; empty: they are not. */
        public Optional<CreateTopics> createTopics() {
            return topics.create();
        }

        /** How many different topics a run may send to where their names are made of records, 1 to 100,000. */
        public int maxTopics() {
            return topics.max();
        }

        /** What is set for Kafka's producer, by its own names. */
        public Map<String, String> properties() {
            return producer.properties();
        }

        /** How properties are written of which variables or files bring a part. */
        public Map<String, String> written() {
            return producer.written();
        }
    }

    /**
     * What is set for Kafka's producer.
     *
     * @param properties in the order of the file, none that Pickaroon sets itself
     * @param written how those of them are written of which variables or files bring a part; messages show that
     */
    record Producer(Map<String, String> properties, Map<String, String> written) {
        public Producer {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
            written = Map.copyOf(written);
        }

        /** Shows no value of a property that may be a secret. */
        @Override
        public String toString() {
            return Secrets.masked(properties).toString();
        }
    }

    /**
     * The topics of a run.
     *
     * @param create how those are created that do not exist; empty: they are not
     * @param max how many different ones there may be where their names are made of records, 1 to 100,000
     */
    record Topics(Optional<CreateTopics> create, int max) {
        /** How many there may be where the file does not say. */
        public static final int MAX = 100;

        /** Only those that exist. */
        public static final Topics EXISTING = new Topics(Optional.empty(), MAX);

        public Topics {
            Objects.requireNonNull(create, "create");
        }
    }

    /**
     * How topics are created.
     *
     * @param partitions of each topic, at least 1
     * @param replicationFactor on how many brokers each partition is kept, at least 1
     */
    record CreateTopics(int partitions, int replicationFactor) {}

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
