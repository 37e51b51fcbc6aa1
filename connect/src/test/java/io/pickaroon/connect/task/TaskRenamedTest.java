package io.pickaroon.connect.task;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pickaroon.connect.listing.ListedFile;
import io.pickaroon.connect.listing.Listing;
import io.pickaroon.connect.settings.ConnectorConfig;
import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.SplitPlan;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.ForwardingLogFile;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Files that a task has found, and that are renamed out of what the inputs name before anything of them is read. */
class TaskRenamedTest extends TasksOverFiles {
    private static final String UNENDED = "ERROR 1";

    private long nanos;

    /** Looks of a host whose file system does not tell when files were made. */
    private static final class Ageless extends WorkerFiles {
        Ageless(ConnectorConfig config) {
            super(config, Duration.ZERO);
        }

        @Override
        public Listing look() throws IOException {
            Listing found = super.look();
            return new Listing(
                    found.number(),
                    found.files().stream()
                            .map(file -> new ListedFile(
                                    file.input(), file.path(), file.home(), ageless(file.identity()), file.sizeBytes()))
                            .toList(),
                    found.others().stream()
                            .map(other -> new FileSighting(other.path(), ageless(other.identity()), other.sizeBytes()))
                            .toList(),
                    found.unreadable());
        }

        @Override
        public LogFile open(Path path) throws IOException {
            return new AgelessFile(super.open(path));
        }

        private static FileIdentity ageless(FileIdentity identity) {
            return new FileIdentity(identity.device(), identity.inode(), 0);
        }
    }

    private static final class AgelessFile extends ForwardingLogFile {
        AgelessFile(LogFile file) {
            super(file);
        }

        @Override
        public FileIdentity identity() {
            return Ageless.ageless(file.identity());
        }

        @Override
        public LogFile knownAs(Path path, int generation) {
            return new AgelessFile(file.knownAs(path, generation));
        }
    }

    /** Many files that no task can open. */
    private record Many(Listing found) implements TaskFiles {
        static Many of(int count) {
            return new Many(new Listing(
                    1,
                    IntStream.range(0, count)
                            .mapToObj(number -> {
                                Path path = Path.of("/logs/" + number + ".log");
                                FileIdentity identity = new FileIdentity(1, 1000 + number, 1_000_000_000L);
                                return new ListedFile("shop", path, path, identity, 10);
                            })
                            .toList(),
                    List.of(),
                    List.of()));
        }

        @Override
        public Listing look() {
            return found;
        }

        @Override
        public Optional<String> inputOf(Path path) {
            return Optional.of("shop");
        }

        @Override
        public LogFile open(Path path) throws IOException {
            throw new NoSuchFileException(path.toString());
        }

        @Override
        public void close() {}
    }

    private ConnectorConfig config(int index, int count) {
        return ConnectorConfig.of(task(properties(), index, count));
    }

    private FakeWorker.Running start(TaskFiles files, int index, int count) {
        return worker.start(config(index, count), files, () -> nanos, Duration.ZERO);
    }

    private FakeWorker.Running start(DirectoryFiles.Opening opening) {
        return start(new DirectoryFiles(config(0, 1), opening), 0, 1);
    }

    private void poll(FakeWorker.Running task, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            nanos += TimeUnit.SECONDS.toNanos(2);
            task.poll();
        }
    }

    private Path rename(Path file) throws IOException {
        return Files.move(file, directory.resolve(file.getFileName() + ".1"));
    }

    @Test
    void oneWithoutACompleteRecordIsReadByTheNextTask() throws Exception {
        Path file = Files.writeString(directory.resolve("a.log"), UNENDED);
        try (FakeWorker.Running task = start(LogFile::open)) {
            poll(task, 3);
        }
        append(rename(file), "\n");
        try (FakeWorker.Running task = start(LogFile::open)) {
            poll(task, 10);
        }
        assertThat(worker.values()).containsExactly(UNENDED);
        assertThat(headers("file")).containsOnly(file.toString());
    }

    @Test
    void oneThatMatchesNothingIsKnownAfterTheFirstPoll() throws Exception {
        Path file = Files.writeString(directory.resolve("a.log"), "nothing\n");
        try (FakeWorker.Running task = start(LogFile::open)) {
            task.poll();
        }
        append(rename(file), UNENDED + "\n");
        try (FakeWorker.Running task = start(LogFile::open)) {
            poll(task, 10);
        }
        assertThat(worker.values()).containsExactly(UNENDED);
    }

    @Test
    void oneThatCouldNotBeOpenedIsReadByTheNextTask() throws Exception {
        Path file = Files.writeString(directory.resolve("a.log"), UNENDED + "\n");
        try (FakeWorker.Running task = start(path -> {
            throw new IOException("Stale file handle");
        })) {
            task.poll();
        }
        rename(file);
        try (FakeWorker.Running task = start(LogFile::open)) {
            poll(task, 10);
        }
        assertThat(worker.values()).containsExactly(UNENDED);
    }

    /** Its inode has offsets of the file that had it before. */
    @Test
    void oneThatHasTheInodeOfAnotherIsReadByTheNextTask() throws Exception {
        Path file = Files.writeString(directory.resolve("a.log"), "ERROR of another file\n");
        try (FakeWorker.Running task = start(LogFile::open)) {
            poll(task, 3);
        }
        Files.writeString(file, "");
        try (FakeWorker.Running task = start(LogFile::open)) {
            poll(task, 5);
        }
        append(rename(file), UNENDED + "\n");
        try (FakeWorker.Running task = start(LogFile::open)) {
            poll(task, 10);
        }
        assertThat(worker.values()).containsExactly("ERROR of another file", UNENDED);
        assertThat(bySplit().keySet()).anyMatch(split -> split.toString().endsWith(".1/0"));
    }

    @Test
    void oneThatNothingTellsFromOthersIsSaidOnceAndCounted() throws Exception {
        Path file = Files.writeString(directory.resolve("a.log"), UNENDED);
        try (FakeWorker.Running task = start(new Ageless(config(0, 1)), 0, 1)) {
            poll(task, 3);
        }
        rename(file);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger logger = (Logger) LoggerFactory.getLogger(TaskRun.class.getPackageName());
        logger.addAppender(said);
        int owner = new SplitPlan(64 << 10, 2, 0).owner(key(directory.resolve("a.log.1")));
        try (FakeWorker.Running other = start(new Ageless(config(1 - owner, 2)), 1 - owner, 2)) {
            poll(other, 20);
            assertThat(worker.figures().value("lost-bytes-total")).isEqualTo(0L);
            try (FakeWorker.Running task = start(new Ageless(config(owner, 2)), owner, 2)) {
                poll(task, 20);
                assertThat(worker.figures().value("lost-bytes-total")).isEqualTo((long) UNENDED.length());
            }
        } finally {
            logger.detachAppender(said);
        }
        assertThat(worker.records()).isEmpty();
        assertThat(said.list)
                .filteredOn(event -> event.getLevel() == Level.WARN)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEqualTo(
                        "%s.1 may be %s, renamed while no task ran; too little of it was committed to tell, and what it has"
                                        .formatted(file, file)
                                + " behind byte 0 is not read: 7 bytes now");
    }

    private static FileKey key(Path file) throws IOException {
        return new FileKey("nfs-1", (Long) Files.getAttribute(file, "unix:ino"), 0);
    }

    @Test
    void tenThousandFilesAreKnownAfterThreeTransactions() throws Exception {
        try (FakeWorker.Running task = start(Many.of(10_000), 0, 1)) {
            poll(task, 3);
            assertThat(worker.offsets()).hasSize(10_000);
            assertThat(worker.offsets().values())
                    .allMatch(offset -> offset.get("offset").equals(0L));
            poll(task, 10);
        }
        assertThat(worker.aborted()).isEqualTo(3);
        try (FakeWorker.Running task = start(Many.of(10_000), 0, 1)) {
            poll(task, 10);
        }
        assertThat(worker.aborted()).as("after another start").isEqualTo(3);
    }

    /** Only the host of the owner of split 0 has seen it under its name, and had not committed anything when the other looked. */
    @Test
    void oneThatAnotherHostHasNeverSeenUnderItsNameIsReadByBoth() throws Exception {
        List<String> lines = lines("a", 3000);
        Path file = write("a.log", lines);
        int owner = new SplitPlan(64 << 10, 2, 0).owner(key(file));
        TaskFiles there = new WorkerFiles(config(0, 2), Duration.ofNanos(-1));
        try (FakeWorker.Running first = start(new DirectoryFiles(config(0, 2), LogFile::open), owner, 2);
                FakeWorker.Running second = start(there, 1 - owner, 2)) {
            List<SourceRecord> polled = first.fetch();
            rename(file);
            poll(second, 4);
            first.commit(polled, polled.size());
            for (int i = 0; i < 10; i++) {
                poll(first, 1);
                poll(second, 1);
            }
        }
        assertThat(worker.values()).containsExactlyInAnyOrderElementsOf(lines);
    }

    @Test
    void oneWithTwoNamesIsReadOnce() throws Exception {
        Path file = Files.writeString(directory.resolve("a.log"), UNENDED);
        try (FakeWorker.Running task = start(LogFile::open)) {
            poll(task, 3);
        }
        append(file, "\n");
        Files.createLink(directory.resolve("b.txt"), rename(file));
        try (FakeWorker.Running task = start(LogFile::open)) {
            poll(task, 10);
        }
        assertThat(worker.values()).containsExactly(UNENDED);
    }
}
