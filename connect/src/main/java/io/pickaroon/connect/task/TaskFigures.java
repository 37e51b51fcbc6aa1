package io.pickaroon.connect.task;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/**
 * The figures of a task, which the worker shows beside its own, by JMX or whatever reporter it has. Changed by the task's thread,
 * read by any.
 */
final class TaskFigures {
    private final Optional<PluginMetrics> metrics;
    private final AtomicLong readBytes = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong foreignLines = new AtomicLong();
    private final AtomicLong cutRecords = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong raised = new AtomicLong();
    private final AtomicLong lostBytes = new AtomicLong();
    private final AtomicLong backlogBytes = new AtomicLong();
    private final AtomicLong openFiles = new AtomicLong();
    private final AtomicLong waiting = new AtomicLong();

    /** @param metrics empty where the worker has none */
    TaskFigures(Optional<PluginMetrics> metrics) {
        this.metrics = metrics;
        show("bytes-read-total", "bytes of files that were searched", readBytes::get);
        show("records-read-total", "records that matched and went to the worker", records::get);
        show("foreign-lines-total", "lines of container logs that are not in the format", foreignLines::get);
        show("cut-records-total", "records of container logs that are not all of their message", cutRecords::get);
        show("read-retries-total", "times that a file could not be opened or read, and was tried again", retries::get);
        show("new-generations-total", "times that a file was truncated, or its inode given to another", raised::get);
        show("lost-bytes-total", "bytes of files that were gone before they were read", lostBytes::get);
        show("backlog-bytes", "bytes of this task's splits that are not read yet", backlogBytes::get);
        show("open-files", "files that are open, one for each split that is read", openFiles::get);
        show("waiting-splits", "splits that are not read yet, or wait for split 0 or a file", waiting::get);
    }

    /** Shows one more. */
    void show(String name, String description, LongSupplier value) {
        metrics.ifPresent(to -> to.addMetric(
                to.metricName(name, description, new LinkedHashMap<>()), (Gauge<Long>) (_, _) -> value.getAsLong()));
    }

    void read(long bytes) {
        readBytes.addAndGet(bytes);
    }

    /** Of container logs. */
    void foundLines(long foreign, long cut) {
        foreignLines.addAndGet(foreign);
        cutRecords.addAndGet(cut);
    }

    void emitted(long count) {
        records.addAndGet(count);
    }

    void retried() {
        retries.incrementAndGet();
    }

    void raised() {
        raised.incrementAndGet();
    }

    void lost(long bytes) {
        lostBytes.addAndGet(bytes);
    }

    /** What is so now. */
    void now(long backlog, long open, long waitingSplits) {
        backlogBytes.set(backlog);
        openFiles.set(open);
        waiting.set(waitingSplits);
    }
}
