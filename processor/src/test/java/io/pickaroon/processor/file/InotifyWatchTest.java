package io.pickaroon.processor.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.directio.FileSystemType;
import io.pickaroon.processor.directio.Inotify;
import io.pickaroon.processor.directio.InotifyAtLimit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel reports of real directories. Events of one process are there as soon as the call that makes them returns. */
class InotifyWatchTest {
    @TempDir
    Path directory;

    private DirectoryWatch watch;

    @BeforeEach
    void open() throws IOException {
        directory = directory.toRealPath();
        watch = DirectoryWatch.open();
    }

    @AfterEach
    void close() throws IOException {
        watch.close();
    }

    @Test
    void writesAndNamesAreReported() throws IOException {
        Path log = Files.createFile(directory.resolve("a.log"));
        assertThat(watch.watch(Set.of(directory))).isTrue();
        assertThat(watch.watch(Set.of(directory))).isFalse();
        assertThat(watch.poll()).isEqualTo(DirectoryWatch.Changes.NONE);
        append(log);
        assertThat(watch.poll()).isEqualTo(new DirectoryWatch.Changes(Set.of(log), false, List.of()));
        Path rotated = directory.resolve("a.log.1");
        Files.move(log, rotated);
        assertThat(watch.poll())
                .isEqualTo(new DirectoryWatch.Changes(Set.of(), true, List.of(new NameChange.Renamed(log, rotated))));
        assertThat(watch.hearsAll()).isTrue();
    }

    @Test
    void renamesAreReportedWithBothNamesAlsoFromOneDirectoryToAnother() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Path unwatched = Files.createDirectory(directory.resolve("unwatched"));
        watch.watch(Set.of(directory, other));
        watch.poll();
        Path log = Files.createFile(directory.resolve("a.log"));
        Path moved = Files.move(log, other.resolve("b.log"));
        Path back = Files.move(moved, directory.resolve("c.log"));
        Files.move(back, unwatched.resolve("d.log"));
        Path found = Files.move(unwatched.resolve("d.log"), log);
        Files.delete(found);
        assertThat(watch.poll().names())
                .containsExactly(
                        new NameChange.Created(log),
                        new NameChange.Renamed(log, moved),
                        new NameChange.Renamed(moved, back),
                        new NameChange.Removed(back),
                        new NameChange.Created(log),
                        new NameChange.Removed(log));
    }

    @Test
    void aNameThatIsNotUtf8IsReported() throws IOException {
        Path log = Files.createFile(Path.of(URI.create(directory.toUri() + "caf%e9.log")));
        watch.watch(Set.of(directory));
        append(log);
        assertThat(watch.poll().written()).containsExactly(log);
    }

    @Test
    void aDirectoryThatIsNotThereIsReportedStepByStepAsItAppears() throws IOException {
        Path wanted = directory.resolve("x/y/log");
        watch.watch(Set.of(wanted));
        assertThat(watch.hearsAll()).isTrue();
        Files.createDirectory(directory.resolve("other"));
        assertThat(watch.poll().namesChanged()).as("another name").isFalse();
        for (Path step : new Path[] {directory.resolve("x"), directory.resolve("x/y"), wanted}) {
            Files.createDirectory(step);
            assertThat(watch.poll().namesChanged()).as("%s", step).isTrue();
            assertThat(watch.watch(Set.of(wanted))).as("%s", step).isTrue();
            assertThat(watch.watch(Set.of(wanted))).as("%s", step).isFalse();
        }
        Path log = Files.createFile(wanted.resolve("a.log"));
        append(log);
        assertThat(watch.poll().written()).containsExactly(log);
    }

    @Test
    void aDirectoryThatTakesTheNameOfAnotherOneIsWatchedInItsPlace() throws IOException {
        Path wanted = Files.createDirectory(directory.resolve("log"));
        Path moved = directory.resolve("log.old");
        watch.watch(Set.of(wanted));
        Files.move(wanted, moved);
        Files.createDirectory(wanted);
        assertThat(watch.poll().namesChanged()).isTrue();
        assertThat(watch.watch(Set.of(wanted))).isTrue();
        Files.createFile(moved.resolve("old.log"));
        assertThat(watch.poll().namesChanged()).as("the old one").isFalse();
        Path log = Files.createFile(wanted.resolve("new.log"));
        append(log);
        assertThat(watch.poll())
                .isEqualTo(new DirectoryWatch.Changes(Set.of(log), true, List.of(new NameChange.Created(log))));
    }

    @Test
    void aMovedDirectoryThatIsStillWantedIsReportedUnderItsNewName() throws IOException {
        Path wanted = Files.createDirectory(directory.resolve("log"));
        Path moved = directory.resolve("log.old");
        watch.watch(Set.of(wanted));
        Files.move(wanted, moved);
        Files.createDirectory(wanted);
        watch.watch(Set.of(wanted, moved));
        watch.poll();
        append(Files.createFile(moved.resolve("a.log")));
        append(Files.createFile(wanted.resolve("a.log")));
        assertThat(watch.poll().written()).containsExactlyInAnyOrder(moved.resolve("a.log"), wanted.resolve("a.log"));
        watch.watch(Set.of(moved));
        watch.poll();
        append(moved.resolve("a.log"));
        assertThat(watch.poll().written()).containsExactly(moved.resolve("a.log"));
    }

    @Test
    void aDirectoryFurtherUpThatIsReplacedIsReported() throws IOException {
        Path wanted = Files.createDirectories(directory.resolve("app/log"));
        watch.watch(Set.of(wanted));
        Files.move(directory.resolve("app"), directory.resolve("app.old"));
        assertThat(watch.poll().namesChanged()).isTrue();
        watch.watch(Set.of(wanted));
        Files.createDirectories(wanted);
        assertThat(watch.poll().namesChanged()).isTrue();
    }

    @Test
    void aLinkThatLeadsElsewhereIsReported() throws IOException {
        Path first = Files.createDirectory(directory.resolve("1"));
        Path second = directory.resolve("2");
        Path link = Files.createSymbolicLink(directory.resolve("log"), Path.of("1"));
        watch.watch(Set.of(link));
        append(Files.createFile(first.resolve("a.log")));
        assertThat(watch.poll().written()).containsExactly(link.resolve("a.log"));
        Files.createSymbolicLink(directory.resolve("next"), Path.of("2"));
        Files.move(
                directory.resolve("next"), link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(watch.poll().namesChanged()).isTrue();
        watch.watch(Set.of(link));
        Files.createDirectory(second);
        assertThat(watch.poll().namesChanged())
                .as("what the link leads to appears")
                .isTrue();
        assertThat(watch.watch(Set.of(link))).isTrue();
        append(Files.createFile(second.resolve("b.log")));
        assertThat(watch.poll().written()).containsExactly(link.resolve("b.log"));
    }

    @Test
    void aDirectoryIsReportedUnderEachPathThatLeadsToIt() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        watch.watch(Set.of(real, link));
        append(Files.createFile(real.resolve("a.log")));
        assertThat(watch.poll().written()).containsExactlyInAnyOrder(real.resolve("a.log"), link.resolve("a.log"));
        watch.watch(Set.of(link));
        append(real.resolve("a.log"));
        assertThat(watch.poll().written()).containsExactly(link.resolve("a.log"));
    }

    @Test
    void aDirectoryThatIsDeletedAndMadeAnewIsWatchedAgain() throws IOException {
        Path wanted = Files.createDirectory(directory.resolve("log"));
        watch.watch(Set.of(wanted));
        Files.delete(wanted);
        assertThat(watch.poll().namesChanged()).isTrue();
        Files.createDirectory(wanted);
        assertThat(watch.watch(Set.of(wanted))).isTrue();
        watch.poll();
        append(Files.createFile(wanted.resolve("a.log")));
        assertThat(watch.poll().written()).containsExactly(wanted.resolve("a.log"));
    }

    @Test
    void whatCannotBeWatchedForALimitIsKnownAndTriedAgain() throws IOException {
        Path first = Files.createDirectory(directory.resolve("1"));
        int way = directory.getNameCount() + 1;
        try (DirectoryWatch limited = new InotifyWatch(InotifyAtLimit.open(way), FileSystemType::of)) {
            limited.watch(Set.of(first));
            assertThat(limited.hearsAll()).isFalse();
        }
        try (DirectoryWatch enough = new InotifyWatch(InotifyAtLimit.open(way + 1), FileSystemType::of)) {
            enough.watch(Set.of(first));
            assertThat(enough.hearsAll()).isTrue();
        }
    }

    @Test
    void whereOthersWriteUnheardItIsKnown() throws IOException {
        watch.watch(Set.of(Path.of("/proc/self")));
        assertThat(watch.hearsAll()).isFalse();
        watch.watch(Set.of(directory));
        assertThat(watch.hearsAll()).isTrue();
        try (DirectoryWatch remote = new InotifyWatch(Inotify.open(), _ -> FileSystemType.NFS)) {
            remote.watch(Set.of(directory));
            assertThat(remote.hearsAll()).isFalse();
            remote.watch(Set.of(directory));
            assertThat(remote.hearsAll()).isFalse();
        }
    }

    @Test
    void afterItsEndItReportsNothing() throws IOException {
        watch.watch(Set.of(directory));
        append(Files.createFile(directory.resolve("a.log")));
        watch.close();
        assertThat(watch.poll()).isEqualTo(DirectoryWatch.Changes.NONE);
        assertThat(watch.watch(Set.of(directory))).isFalse();
    }

    private static void append(Path log) throws IOException {
        Files.writeString(log, "line\n", StandardOpenOption.APPEND);
    }
}
