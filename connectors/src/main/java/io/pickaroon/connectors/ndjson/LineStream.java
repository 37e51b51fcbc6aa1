package io.pickaroon.connectors.ndjson;

import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.NativePath;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream that takes lines: standard output or error, a FIFO, a socket, a character device. It has no positions, and
 * its lines cannot be read back: a line counts as delivered when the kernel has accepted it. Thread-safe.
 */
final class LineStream implements LineOutput {
    private static final Logger LOG = LoggerFactory.getLogger(LineStream.class);

    private static final Map<String, FileDescriptor> STANDARD = Map.of(
            "/dev/stdout", FileDescriptor.out,
            "/dev/fd/1", FileDescriptor.out,
            "/proc/self/fd/1", FileDescriptor.out,
            "/dev/stderr", FileDescriptor.err,
            "/dev/fd/2", FileDescriptor.err,
            "/proc/self/fd/2", FileDescriptor.err);

    private final Path path;
    private final WritableByteChannel channel;
    private final boolean standard;

    private LineStream(Path path, WritableByteChannel channel, boolean standard) {
        this.path = path;
        this.channel = channel;
        this.standard = standard;
    }

    static boolean isStandard(Path path) {
        return STANDARD.containsKey(path.toString());
    }

    /** The process's own descriptor, which the path means. It may be one that cannot be opened by its path. */
    static LineStream standard(Path path) {
        FileDescriptor descriptor = STANDARD.get(path.toString());
        return new LineStream(path, new DescriptorChannel(descriptor), true);
    }

    /**
     * Opens a stream that has a name.
     *
     * @throws DeliveryException retryable if it cannot be opened; fatal if it is no stream
     */
    static LineStream open(Path path, FileStatus status) {
        if (status.isBlockDevice()) {
            throw DeliveryException.fatal(
                    "output %s is a block device, and lines would destroy its contents; name a file"
                            .formatted(NativePath.printable(path)),
                    null);
        }
        try {
            WritableByteChannel channel = status.isSocket()
                    ? SocketChannel.open(UnixDomainSocketAddress.of(path))
                    : status.isPipe() ? openPipe(path) : FileChannel.open(path, StandardOpenOption.WRITE);
            return new LineStream(path, channel, false);
        } catch (IOException e) {
            throw DeliveryException.retryable(
                    "cannot open output %s: %s".formatted(NativePath.printable(path), IoReason.of(e)), e);
        }
    }

    /**
     * Opening a FIFO waits for a reader and cannot be interrupted. So this process first opens it for reading as well;
     * without another reader the first write then fails.
     */
    private static FileChannel openPipe(Path path) throws IOException {
        try (FileChannel _ = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return FileChannel.open(path, StandardOpenOption.WRITE);
        }
    }

    /** Tells the user what a stream guarantees. */
    static void sayWhatHolds(Path path) {
        LOG.info(
                "output {} is a stream: lines are delivered at least once; a line counts as delivered when the stream"
                        + " has accepted it, and after an interruption those since the last checkpoint come again",
                path);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public synchronized void append(ByteBuffer lines) throws ClosedByInterruptException {
        try {
            while (lines.hasRemaining()) {
                channel.write(lines);
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            String message = "cannot write to output %s: %s".formatted(NativePath.printable(path), IoReason.of(e));
            // No reader can come back to standard output.
            throw standard ? DeliveryException.fatal(message, e) : DeliveryException.retryable(message, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("closing output {} failed: {}", path, IoReason.of(e));
        }
    }

    /** A descriptor that stays open and is written at its own offset. If it is a file, writes are made durable. */
    private static final class DescriptorChannel implements WritableByteChannel {
        private final FileDescriptor descriptor;
        private final FileOutputStream stream;
        private final boolean file;

        DescriptorChannel(FileDescriptor descriptor) {
            this.descriptor = descriptor;
            this.stream = new FileOutputStream(descriptor);
            this.file = isFile(descriptor.equals(FileDescriptor.out) ? "1" : "2");
        }

        private static boolean isFile(String number) {
            try {
                return FileStatus.of(Path.of("/proc/self/fd", number)).isRegularFile();
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int length = bytes.remaining();
            stream.write(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
            bytes.position(bytes.limit());
            if (file) {
                descriptor.sync();
            }
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
