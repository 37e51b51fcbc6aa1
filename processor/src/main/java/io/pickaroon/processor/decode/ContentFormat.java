package io.pickaroon.processor.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** How the content of some files is decoded to the bytes that records are made of: archives, for example. Thread-safe. */
public interface ContentFormat {
    /** Most bytes at the head of a file that tell its format. */
    int HEAD_BYTES = 16;

    /** What it is called in messages. */
    String name();

    /** Whether the end of a path says that the file is of this format; what it holds decides. */
    default boolean isNameOf(String path) {
        return false;
    }

    /**
     * Whether a file is of this format.
     *
     * @param path only where the head alone does not tell
     * @param head what stands at its head, {@link #HEAD_BYTES} or all that it has
     */
    boolean isOf(Path path, byte[] head);

    /**
     * Decodes from the start. Each byte of the content belongs to what is decoded, or the stream fails: with an {@link
     * java.io.EOFException} that says within what the content ends, or another {@link IOException} that says what is
     * damaged. To close the stream frees what it holds, and leaves the content open.
     *
     * @param content the file's bytes; closed by the caller
     */
    InputStream decode(InputStream content) throws IOException;
}
