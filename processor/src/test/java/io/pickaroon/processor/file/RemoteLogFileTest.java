package io.pickaroon.processor.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.FileSystemType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of which the kernel says that it is on NFS. */
class RemoteLogFileTest {
    private static final byte[] CONTENT = "0123456789".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
    private final IOException stale = new IOException("Stale file handle");

    @TempDir
    Path directory;

    private Path path;
    private FaultyChannel channel;
    private LogFile file;

    @BeforeEach
    void open() throws IOException {
        path = Files.write(directory.resolve("a.log"), CONTENT);
        channel = new FaultyChannel(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        file = on(FileSystemType.NFS);
    }

    private LogFile on(FileSystemType fileSystem) throws IOException {
        return new ChannelLogFile(
                path,
                FileIdentity.of(FileStatus.of(path)),
                new ChannelLogFile.Shared(channel, fileSystem, true),
                fileSystem.isRemote());
    }

    @AfterEach
    void close() throws IOException {
        channel.failure = null;
        file.close();
    }

    @Test
    void aFailureSaysWhereItIsAndThatItMayPass() {
        channel.failure = stale;

        assertThatThrownBy(() -> read(0, 100))
                .isInstanceOf(RemoteFileException.class)
                .hasMessage(path + " cannot be read at offset 0: Stale file handle; it is on NFS");
        assertThatThrownBy(file::sizeBytes)
                .isInstanceOf(RemoteFileException.class)
                .hasMessage(path + " cannot tell its size: Stale file handle; it is on NFS");
        assertThatThrownBy(file::hasTrueSize).isInstanceOf(RemoteFileException.class);
    }

    @Test
    void aFailureOfALocalDiskDoesNotPass() throws IOException {
        file = on(FileSystemType.OTHER);
        channel.failure = new IOException("Input/output error");

        assertThatThrownBy(() -> read(0, 100))
                .isNotInstanceOf(RemoteFileException.class)
                .hasMessage(
                        path + " cannot be read at offset 0: Input/output error; the kernel's log says why (dmesg)");
    }

    @Test
    void nothingOfItIsMapped() throws IOException {
        try (MappedRange range = file.range(0, CONTENT.length, 1L << 30);
                MappedRange whole = file.map(0, CONTENT.length)) {
            assertThat(range).isInstanceOf(ReadRange.class);
            assertThat(whole).isInstanceOf(ReadRange.class);
        }
    }

    @Test
    void shortReadsArePutTogether() throws IOException {
        channel.mostReadBytes = 7;

        assertThat(read(3, 5_000)).isEqualTo(new String(CONTENT, 3, 5_000, StandardCharsets.US_ASCII));
    }

    @Test
    void aReadThatGivesNothingIsNoTruncation() {
        channel.mostReadBytes = 0;

        assertThatThrownBy(() -> read(10, 100))
                .isInstanceOf(RemoteFileException.class)
                .hasMessage(path
                        + " cannot be read at offset 10: nothing comes, although it has 10000 bytes; it is on NFS");
    }

    @Test
    void aShorterFileIsTruncated() throws IOException {
        Files.write(path, new byte[50]);

        assertThatThrownBy(() -> read(10, 100)).isInstanceOf(FileTruncatedException.class);
    }

    @Test
    void aStaleHandleIsReplacedUnderAllNames() throws IOException {
        LogFile other = file.knownAs(directory.resolve("other"), 3);
        Path moved = Files.move(path, directory.resolve("a.log.1"));
        channel.failure = stale;

        file.reopen(moved);

        assertThat(read(0, 10)).isEqualTo("0123456789");
        assertThat(other.sizeBytes()).isEqualTo(CONTENT.length);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void anotherFileOfThatNameIsNotTaken() throws IOException {
        Files.move(path, directory.resolve("a.log.1"));
        Files.writeString(path, "other content");

        file.reopen(path);

        assertThat(read(0, 10)).isEqualTo("0123456789");
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void whatWasWrittenIsMadeDurableThroughTheSameHandle() throws IOException {
        file.write(0, new byte[] {'x'}, 0, 1);

        file.reopen(path);
        assertThat(channel.isOpen()).isTrue();

        file.sync();
        file.reopen(path);
        assertThat(channel.isOpen()).isFalse();
        assertThat(read(0, 3)).isEqualTo("x12");
    }

    @Test
    void whereLinesEndIsNotUnknownBecauseAServerFails() throws IOException {
        channel.failure = stale;

        assertThatThrownBy(() -> LineEnds.require(file, 100)).isInstanceOf(RemoteFileException.class);
        channel.failure = null;
        assertThat(LineEnds.require(file, CONTENT.length + 1)).isEqualTo(LineEnds.UNKNOWN);
    }

    private String read(long offset, int lengthBytes) throws IOException {
        byte[] target = new byte[lengthBytes];
        file.read(offset, target, 0, lengthBytes);
        return new String(target, StandardCharsets.US_ASCII);
    }
}
