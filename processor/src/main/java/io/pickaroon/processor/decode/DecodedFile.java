package io.pickaroon.processor.decode;

import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.ForwardingLogFile;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import io.pickaroon.processor.file.ReadRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A file whose content is decoded, read-only: its bytes, offsets and size are those of the decoded content, its
 * identity is the file's own. The size is that of the bytes decoded so far, and only the bytes that {@link #decodeTo}
 * keeps can be read.
 */
public final class DecodedFile extends ForwardingLogFile {
    /** Longest magic number of the formats that are recognized by name, too. */
    private static final int LONGEST_MAGIC_BYTES = 4;

    private final Decoding decoding;

    private DecodedFile(LogFile file, Decoding decoding) {
        super(file);
        this.decoding = decoding;
    }

    /**
     * The decoded file, if it is of one of these formats. Closing one closes both.
     *
     * @throws DamagedContentException if its name suggests one of them, and it holds neither that nor text
     */
    public static Optional<DecodedFile> of(LogFile file, List<ContentFormat> formats) throws IOException {
        byte[] first = new byte[ContentFormat.HEAD_BYTES];
        int length = file.readUpTo(0, first, 0, first.length);
        byte[] head = Arrays.copyOf(first, length);
        Optional<ContentFormat> format =
                formats.stream().filter(of -> of.isOf(file.path(), head)).findFirst();
        if (format.isEmpty()) {
            requireNoDamagedHead(file.path(), head, formats);
        }
        return format.map(of -> new DecodedFile(file, new Decoding(file, nested(of, formats, file.path()))));
    }

    /** Like {@link #of}; also takes a file that does not have the size that it reports, with its bytes as they are. */
    public static Optional<DecodedFile> ofAny(LogFile file, List<ContentFormat> formats) throws IOException {
        Optional<DecodedFile> decoded = of(file, formats);
        return decoded.isPresent() || file.hasTrueSize()
                ? decoded
                : Optional.of(new DecodedFile(file, new Decoding(file, new Unsized())));
    }

    private static ContentFormat nested(ContentFormat format, List<ContentFormat> formats, Path path) {
        return format instanceof Utf16 ? format : new NestedFormat(format, formats, path);
    }

    private static void requireNoDamagedHead(Path path, byte[] head, List<ContentFormat> formats)
            throws DamagedContentException {
        Optional<ContentFormat> named = formats.stream()
                .filter(format -> format.isNameOf(path.toString()))
                .findFirst();
        if (named.isPresent() && !isText(head)) {
            throw new DamagedContentException(
                    "%s: is %s, by its name a %s archive; it is read when a complete one is written over it"
                            .formatted(
                                    NativePath.printable(path),
                                    head.length == 0 ? "empty" : "damaged at its very beginning",
                                    named.get().name()),
                    null);
        }
    }

    /** True if the bytes begin a text in UTF-8, so that only the name is wrong. */
    private static boolean isText(byte[] head) {
        for (byte value : head) {
            if (value >= 0 && value < ' ' && "\t\n\r\f\u001b".indexOf(value) < 0) {
                return false;
            }
        }
        return head.length >= LONGEST_MAGIC_BYTES
                && !StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(head), CharBuffer.allocate(head.length), false)
                        .isError();
    }

    /** How it is decoded. */
    public ContentFormat format() {
        return decoding.format();
    }

    /**
     * Decodes up to an offset, or to the end.
     *
     * @param endOffset up to where bytes are wanted
     * @param keepOffset bytes before this one may be dropped; reading them again means decoding from the start
     * @return whether the end was reached
     * @throws IOException if the content is damaged or cut off; the bytes decoded before that can be read
     */
    public boolean decodeTo(long endOffset, long keepOffset) throws IOException {
        return decoding.decodeTo(endOffset, keepOffset);
    }

    /** The content from its start as a stream, which fails where it is damaged. Nothing else may decode meanwhile. */
    public InputStream stream() {
        return new BulkInputStream() {
            private long offset;

            @Override
            public int read(byte[] target, int index, int lengthBytes) throws IOException {
                try {
                    decodeTo(offset + lengthBytes, offset);
                } catch (IOException damaged) {
                    if (sizeBytes() <= offset) {
                        throw damaged;
                    }
                }
                int length = (int) Math.min(lengthBytes, sizeBytes() - offset);
                decoding.copy(offset, target, index, length);
                offset += length;
                return length > 0 || lengthBytes == 0 ? length : -1;
            }
        };
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
        return new ReadRange(this, offset, endOffset);
    }

    /** Content that is there until it ends. */
    private record Unsized() implements ContentFormat {
        @Override
        public String name() {
            return "stream";
        }

        @Override
        public boolean isOf(Path path, byte[] head) {
            return true;
        }

        @Override
        public InputStream decode(InputStream content) {
            return content;
        }
    }

    @Override
    public void read(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        decoding.copy(offset, target, targetIndex, lengthBytes);
    }

    @Override
    public void close() throws IOException {
        decoding.close();
        super.close();
    }
}
