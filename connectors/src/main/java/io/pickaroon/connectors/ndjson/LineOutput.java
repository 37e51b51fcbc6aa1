package io.pickaroon.connectors.ndjson;

import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.directio.FileStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A destination of lines: a file, or a stream such as a pipe. Thread-safe. */
sealed interface LineOutput extends AutoCloseable permits NdjsonFile, LineStream {
    /** Asked each time before a file is opened; throws {@link DeliveryException} to refuse it. */
    @FunctionalInterface
    interface Permission {
        /** Allows every file. */
        Permission ALWAYS = _ -> {};

        void check(Path path);
    }

    /**
     * Opens what the path leads to.
     *
     * @throws DeliveryException if it cannot be opened or takes no lines
     */
    static LineOutput open(Path path, Permission permission) {
        if (LineStream.isStandard(path)) {
            return LineStream.standard(path);
        }
        try {
            FileStatus status = FileStatus.of(path);
            return status.isRegularFile() || status.isDirectory()
                    ? NdjsonFile.open(path, permission)
                    : LineStream.open(path, status);
        } catch (NoSuchFileException e) {
            return NdjsonFile.open(path, permission);
        } catch (IOException e) {
            throw DeliveryException.fatal("cannot open the output: " + e.getMessage(), e);
        }
    }

    /** The path, as messages show it. */
    Path path();

    /**
     * Appends whole lines.
     *
     * @param lines one or more lines, each with its line feed
     * @throws DeliveryException if they were not taken, or are not durable in a file
     * @throws ClosedByInterruptException if the thread was interrupted; the output is closed then
     */
    void append(ByteBuffer lines) throws ClosedByInterruptException;

    @Override
    void close();
}
