package io.pickaroon.connect.task;

import io.pickaroon.connect.settings.ConnectorConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** What a worker does with the records of tasks, without Kafka: transactions are whole or not there, offsets are kept. */
final class FakeWorker {
    private final Map<Map<String, ?>, Map<String, Object>> offsets = new HashMap<>();
    private final List<SourceRecord> records = new ArrayList<>();
    private final ShownFigures figures = new ShownFigures();
    /** The splits of which offsets were asked for, each as often as it was. */
    private final List<String> asked = new ArrayList<>();

    private int aborted;

    private final Runnable aroundOffsets;

    FakeWorker() {
        this(() -> {});
    }

    /** @param aroundOffsets runs before a task reads offsets, and when it has and does not know them yet */
    FakeWorker(Runnable aroundOffsets) {
        this.aroundOffsets = aroundOffsets;
    }

    /** One task. */
    final class Running implements AutoCloseable {
        private final Set<SourceRecord> commits = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<SourceRecord> aborts = Collections.newSetFromMap(new IdentityHashMap<>());
        private final TaskRun run;

        Running(ConnectorConfig config, TaskFiles files, LongSupplier nanoTime, Duration longestIdle) {
            this.run = new TaskRun(config, new Context(this), files, nanoTime, longestIdle);
        }

        /** Polls once, and commits what that returns. Returns whether it was anything. */
        boolean poll() throws InterruptedException {
            List<SourceRecord> polled = fetch();
            commit(polled, polled.size());
            return !polled.isEmpty();
        }

        /** Polls once. What that returns is to be committed, or the task to be closed, before it is polled again. */
        List<SourceRecord> fetch() throws InterruptedException {
            List<SourceRecord> polled = run.poll();
            return polled == null ? List.of() : polled;
        }

        /** Polls once, and is killed when some of the records were sent. */
        void pollAndDie(int sent) throws InterruptedException {
            List<SourceRecord> polled = fetch();
            commit(polled, Math.min(sent, polled.size()));
            run.close();
        }

        /** Commits the transactions that are whole when so many records were sent. */
        void commit(List<SourceRecord> polled, int count) {
            List<SourceRecord> open = new ArrayList<>();
            Map<Map<String, ?>, Map<String, Object>> moved = new HashMap<>();
            for (SourceRecord record : polled.subList(0, count)) {
                open.add(record);
                moved.put(record.sourcePartition(), Map.copyOf(record.sourceOffset()));
                if (aborts.contains(record)) {
                    open.clear();
                    aborted++;
                }
                if (commits.contains(record) || aborts.contains(record)) {
                    records.addAll(open);
                    offsets.putAll(moved);
                    open.clear();
                    moved.clear();
                }
            }
        }

        @Override
        public void close() {
            run.close();
        }
    }

    /** Starts a task. */
    Running start(Map<String, String> properties) {
        ConnectorConfig config = ConnectorConfig.of(properties);
        return start(config, new WorkerFiles(config), System::nanoTime, Duration.ofMillis(8));
    }

    /** Starts a task that has its own files and its own time. */
    Running start(ConnectorConfig config, TaskFiles files, LongSupplier nanoTime, Duration longestIdle) {
        return new Running(config, files, nanoTime, longestIdle);
    }

    /** Values of the records that are committed, in order. */
    List<String> values() {
        return records.stream()
                .map(record -> new String((byte[]) record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    List<SourceRecord> records() {
        return records;
    }

    Map<Map<String, ?>, Map<String, Object>> offsets() {
        return offsets;
    }

    List<String> asked() {
        return asked;
    }

    /** Transactions that moved offsets without a record. */
    int aborted() {
        return aborted;
    }

    ShownFigures figures() {
        return figures;
    }

    private final class Context implements SourceTaskContext, OffsetStorageReader, TransactionContext {
        private final Running task;

        Context(Running task) {
            this.task = task;
        }

        @Override
        public Map<String, String> configs() {
            return Map.of();
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return this;
        }

        @Override
        public TransactionContext transactionContext() {
            return this;
        }

        @Override
        public PluginMetrics pluginMetrics() {
            return figures;
        }

        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return offsets.get(partition);
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            aroundOffsets.run();
            Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
            partitions.forEach(partition -> found.put(partition, offsets.get(partition)));
            partitions.forEach(partition -> asked.add(partition.get("split").toString()));
            aroundOffsets.run();
            return found;
        }

        @Override
        public void commitTransaction() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void commitTransaction(SourceRecord record) {
            task.commits.add(record);
        }

        @Override
        public void abortTransaction() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void abortTransaction(SourceRecord record) {
            task.aborts.add(record);
        }
    }
}
