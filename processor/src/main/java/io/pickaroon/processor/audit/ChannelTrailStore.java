package io.pickaroon.processor.audit;

import io.pickaroon.processor.directio.BlockFile.NoRoomException;
import io.pickaroon.processor.directio.DirectBlockStore;
import io.pickaroon.processor.directio.ExclusiveLock;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.InUseException;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.directio.PinnedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Trails on disk. */
public final class ChannelTrailStore implements TrailStore {
    private static final Set<StandardOpenOption> READ_AND_WRITE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    @Override
    public Held hold(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        if (absolute.getFileName() == null) {
            throw new IOException(NativePath.printable(file) + ": not a file name; name a file for the audit trail");
        }
        new DirectBlockStore().createDirectories(absolute.getParent());
        Path real = Files.exists(absolute)
                ? absolute.toRealPath()
                : absolute.getParent().toRealPath().resolve(absolute.getFileName());
        try {
            ExclusiveLock lock = ExclusiveLock.acquire(real);
            return new Held(real, lock::close);
        } catch (InUseException e) {
            throw TrailException.inUse(real, e);
        }
    }

    @Override
    public Optional<TrailFile> open(Path file) throws IOException {
        try (PinnedFile there = PinnedFile.of(file)) {
            if (!there.status().isRegularFile()) {
                throw new IOException(
                        NativePath.printable(file) + ": not a regular file; name another one in 'audit.file'");
            }
            return Optional.of(new ChannelFile(file, there.status(), there.open(READ_AND_WRITE)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /**
     * Opens a file of a trail to be read alone.
     *
     * @throws NoSuchFileException if there is none
     */
    static TrailFile openForReading(Path file) throws IOException {
        try (PinnedFile there = PinnedFile.of(file)) {
            return new ChannelFile(file, there.status(), there.open(Set.of(StandardOpenOption.READ)));
        }
    }

    @Override
    public TrailFile create(Path file) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        Files.createFile(beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        rename(beside, file);
        return open(file).orElseThrow(() -> new NoSuchFileException(NativePath.printable(file)));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        new DirectBlockStore().replace(from, to);
    }

    @Override
    public List<Path> rotated(Path file) throws IOException {
        String prefix = NativePath.text(file.getFileName()) + ".";
        try (Stream<Path> siblings = Files.list(file.getParent())) {
            return siblings.filter(sibling -> number(prefix, sibling) > 0)
                    .sorted(Comparator.comparingLong(sibling -> number(prefix, sibling)))
                    .toList();
        }
    }

    private static long number(String prefix, Path sibling) {
        String name = NativePath.text(sibling.getFileName());
        String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
        return NUMBER.matcher(rest).matches() ? Long.parseLong(rest) : 0;
    }

    /** @param opened its status when it was opened */
    private record ChannelFile(Path path, FileStatus opened, FileChannel channel) implements TrailFile {
        @Override
        public long sizeBytes() throws IOException {
            return channel.size();
        }

        @Override
        public int read(long offset, ByteBuffer into) throws IOException {
            int done = 0;
            for (int got = 0; into.hasRemaining() && got >= 0; done += Math.max(0, got)) {
                got = channel.read(into, offset + done);
            }
            return done;
        }

        @Override
        public void write(long offset, ByteBuffer bytes) throws IOException {
            long at = offset;
            try {
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
            } catch (IOException e) {
                throw isOfRoom(e)
                        ? new NoRoomException(
                                "%s: %s; make room there".formatted(NativePath.printable(path), reason(e)), e)
                        : e;
            }
        }

        private static String reason(IOException e) {
            return e.getMessage() == null ? "no space left on device" : e.getMessage();
        }

        /** Java tells of errors by the texts of strerror(3) alone. */
        private static boolean isOfRoom(IOException e) {
            String message = String.valueOf(e.getMessage());
            return message.contains("No space left on device") || message.contains("Disk quota exceeded");
        }

        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            channel.truncate(sizeBytes);
            channel.force(true);
        }

        @Override
        public boolean hasItsName() throws IOException {
            try {
                FileStatus named = FileStatus.ofNoFollow(path);
                return named.inode() == opened.inode() && named.device() == opened.device();
            } catch (NoSuchFileException none) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
