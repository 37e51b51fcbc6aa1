package io.pickaroon.processor.directio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileStatusTest {
    @TempDir
    Path directory;

    @Test
    void agreesWithWhatJavaSaysOfAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("a.log"), "twelve bytes");
        Files.createLink(directory.resolve("b.log"), file);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-02-03T04:05:06.123456789Z")));
        assertAgrees(FileStatus.of(file), file);
        assertThat(FileStatus.of(file).isRegularFile()).isTrue();
        assertThat(FileStatus.of(file).isDirectory()).isFalse();
        assertThat(FileStatus.of(file).hardLinks()).isEqualTo(2);
    }

    @Test
    void agreesWithWhatJavaSaysOfADirectory() throws IOException {
        assertAgrees(FileStatus.of(directory), directory);
        assertThat(FileStatus.of(directory).isDirectory()).isTrue();
        assertThat(FileStatus.of(directory).isRegularFile()).isFalse();
    }

    @Test
    void seesSizesPastThirtyTwoBits() throws IOException {
        Path file = directory.resolve("sparse");
        try (var sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(5L << 40);
        }
        assertThat(FileStatus.of(file).sizeBytes()).isEqualTo(5L << 40);
    }

    @Test
    void followsLinksOrNotAsAsked() throws IOException {
        Path file = Files.writeString(directory.resolve("a.log"), "x");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        assertThat(FileStatus.of(link)).isEqualTo(FileStatus.of(file));
        assertThat(FileStatus.ofNoFollow(link).inode())
                .isNotEqualTo(FileStatus.of(file).inode());
        assertThat(FileStatus.ofNoFollow(link).isRegularFile()).isFalse();
    }

    @Test
    void tellsALinkFromTheDirectoryItLeadsToWhateverItsName() throws IOException {
        Path target = Files.createDirectory(directory.resolve("target"));
        Path link = Path.of(URI.create(directory.toUri() + "li%ffnk"));
        Files.createSymbolicLink(link, target);
        assertThat(FileStatus.of(link).isDirectory()).isTrue();
        assertThat(FileStatus.ofNoFollow(link).isDirectory()).isFalse();
    }

    @Test
    void findsAFileWhoseNameIsNotUtf8() throws IOException {
        Path file = Files.writeString(Path.of(URI.create(directory.toUri() + "caf%e9")), "abc");
        assertThat(FileStatus.of(file).sizeBytes()).isEqualTo(3);
    }

    @Test
    void keepsTheBirthTimeThroughRenameAndAppend() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "x");
        FileStatus before = FileStatus.of(file);
        Path renamed = Files.move(file, directory.resolve("b"));
        Files.writeString(renamed, "more", java.nio.file.StandardOpenOption.APPEND);
        Files.setLastModifiedTime(renamed, FileTime.fromMillis(0));
        FileStatus after = FileStatus.of(renamed);
        assertThat(after.inode()).isEqualTo(before.inode());
        assertThat(after.birthTimeNanos()).isEqualTo(before.birthTimeNanos());
        assertThat(after.modifiedTimeNanos()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "i"})
    void tellsWhatTheKernelLetsNobodyChange(String attribute) throws Exception {
        Path file = Files.writeString(directory.resolve("kept.log"), "x");
        assertThat(FileStatus.of(file).isAppendOnly()).isFalse();
        assertThat(FileStatus.of(file).isImmutable()).isFalse();
        assumeTrue(chattr("+" + attribute, file), "needs root and a file system with attributes");
        try (PinnedFile pinned = PinnedFile.of(file)) {
            assertThat(FileStatus.of(file).isAppendOnly()).isEqualTo(attribute.equals("a"));
            assertThat(FileStatus.of(file).isImmutable()).isEqualTo(attribute.equals("i"));
            assertThatExceptionOfType(FileSystemException.class)
                    .isThrownBy(pinned::requireWritable)
                    .withMessageContainingAll("kept.log", "Operation not permitted");
        } finally {
            chattr("-" + attribute, file);
        }
    }

    private static boolean chattr(String change, Path file) throws Exception {
        try {
            return new ProcessBuilder("chattr", change, file.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException thereIsNone) {
            return false;
        }
    }

    @Test
    void saysThatThereIsNoFile() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> FileStatus.of(directory.resolve("missing")))
                .withMessageContaining("missing");
    }

    @Test
    void saysWhichPartOfThePathIsNoDirectory() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "x");
        assertThatExceptionOfType(SystemCallException.class)
                .isThrownBy(() -> FileStatus.of(file.resolve("b")))
                .withMessageContainingAll("statx", "ENOTDIR", "a/b");
    }

    private static void assertAgrees(FileStatus status, Path path) throws IOException {
        Map<String, Object> java = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        assertThat(status.inode()).isEqualTo(java.get("ino"));
        assertThat(status.mode()).isEqualTo(java.get("mode"));
        assertThat(status.hardLinks()).isEqualTo(java.get("nlink"));
        assertThat(status.uid()).isEqualTo(java.get("uid"));
        assertThat(status.gid()).isEqualTo(java.get("gid"));
        assertThat(status.sizeBytes()).isEqualTo(java.get("size"));
        assertThat(status.modifiedTimeNanos())
                .isEqualTo(((FileTime) java.get("lastModifiedTime")).to(TimeUnit.NANOSECONDS));
        assertThat(status.device()).isEqualTo(majorAndMinor((long) java.get("dev")));
        if (status.birthTimeNanos() != 0) {
            assertThat(FileTime.from(status.birthTimeNanos(), TimeUnit.NANOSECONDS))
                    .isEqualTo(java.get("creationTime"));
        }
    }

    /** Of a device number as makedev(3) of glibc packs it. */
    private static long majorAndMinor(long device) {
        long major = (device >>> 8 & 0xfff) | (device >>> 32 & 0xfffff000L);
        long minor = (device & 0xff) | (device >>> 12 & 0xffffff00L);
        return major << 32 | minor;
    }
}
