package io.pickaroon.app.check;

import io.pickaroon.app.search.NamedStream;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where lines of a sample come from: a file, or the beginning of a stream, which is read once. Opened any number of times, one
 * after the other.
 */
sealed interface SampleLog {
    /** So much of a stream is read, into memory. */
    int MOST_STREAM_BYTES = 64 << 20;

    /** What it is called; a file by its absolute path. */
    Path path();

    /** How much of it is read at most. */
    long mostBytes();

    long sizeBytes() throws IOException;

    /** Opens it for reading; the caller closes it. */
    LogFile open() throws IOException;

    /**
     * One that the user named. A stream is read now.
     *
     * @param argument {@code -} for standard input
     * @throws IOException if it cannot be read
     */
    static SampleLog named(Path argument, Path workingDirectory) throws IOException {
        if (argument.toString().equals("-")) {
            return stream(new NamedStream(System.in, OfStream.STANDARD_INPUT), OfStream.STANDARD_INPUT);
        }
        Path path = workingDirectory.resolve(argument).normalize();
        if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
            try (InputStream stream = new NamedStream(Files.newInputStream(path), path)) {
                return stream(stream, path);
            }
        }
        LogFile.open(path).close();
        return new OfFile(path, Long.MAX_VALUE);
    }

    private static SampleLog stream(InputStream stream, Path name) throws IOException {
        return new OfStream(new StreamedLog(name, stream.readNBytes(MOST_STREAM_BYTES)));
    }

    /** A file at an absolute path. */
    record OfFile(Path path, long mostBytes) implements SampleLog {
        @Override
        public long sizeBytes() throws IOException {
            return Files.size(path);
        }

        @Override
        public LogFile open() throws IOException {
            return LogFile.open(path);
        }

        @Override
        public String toString() {
            return NativePath.printable(path);
        }
    }

    /** The beginning of a stream. */
    record OfStream(StreamedLog log) implements SampleLog {
        private static final Path STANDARD_INPUT = Path.of("(standard input)");

        @Override
        public Path path() {
            return log.path();
        }

        @Override
        public long mostBytes() {
            return Long.MAX_VALUE;
        }

        @Override
        public long sizeBytes() {
            return log.sizeBytes();
        }

        @Override
        public LogFile open() {
            return log;
        }

        @Override
        public String toString() {
            return NativePath.printable(path());
        }
    }
}
