package io.pickaroon.connectors.ndjson;

import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file to which one process at a time appends whole lines. Thread-safe.
 *
 * <p>A last line without a line feed was cut by a crash before it was acknowledged: it is removed when the file is
 * opened. The rest of a failed append is removed at once. Lines go to the present end of the file, so after a
 * truncation the next line stands at its start. A renamed file is written until it is opened again; a deleted file is
 * created again.
 */
public final class NdjsonFile implements LineOutput {
    private static final Logger LOG = LoggerFactory.getLogger(NdjsonFile.class);

    private final Path path;
    private final Permission permission;
    private AppendedFile file;
    private long endOffset;
    private boolean renamed;

    private NdjsonFile(Path path, Permission permission) throws IOException {
        this.path = path;
        this.permission = permission;
        open();
    }

    /** Like the other method, for any file. */
    public static NdjsonFile open(Path path) {
        return open(path, Permission.ALWAYS);
    }

    /**
     * Opens a file for appending; creates it if it does not exist, and removes a cut last line.
     *
     * @throws DeliveryException fatal, if it cannot be opened or another process appends to it
     */
    static NdjsonFile open(Path path, Permission permission) {
        Path absolute = path.isAbsolute() ? path : NativePath.workingDirectory().resolve(path);
        String shown = NativePath.printable(absolute);
        try {
            return new NdjsonFile(absolute, permission);
        } catch (NoSuchFileException e) {
            throw DeliveryException.fatal(
                    "cannot create %s: its directory does not exist; create it".formatted(shown), e);
        } catch (IOException e) {
            throw DeliveryException.fatal("cannot open %s for appending: %s".formatted(shown, IoReason.of(e)), e);
        }
    }

    private void open() throws IOException {
        permission.check(path);
        AppendedFile opened = AppendedFile.open(path);
        try {
            endOffset = opened.removeCutLine();
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
        file = opened;
        renamed = false;
    }

    /** Absolute path of the file. */
    @Override
    public Path path() {
        return path;
    }

    /**
     * Appends whole lines and makes them durable.
     *
     * @param lines one or more lines, each with its line feed
     * @throws DeliveryException if they are not durable; retryable if the disk is full
     * @throws ClosedByInterruptException if the thread was interrupted; the file is closed then
     */
    @Override
    public synchronized void append(ByteBuffer lines) throws ClosedByInterruptException {
        try {
            noticeWhatOthersDid();
            endOffset = file.append(lines);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw DeliveryException.retryable(
                    "cannot create %s: its directory no longer exists; create it".formatted(NativePath.printable(path)),
                    e);
        } catch (IOException e) {
            throw DeliveryException.retryable(
                    "cannot append to %s: %s; make room on its disk"
                            .formatted(NativePath.printable(path), IoReason.of(e)),
                    e);
        }
        try {
            file.force();
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw DeliveryException.fatal(
                    "lines appended to %s may not be durable: %s; check the disk before starting again"
                            .formatted(NativePath.printable(path), IoReason.of(e)),
                    e);
        }
    }

    private void noticeWhatOthersDid() throws IOException {
        FileStatus status = file.status();
        if (status.hardLinks() == 0) {
            LOG.warn("{} was deleted while lines were written to it; it is created again", path);
            AppendedFile deleted = file;
            open();
            deleted.close();
            return;
        }
        if (status.sizeBytes() < endOffset) {
            LOG.info(
                    "{} was truncated from {} to {} bytes by another program, as copytruncate does; continuing at its"
                            + " end",
                    path,
                    endOffset,
                    status.sizeBytes());
            file.removeCutLine();
        }
        if (!renamed && !isUnderItsName(status)) {
            renamed = true;
            LOG.info(
                    "{} was renamed; lines go to the renamed file until SIGHUP or a restart opens {} again",
                    path,
                    path);
        }
    }

    private boolean isUnderItsName(FileStatus status) throws IOException {
        try {
            FileStatus named = FileStatus.of(path);
            return named.device() == status.device() && named.inode() == status.inode();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        file.close();
    }
}
