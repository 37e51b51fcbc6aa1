package io.pickaroon.devbroker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The data directory of a broker; one running broker at a time has it.
 *
 * <pre>
 * DIR/lock         locked with fcntl(2) while a broker runs
 * DIR/ports        the ports of the last run
 * DIR/broker.log   Kafka's log
 * DIR/kafka/       Kafka's log directory: topics and metadata
 * </pre>
 */
final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final boolean temporary;
    private final FileChannel lockFile;

    private DataDirectory(Path path, boolean temporary, FileChannel lockFile) {
        this.path = path;
        this.temporary = temporary;
        this.lockFile = lockFile;
    }

    /**
     * Creates and locks the directory.
     *
     * @param wanted the directory; empty for a temporary one that {@link #close} deletes
     */
    static DataDirectory open(Optional<Path> wanted) throws RefusedException {
        String name = wanted.map(Path::toString).orElse(System.getProperty("java.io.tmpdir"));
        try {
            if (wanted.isEmpty()) {
                Path made = Files.createTempDirectory("pickaroon-dev-broker-").toRealPath();
                return new DataDirectory(made, true, lock(made));
            }
            Path made = Files.createDirectories(wanted.get()).toRealPath();
            return new DataDirectory(made, false, lock(made));
        } catch (IOException e) {
            throw new RefusedException(
                    "cannot write to " + name + " (" + reason(e) + "); give a directory of your own with --data DIR",
                    e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException, RefusedException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            FileLock lock = channel.tryLock();
            locked = lock != null;
        } catch (OverlappingFileLockException _) {
            // held by this process: refused below like any other holder
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new RefusedException(
                    directory + " is used by another dev-broker; stop that one or give another --data DIR");
        }
        return channel;
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        return e.getClass().getSimpleName().replaceFirst("Exception$", "");
    }

    Path path() {
        return path;
    }

    Path kafkaDirectory() {
        return path.resolve("kafka");
    }

    Path portsFile() {
        return path.resolve("ports");
    }

    Path logFile() {
        return path.resolve("broker.log");
    }

    /** Releases the lock, and deletes a temporary directory. */
    @Override
    public void close() throws IOException {
        if (temporary) {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        lockFile.close();
    }
}
