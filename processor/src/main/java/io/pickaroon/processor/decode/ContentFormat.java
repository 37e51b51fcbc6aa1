package io.pickaroon.processor.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A format of file content that is decoded before records are cut from it, such as an archive. Thread-safe. */
public interface ContentFormat {
    /** Number of bytes at the head of a file that decide its format, at most. */
    int HEAD_BYTES = 16;

    /** Its name in messages. */
    String name();

    /** True if the end of a path suggests this format. The content decides. */
    default boolean isNameOf(String path) {
        return false;
    }

    /**
     * True if a file is of this format.
     *
     * @param path used only where the head alone does not decide
     * @param head the first {@link #HEAD_BYTES} of the file, or all of a shorter one
     */
    boolean isOf(Path path, byte[] head);

    /**
     * Decodes from the start. Each byte of the content is decoded, or the stream fails: with an {@link
     * java.io.EOFException} that says where the content ends too early, or another {@link IOException} that says what
     * is damaged. Closing the stream frees its memory and leaves the content open.
     *
     * @param content the file's bytes; closed by the caller
     */
    InputStream decode(InputStream content) throws IOException;
}
