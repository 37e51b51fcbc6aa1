package io.pickaroon.processor.directio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class DirectBlockStoreTest {
    @TempDir
    Path directory;

    private final BlockStore store = new DirectBlockStore();

    @Test
    void makesMissingDirectoriesForTheirOwnerOnly() throws IOException {
        Path deep = directory.resolve("a/b/c");
        store.createDirectories(deep);
        store.createDirectories(deep);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(deep)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("a"))))
                .isEqualTo("rwx------");
    }

    @Test
    void saysWhichPartOfThePathIsNoDirectory() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "x");
        assertThatThrownBy(() -> store.createDirectories(file.resolve("b/c")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": not a directory");
    }

    @Test
    void createsInPlaceOfALeftoverAndReplacesTheOldFile() throws IOException {
        Path leftover = Files.writeString(directory.resolve("new"), "from a crash");
        Path target = Files.writeString(directory.resolve("target"), "old");
        try (BlockFile fresh = store.create(leftover)) {
            assertThat(fresh.sizeBytes()).isZero();
            fresh.write(0, ByteBuffer.allocate(fresh.blockBytes()));
        }
        store.replace(leftover, target);
        assertThat(leftover).doesNotExist();
        assertThat(target).hasBinaryContent(new byte[4096]);
    }

    @Test
    void saysOnceInOneLineWhereAndWhyThereIsNoDirectIo() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory), "there is a tmpfs");
        Path file = Files.createTempFile(memory, "pickaroon", ".blocks");
        Logger logger = (Logger) LoggerFactory.getLogger(DirectBlockStore.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            for (int i = 0; i < 3; i++) {
                try (BlockFile opened = store.open(file)) {
                    opened.write(0, ByteBuffer.allocate(opened.blockBytes()));
                }
            }
            assertThat(log.list).singleElement().satisfies(event -> {
                assertThat(event.getLevel()).isEqualTo(Level.INFO);
                assertThat(event.getFormattedMessage())
                        .matches("\\Q" + file + "\\E: no direct I/O here \\(.+\\);"
                                + " writing through the page cache with fdatasync");
            });
        } finally {
            logger.detachAppender(log);
            Files.delete(file);
        }
    }
}
