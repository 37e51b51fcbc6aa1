package io.pickaroon.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Says when a file was changed, replaced, or came to be behind another symbolic link. It looks now and then rather than being
 * notified: configurations are mounted over networks and through chains of links, where notifications get lost.
 */
public final class FileWatch implements AutoCloseable {
    private final Path file;
    private final Runnable changed;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("watch-config").unstarted(task));
    private Version reported;
    private Version latest;

    private record Version(Object key, FileTime modified, long sizeBytes) {}

    /**
     * Watches from now on.
     *
     * @param interval between two looks; a change is reported when two looks found the same
     * @param changed called on a thread of this object
     */
    public FileWatch(Path file, Duration interval, Runnable changed) {
        this.file = file;
        this.changed = changed;
        this.reported = version();
        this.latest = reported;
        timer.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        Version now = version();
        boolean settled = now != null && now.equals(latest);
        latest = now;
        if (settled && !now.equals(reported)) {
            reported = now;
            changed.run();
        }
    }

    private Version version() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
        } catch (IOException beingReplaced) {
            return null;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
