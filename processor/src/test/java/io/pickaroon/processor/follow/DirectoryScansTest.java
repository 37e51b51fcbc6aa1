package io.pickaroon.processor.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.RunOfNothing;
import io.pickaroon.processor.TwinEngine.LogOpener;
import io.pickaroon.processor.TwinEngine.TwinMachine;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.DirectoryWatch;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.InputScanners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** When directory scans are due, by a clock that scans and commits advance. */
class DirectoryScansTest {
    private static final int FILES = 5;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);

    @TempDir
    Path directory;

    private long nowNanos;
    private Duration lookTakes = Duration.ZERO;
    private Duration commitTakes = Duration.ZERO;
    private boolean namesChanged;

    /** Reports changes of names when it is told to. */
    private final class Watch implements DirectoryWatch {
        @Override
        public boolean watch(Set<Path> directories) {
            return false;
        }

        @Override
        public boolean hearsAll() {
            return true;
        }

        @Override
        public Changes poll() {
            boolean changed = namesChanged;
            namesChanged = false;
            return new Changes(Set.of(), changed, List.of());
        }

        @Override
        public void close() {}
    }

    private final class Machine implements LogOpener {
        @Override
        public LogFile open(Path path, boolean forFixes) throws IOException {
            return LogFile.open(path);
        }

        @Override
        public Optional<FileSighting> look(Path path) throws IOException {
            pass(lookTakes);
            return FileSighting.at(path);
        }

        @Override
        public DirectoryWatch watch() {
            return new Watch();
        }
    }

    private final class CommittingThread implements Scheduler {
        @Override
        public Disposable schedule(Runnable task) {
            pass(commitTakes);
            return Schedulers.immediate().schedule(task);
        }

        @Override
        public Worker createWorker() {
            throw new UnsupportedOperationException();
        }
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }

    private Path log(int number) {
        return directory.resolve(number + ".log");
    }

    private DirectoryScans scans() {
        InputScanners input = RunOfNothing.input(
                Discovery.of(IntStream.range(0, FILES).mapToObj(this::log).toList()));
        TwinMachine machine = new TwinMachine(
                Schedulers.immediate(), Schedulers.immediate(), Schedulers.immediate(), () -> nowNanos, new Machine());
        return new DirectoryScans(List.of(input), RunOfNothing.parts(machine, new CommittingThread(), input));
    }

    /** Each scan finds a new file, and so has its start committed. */
    private void scanNewFiles(DirectoryScans scans) throws IOException {
        for (int number = 0; number < FILES; number++) {
            Files.createFile(log(number));
            scans.scan(SinkPositions.UNKNOWN).block();
            assertThat(scans.files()).hasSize(number + 1);
        }
    }

    private void requirePause(DirectoryScans scans, Duration pause) {
        pass(pause.minusNanos(1));
        assertThat(scans.poll()).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(scans.poll()).isTrue();
    }

    @Test
    void newFilesAreNoticedAsSoonAsAlwaysWhileCommitsTakeLong() throws IOException {
        commitTakes = Duration.ofSeconds(1);
        DirectoryScans scans = scans();
        scanNewFiles(scans);
        namesChanged = true;
        requirePause(scans, SHORTEST_PAUSE);
    }

    @Test
    void scansTakeATenthOfTheTimeWhileNamesChangeAndAHundredthOtherwise() throws IOException {
        DirectoryScans scans = scans();
        scanNewFiles(scans);
        lookTakes = Duration.ofMillis(50);
        for (int scan = 0; scan < 2; scan++) {
            long startNanos = nowNanos;
            scans.scan(SinkPositions.UNKNOWN).block();
            assertThat(nowNanos - startNanos)
                    .isEqualTo(lookTakes.multipliedBy(FILES).toNanos());
        }
        namesChanged = true;
        requirePause(scans, lookTakes.multipliedBy(10L * FILES));
        scans.scan(SinkPositions.UNKNOWN).block();
        requirePause(scans, lookTakes.multipliedBy(100L * FILES));
    }

    @Test
    void newNamesWaitForThreeSecondsAtMostAfterScansThatTookLong() throws IOException {
        DirectoryScans scans = scans();
        scanNewFiles(scans);
        lookTakes = Duration.ofMillis(200);
        scans.scan(SinkPositions.UNKNOWN).block();
        scans.scan(SinkPositions.UNKNOWN).block();
        namesChanged = true;
        requirePause(scans, Duration.ofSeconds(3));
    }
}
