package io.pickaroon.processor;

import io.pickaroon.processor.file.ForwardingLogFile;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** This machine, with a count of the bytes that are read of log files. */
final class ReadMeter extends ForwardingMachine {
    private final AtomicLong bytes = new AtomicLong();

    long bytes() {
        return bytes.get();
    }

    @Override
    public LogFile open(Path path, boolean forFixes) throws IOException {
        return new MeteredFile(super.open(path, forFixes));
    }

    private final class MeteredFile extends ForwardingLogFile {
        MeteredFile(LogFile file) {
            super(file);
        }

        @Override
        public LogFile knownAs(Path path, int generation) {
            return new MeteredFile(file.knownAs(path, generation));
        }

        @Override
        public MappedRange map(long offset, long endOffset) throws IOException {
            return new MeteredRange(file.map(offset, endOffset), bytes);
        }

        @Override
        public void read(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
            bytes.addAndGet(lengthBytes);
            file.read(offset, target, targetIndex, lengthBytes);
        }
    }

    private record MeteredRange(MappedRange range, AtomicLong bytes) implements MappedRange {
        @Override
        public long offset() {
            return range.offset();
        }

        @Override
        public long endOffset() {
            return range.endOffset();
        }

        @Override
        public void copy(long fromOffset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
            bytes.addAndGet(lengthBytes);
            range.copy(fromOffset, target, targetIndex, lengthBytes);
        }

        @Override
        public void close() {
            range.close();
        }
    }
}
