package io.pickaroon.processor.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.pickaroon.processor.FollowedFiles;
import io.pickaroon.processor.LogProcessor;
import io.pickaroon.processor.Mounts;
import io.pickaroon.processor.RunState;
import io.pickaroon.processor.ScriptedSink;
import io.pickaroon.processor.ScriptedSink.Arrival;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;

/** What changes the identity of a file without changing the file, and what does not. */
class ChangedIdentitiesTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long BIRTH = 1_700_000_000_123_456_789L;
    private static final FileIdentity FILE = new FileIdentity(0x800000001L, 42, BIRTH);

    @TempDir
    Path directory;

    @TempDir
    Path state;

    @Test
    void aFileThatOverlayfsCopiesUpIsReadOn() throws IOException {
        Files.createDirectory(directory.resolve("lower"));
        try (Mounts mounts = new Mounts(directory)) {
            Files.writeString(mounts.lower().resolve("app.log"), lines(1, 7));
            Path log = mounts.overlay().resolve("app.log");
            assertThat(once(log)).isEqualTo(expected(1, 7));
            Files.writeString(log, lines(8, 9), StandardOpenOption.APPEND);
            assertThat(once(log)).isEqualTo(expected(8, 9));
            mounts.unmountAll();
            mounts.overlay();
            Files.writeString(log, lines(10, 11), StandardOpenOption.APPEND);
            assertThat(once(log)).isEqualTo(expected(10, 11));
        }
    }

    @Test
    void aFollowedFileThatOverlayfsCopiesUpIsReadOnHoweverMuchIsAppendedAtOnce() throws IOException {
        Files.createDirectory(directory.resolve("lower"));
        try (Mounts mounts = new Mounts(directory)) {
            Files.writeString(mounts.lower().resolve("app.log"), lines(1, 1_000));
            Path log = mounts.overlay().resolve("app.log");
            ScriptedSink sink = new ScriptedSink(1, 1);
            try (Recovery recovery = recovery()) {
                LogProcessor processor = processor(List.of(log), sink, recovery, false);
                Disposable running = processor.run().subscribe();
                await(sink, 1_000);
                Files.writeString(log, lines(1_001, 500_000), StandardOpenOption.APPEND);
                await(sink, 500_000);
                processor.stop();
                Awaitility.await().atMost(SOON).until(running::isDisposed);
                assertThat(processor.counters().ledger().problems()).isEmpty();
            }
            assertThat(records(sink)).isEqualTo(expected(1, 500_000));
        }
    }

    @Test
    void anInodeThatIsUsedAgainInTheUpperLayerIsAnotherFile() throws IOException {
        Files.createDirectory(directory.resolve("lower"));
        try (Mounts mounts = new Mounts(directory)) {
            Path log = mounts.overlay().resolve("app.log");
            Files.writeString(log, lines(1, 4));
            assumeThat(FileStatus.of(log).birthTimeStays())
                    .as("the kernel tells in which layer a file is")
                    .isTrue();
            isToldApart(log);
        }
    }

    @Test
    void anInodeThatIsUsedAgainIsAnotherFile() throws IOException {
        Path log = Files.writeString(directory.resolve("app.log"), lines(1, 4));
        isToldApart(log);
    }

    /** Lines are as long as before, and there are more of them: only the birth time differs. */
    private void isToldApart(Path log) throws IOException {
        assertThat(once(log)).isEqualTo(expected(1, 4));
        long inode = FileStatus.of(log).inode();
        Files.delete(log);
        for (int i = 0; i < 100 && !Files.exists(log); i++) {
            Path next = Files.writeString(log.resolveSibling("next" + i), lines(5, 9));
            if (FileStatus.of(next).inode() == inode) {
                Files.move(next, log);
            }
        }
        if (!Files.exists(log)) {
            Files.writeString(log, lines(5, 9));
        }
        assumeThat(FileStatus.of(log).inode())
                .as("this file system uses an inode again at once")
                .isEqualTo(inode);
        assertThat(once(log)).isEqualTo(expected(5, 9));
    }

    @Test
    void aVolumeThatGetsAnotherDeviceNumberHoldsTheSameFiles() throws IOException {
        try (Mounts mounts = new Mounts(directory)) {
            Path image = mounts.image();
            Path volume = mounts.attach(image, "volume");
            Path log = volume.resolve("app.log");
            Files.writeString(log, lines(1, 5));
            Files.writeString(volume.resolve("rotated.log"), lines(6, 7));
            FileIdentity before = FileIdentity.of(FileStatus.of(log));
            assertThat(once(log, volume.resolve("rotated.log"))).hasSize(7);
            Files.move(volume.resolve("rotated.log"), volume.resolve("rotated.log.1"));
            mounts.unmountAll();
            mounts.occupyLoopDevice();
            mounts.attach(image, "volume");
            assertThat(FileIdentity.of(FileStatus.of(log)).isSameInodeOfOtherDevice(before))
                    .isTrue();
            Files.writeString(log, lines(8, 8), StandardOpenOption.APPEND);
            Files.writeString(volume.resolve("rotated.log.1"), lines(9, 9), StandardOpenOption.APPEND);
            assertThat(once(log, volume.resolve("rotated.log"))).containsExactlyInAnyOrder("line 8", "line 9");
        }
    }

    @Test
    void aCopyOfAVolumeBesideItHoldsOtherFiles() throws IOException {
        try (Mounts mounts = new Mounts(directory)) {
            Path image = mounts.image();
            Path log = mounts.attach(image, "volume").resolve("app.log");
            Files.writeString(log, lines(1, 5));
            assertThat(once(log)).isEqualTo(expected(1, 5));
            mounts.unmountAll();
            Path copy = Files.copy(image, directory.resolve("copy"));
            mounts.attach(image, "volume");
            Path copied = mounts.attach(copy, "copied").resolve("app.log");
            assertThat(once(log, copied)).isEqualTo(expected(1, 5));
        }
    }

    @Test
    void aBindMountIsAnotherNameOfTheSameFiles() throws IOException {
        try (Mounts mounts = new Mounts(directory)) {
            Path logs = Files.createDirectory(directory.resolve("logs"));
            Files.writeString(logs.resolve("app.log"), lines(1, 3));
            assertThat(once(logs.resolve("app.log"))).isEqualTo(expected(1, 3));
            Path bound = mounts.bind(logs).resolve("app.log");
            Files.writeString(bound, lines(4, 5), StandardOpenOption.APPEND);
            assertThat(once(bound)).isEqualTo(expected(4, 5));
        }
    }

    @Test
    void aFileThatWasRestoredFromACopyIsAnotherFile() throws IOException {
        Path log = Files.writeString(directory.resolve("app.log"), lines(1, 3));
        assertThat(once(log)).isEqualTo(expected(1, 3));
        Path copy = Files.copy(log, directory.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(copy, log, StandardCopyOption.ATOMIC_MOVE);
        assertThat(once(log)).isEqualTo(expected(1, 3));
    }

    @Test
    void anEntryWithABirthTimeThatIsNotKnownAnyMoreGoesOn() throws IOException {
        Files.createDirectory(directory.resolve("lower"));
        try (Mounts mounts = new Mounts(directory)) {
            Files.writeString(mounts.lower().resolve("app.log"), lines(1, 5));
            Path log = mounts.overlay().resolve("app.log");
            FileStatus status = FileStatus.of(log);
            FileIdentity before = new FileIdentity(status.device(), status.inode(), status.birthTimeNanos());
            try (CheckpointFile checkpoint = CheckpointFile.open(state.resolve("checkpoint"))) {
                checkpoint.progress().begin(new FileSighting(log, before, status.sizeBytes()), new Position(14, true));
                checkpoint.commit();
            }
            assertThat(once(log)).isEqualTo(expected(3, 5));
        }
    }

    @Test
    void theSuccessorOfAKnownFileIsTheOneThatDiffersInNothingElse() {
        FileIdentity otherDevice = new FileIdentity(0x800000002L, 42, BIRTH);
        FileIdentity unknownBirth = new FileIdentity(0x800000001L, 42, 0);
        FileIdentity usedAgain = new FileIdentity(0x800000001L, 42, BIRTH + 1);
        assertThat(successor(FILE, otherDevice)).contains(otherDevice);
        assertThat(successor(FILE, unknownBirth)).contains(unknownBirth);
        assertThat(successor(unknownBirth, FILE)).contains(FILE);
        assertThat(successor(FILE, usedAgain)).isEmpty();
        assertThat(successor(FILE, new FileIdentity(0x800000002L, 43, BIRTH))).isEmpty();
        assertThat(successor(FILE, new FileIdentity(0x800000002L, 42, 0))).isEmpty();
        assertThat(successor(unknownBirth, new FileIdentity(0x800000002L, 42, 0)))
                .isEmpty();
        assertThat(successor(FILE, otherDevice, FILE)).isEmpty();
        assertThat(ChangedIdentities.successor(FILE, List.of(otherDevice), Set.of(otherDevice)))
                .isEmpty();
    }

    @Test
    void theDestinationKnowsAFileByTheIdentityThatItHadBefore() {
        FileIdentity before = FILE.ofGeneration(3);
        FileIdentity otherDevice = new FileIdentity(7, 42, BIRTH);
        SinkPositions positions = new SinkPositions(Map.of(before, position(100)), Set.of());
        assertThat(positions.generation(otherDevice)).isEqualTo(3);
        assertThat(positions.of(otherDevice.ofGeneration(3))).contains(position(100));
        assertThat(positions.of(new FileIdentity(FILE.device(), 42, 0, 3))).contains(position(100));
        assertThat(positions.of(new FileIdentity(FILE.device(), 42, BIRTH + 1, 3)))
                .isEmpty();
        assertThat(positions.of(new FileIdentity(7, 42, 0, 3))).isEmpty();
    }

    @Test
    void anIdentityOfItsOwnComesFirst() {
        FileIdentity otherDevice = new FileIdentity(7, 42, BIRTH);
        SinkPositions both = new SinkPositions(Map.of(FILE, position(100), otherDevice, position(200)), Set.of());
        assertThat(both.of(FILE)).contains(position(100));
        assertThat(both.of(otherDevice)).contains(position(200));
        SinkPositions beside = new SinkPositions(Map.of(FILE, position(100)), Set.of(FILE));
        assertThat(beside.of(otherDevice)).isEmpty();
    }

    private static Optional<FileIdentity> successor(FileIdentity known, FileIdentity... there) {
        return ChangedIdentities.successor(known, List.of(there), Set.of(known));
    }

    private static DeliveredPosition position(long offset) {
        return new DeliveredPosition(new Position(offset, true), Set.of(), 0);
    }

    private static String lines(int first, int last) {
        return String.join("\n", expected(first, last)) + "\n";
    }

    private static List<String> expected(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "line " + i).toList();
    }

    private static List<String> records(ScriptedSink sink) {
        return sink.arrivals().stream().map(Arrival::record).toList();
    }

    private static void await(ScriptedSink sink, int records) {
        Awaitility.await().atMost(SOON).until(() -> sink.arrivals().size() >= records);
    }

    private Recovery recovery() throws IOException {
        return Recovery.of(state.resolve("checkpoint"));
    }

    private List<String> once(Path... files) throws IOException {
        ScriptedSink sink = new ScriptedSink(1, 1);
        try (Recovery recovery = recovery()) {
            processor(List.of(files), sink, recovery, true).run().block(SOON);
        }
        return records(sink);
    }

    private static LogProcessor processor(List<Path> files, ScriptedSink sink, Recovery recovery, boolean once) {
        WindowPlan plan = new WindowPlan(16 << 20, 1024, Delimiter.AUTO);
        return new LogProcessor(
                List.of(new LogInput("test", Discovery.of(files), false, new Reading(plan), FollowedFiles.EMIT)),
                sink,
                RunState.of(recovery),
                new RunSettings(once, 2, 16, Duration.ofMillis(10), Duration.ofMillis(20), FollowedFiles.FAST));
    }
}
