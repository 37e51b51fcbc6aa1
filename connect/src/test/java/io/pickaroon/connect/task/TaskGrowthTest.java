package io.pickaroon.connect.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connect.listing.Listing;
import io.pickaroon.connect.listing.SharedListing;
import io.pickaroon.connect.settings.ConnectorConfig;
import io.pickaroon.processor.file.ForwardingLogFile;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Files that change while a task looks elsewhere, or has no room for them. */
class TaskGrowthTest extends TasksOverFiles {
    private static final String FIRST = "ERROR 1\n";
    private static final String LAST = "ERROR 2\n";

    private long nanos;

    /** Grows when its size is asked for the nth time. */
    private static final class GrownOnce extends ForwardingLogFile {
        private int asked;

        GrownOnce(LogFile file, int asked) {
            super(file);
            this.asked = asked;
        }

        @Override
        public LogFile knownAs(Path path, int generation) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long sizeBytes() throws IOException {
            if (--asked == 0) {
                append(path(), LAST);
            }
            return super.sizeBytes();
        }

        @Override
        public long storedBytes() throws IOException {
            return sizeBytes();
        }
    }

    private FakeWorker.Running start(DirectoryFiles.Opening opening, String... properties) {
        ConnectorConfig config = ConnectorConfig.of(task(properties(properties), 0, 1));
        return worker.start(config, new DirectoryFiles(config, opening), () -> nanos, Duration.ZERO);
    }

    private void poll(FakeWorker.Running task, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            nanos += TimeUnit.SECONDS.toNanos(2);
            task.poll();
        }
    }

    @Test
    void aRecordThatIsWrittenAtAnyMomentOfAReadIsSent() throws Exception {
        int asked = 0;
        boolean hasGrown = true;
        while (hasGrown) {
            asked++;
            Path file = Files.writeString(directory.resolve("a.log"), FIRST);
            int times = asked;
            try (FakeWorker.Running task = start(path -> new GrownOnce(LogFile.open(path), times))) {
                poll(task, 20);
            }
            hasGrown = Files.size(file) > FIRST.length();
            assertThat(worker.values())
                    .as("grown when its size was asked for the %dth time", asked)
                    .isEqualTo(hasGrown ? List.of("ERROR 1", "ERROR 2") : List.of("ERROR 1"));
            worker.records().clear();
            worker.offsets().clear();
            Files.delete(file);
        }
        assertThat(asked).isGreaterThan(20);
    }

    @Test
    void aFileThatGrowsBeforeItIsClosedIsOpenedAgain() throws Exception {
        Path file = Files.writeString(directory.resolve("a.log"), FIRST);
        try (FakeWorker.Running task = start(LogFile::open)) {
            poll(task, 5);
            append(file, LAST);
            nanos += TimeUnit.MINUTES.toNanos(2);
            poll(task, 5);
        }
        assertThat(worker.values()).containsExactly("ERROR 1", "ERROR 2");
    }

    @Test
    void filesThatCannotBeOpenedLeaveRoomForOthers() throws Exception {
        for (int number = 0; number < 4; number++) {
            Files.writeString(directory.resolve(number + ".log"), "ERROR " + number + "\n");
        }
        for (int number = 0; number < 4; number++) {
            Path only = directory.resolve(number + ".log");
            try (FakeWorker.Running task = start(path -> openOnly(only, path), "maxOpenFiles=1")) {
                for (int i = 0; i < 20; i++) {
                    nanos += TimeUnit.MINUTES.toNanos(2);
                    task.poll();
                }
            }
            assertThat(worker.values()).contains("ERROR " + number);
        }
    }

    /** As one does that belongs to a worker which has just started. */
    private static final class Forgetful implements TaskFiles {
        private final ConnectorConfig config;
        private boolean opens;
        private long looks;

        Forgetful(ConnectorConfig config) {
            this.config = config;
        }

        @Override
        public Listing look() throws IOException {
            try (SharedListing fresh =
                    SharedListing.join(config.settings().settings().inputs(), Path.of("/"), true, Duration.ZERO)) {
                Listing found = fresh.current();
                return new Listing(++looks, found.files(), found.others(), found.unreadable());
            }
        }

        @Override
        public Optional<String> inputOf(Path path) {
            return Optional.of("shop");
        }

        @Override
        public LogFile open(Path path) throws IOException {
            if (!opens) {
                throw new IOException("Stale file handle");
            }
            return LogFile.open(path);
        }

        @Override
        public void close() {
            opens = false;
        }
    }

    @Test
    void aRenamedFileIsNotGoneWhileItCannotBeOpened() throws Exception {
        Path file = Files.writeString(directory.resolve("a.log"), FIRST);
        try (FakeWorker.Running task = start(LogFile::open)) {
            poll(task, 5);
        }
        append(file, LAST);
        ConnectorConfig config = ConnectorConfig.of(task(properties(), 0, 1));
        Forgetful files = new Forgetful(config);
        try (FakeWorker.Running task = worker.start(config, files, () -> nanos, Duration.ZERO)) {
            poll(task, 2);
            Files.move(file, directory.resolve("a.log.1"));
            poll(task, 10);
            assertThat(worker.figures().value("lost-bytes-total")).isEqualTo(0L);
            files.opens = true;
            poll(task, 60);
        }
        assertThat(worker.values()).containsExactly("ERROR 1", "ERROR 2");
    }

    /** Others may have read splits behind its end before it was truncated. */
    @Test
    void splitsBehindTheEndOfAFileAreAskedForFromTimeToTime() throws Exception {
        List<String> first = lines("a", 1500);
        Path file = write("a.log", first);
        int looks = 24;
        try (FakeWorker.Running task = start(LogFile::open)) {
            for (int i = 0; i < looks; i++) {
                append(file, LAST);
                poll(task, 1);
            }
        }
        assertThat(worker.records()).hasSize(first.size() + looks);
        assertThat(worker.asked().stream().filter(split -> split.endsWith(".0/60")))
                .hasSizeBetween(2, looks / 4);
        assertThat(worker.asked().stream().filter(split -> split.endsWith(".0/2")))
                .hasSizeGreaterThan(looks / 2);
    }

    @Test
    void whatATruncationTookAwayIsCountedAsFarAsItWasSeen() throws Exception {
        Path file = write("a.log", lines("a", 400));
        long size = Files.size(file);
        long stepNanos = TimeUnit.MILLISECONDS.toNanos(200);
        ConnectorConfig config = ConnectorConfig.of(task(properties("inputs.shop.windowBytes=4KiB"), 0, 1));
        DirectoryFiles files = new DirectoryFiles(config, LogFile::open);
        try (FakeWorker.Running task = worker.start(config, files, () -> nanos += stepNanos, Duration.ZERO)) {
            task.poll();
            task.poll();
            long reached = (Long) worker.offsets().values().iterator().next().get("offset");
            assertThat(reached).isBetween(1L, size - 1);
            write("a.log", lines("second", 20));
            poll(task, 40);
            assertThat(worker.figures().value("lost-bytes-total")).isEqualTo(size - reached);
        }
        assertThat(worker.values()).endsWith(lines("second", 20).toArray(String[]::new));
    }

    @Test
    void aRecordThatWaitsForOthersIsSentWhenItsFileIsGone() throws Exception {
        Path file = Files.writeString(directory.resolve("a.log"), FIRST);
        try (FakeWorker.Running task = start(LogFile::open, "rules.errors.emit.context.after=1")) {
            for (int i = 0; i < 3; i++) {
                nanos += TimeUnit.MILLISECONDS.toNanos(200);
                task.poll();
            }
            Files.delete(file);
            for (int i = 0; i < 20; i++) {
                nanos += TimeUnit.MILLISECONDS.toNanos(400);
                task.poll();
            }
            assertThat(worker.figures().value("lost-bytes-total")).isEqualTo(0L);
        }
        assertThat(worker.values()).containsExactly("ERROR 1");
    }

    private static LogFile openOnly(Path only, Path path) throws IOException {
        if (!path.equals(only)) {
            throw new IOException("Input/output error");
        }
        return LogFile.open(path);
    }
}
