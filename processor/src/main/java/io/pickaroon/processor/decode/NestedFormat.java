package io.pickaroon.processor.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A format whose decoded bytes are decoded further if they begin as another one: text in UTF-16 in an archive, an archive in
 * an archive. Its name is that of the outermost format.
 *
 * @param formats what may be inside
 * @param path of the file
 */
record NestedFormat(ContentFormat outermost, List<ContentFormat> formats, Path path) implements ContentFormat {
    /** An archive can contain itself, and would be decoded without end. */
    static final int MOST_FORMATS = 5;

    @Override
    public String name() {
        return outermost.name();
    }

    @Override
    public boolean isOf(Path file, byte[] head) {
        return outermost.isOf(file, head);
    }

    @Override
    public InputStream decode(InputStream content) throws IOException {
        InputStream decoded = outermost.decode(content);
        try {
            return decodeFurther(decoded, MOST_FORMATS - 1);
        } catch (IOException e) {
            decoded.close();
            throw e;
        }
    }

    private InputStream decodeFurther(InputStream decoded, int mostFormats) throws IOException {
        HeadedContent content = new HeadedContent(decoded);
        byte[] head = content.head();
        Optional<ContentFormat> inner =
                formats.stream().filter(format -> format.isOf(path, head)).findFirst();
        if (inner.isEmpty()) {
            return content;
        }
        if (mostFormats == 0) {
            throw new IOException("more than %d archives are in one another, which is not read; unpack it first"
                    .formatted(MOST_FORMATS));
        }
        InputStream further = new Inner(inner.get(), content);
        try {
            return decodeFurther(further, mostFormats - 1);
        } catch (IOException e) {
            further.close();
            throw e;
        }
    }

    /** The bytes of an outer format, of which the first ones are known. */
    private static final class HeadedContent extends BulkInputStream {
        private final InputStream content;
        private final byte[] first = new byte[HEAD_BYTES];
        private int next;
        private int end;
        private IOException failure;

        HeadedContent(InputStream content) {
            this.content = content;
            try {
                int length;
                do {
                    length = content.read(first, end, first.length - end);
                    end += Math.max(0, length);
                } while (length > 0 && end < first.length);
            } catch (IOException e) {
                failure = e;
            }
        }

        byte[] head() {
            return Arrays.copyOf(first, end);
        }

        /** True if reading the outer bytes has failed, and not decoding them. */
        boolean hasFailed() {
            return failure != null && next == end;
        }

        @Override
        public int read(byte[] target, int index, int lengthBytes) throws IOException {
            if (next < end) {
                int length = Math.min(lengthBytes, end - next);
                System.arraycopy(first, next, target, index, length);
                next += length;
                return length;
            }
            if (failure != null) {
                throw failure;
            }
            try {
                return content.read(target, index, lengthBytes);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }

    /** The bytes of an inner format. */
    private static final class Inner extends BulkInputStream {
        private final ContentFormat format;
        private final HeadedContent content;
        private final InputStream decoded;

        Inner(ContentFormat format, HeadedContent content) throws IOException {
            this.format = format;
            this.content = content;
            this.decoded = format.decode(content);
        }

        @Override
        public int read(byte[] target, int index, int lengthBytes) throws IOException {
            try {
                return decoded.read(target, index, lengthBytes);
            } catch (IOException e) {
                if (content.hasFailed()) {
                    throw e;
                }
                // The outer bytes are complete, so the content was cut before it was packed.
                throw new IOException("the %s content in it: %s".formatted(format.name(), e.getMessage()), e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                decoded.close();
            } finally {
                content.close();
            }
        }
    }
}
