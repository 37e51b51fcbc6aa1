package io.pickaroon.processor.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file whose content is decoded, read-only: its bytes, offsets and size are those of the decoded content, its identity is
 * the file's own. The size is that of what is decoded so far, and only bytes that {@link #decodeTo} was asked to keep are
 * there.
 */
public final class DecodedFile extends ForwardingLogFile {
    private final Decoding decoding;

    private DecodedFile(LogFile file, Decoding decoding) {
        super(file);
        this.decoding = decoding;
    }

    /** The file, if it is of one of these formats. To close one is to close both. */
    public static Optional<DecodedFile> of(LogFile file, List<ContentFormat> formats) throws IOException {
        byte[] head = new byte[(int) Math.min(ContentFormat.HEAD_BYTES, file.sizeBytes())];
        file.read(0, head, 0, head.length);
        return formats.stream()
                .filter(format -> format.isOf(file.path(), head))
                .findFirst()
                .map(format -> new DecodedFile(file, new Decoding(file, format)));
    }

    /** How it is decoded. */
    public ContentFormat format() {
        return decoding.format();
    }

    /**
     * Decodes as far as that, or to the end.
     *
     * @param endOffset up to where bytes are wanted
     * @param keepOffset bytes before this one may be forgotten; to go back costs decoding from the start
     * @return whether the end was reached
     * @throws IOException if the content is damaged or cut off; what was decoded before can be read
     */
    public boolean decodeTo(long endOffset, long keepOffset) throws IOException {
        return decoding.decodeTo(endOffset, keepOffset);
    }

    @Override
    public LogFile knownAs(Path path, int generation) {
        return new DecodedFile(file.knownAs(path, generation), decoding);
    }

    @Override
    public long sizeBytes() {
        return decoding.endOffset();
    }

    @Override
    public boolean isDecoded() {
        return true;
    }

    @Override
    public MappedRange map(long offset, long endOffset) throws IOException {
        if (endOffset > sizeBytes()) {
            throw new FileTruncatedException(path(), endOffset, sizeBytes());
        }
        return new Range(decoding, offset, endOffset);
    }

    private record Range(Decoding decoding, long offset, long endOffset) implements MappedRange {
        @Override
        public void copy(long fromOffset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
            decoding.copy(fromOffset, target, targetIndex, lengthBytes);
        }

        @Override
        public void close() {}
    }

    @Override
    public void read(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        decoding.copy(offset, target, targetIndex, lengthBytes);
    }

    @Override
    public void write(long offset, byte[] source, int sourceIndex, int lengthBytes) throws IOException {
        throw new IOException(path() + ": what is decoded is never changed");
    }

    @Override
    public void sync() throws IOException {
        throw new IOException(path() + ": what is decoded is never changed");
    }
}
