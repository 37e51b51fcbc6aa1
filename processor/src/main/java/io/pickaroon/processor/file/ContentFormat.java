package io.pickaroon.processor.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** How the content of some files is decoded to the bytes that records are made of: archives, for example. Thread-safe. */
public interface ContentFormat {
    /** Most bytes at the head of a file that tell its format. */
    int HEAD_BYTES = 16;

    /** What it is called in messages. */
    String name();

    /**
     * Whether a file is of this format.
     *
     * @param head what stands at its head, {@link #HEAD_BYTES} or all that it has
     */
    boolean isOf(Path path, byte[] head);

    /**
     * Decodes from the start.
     *
     * @param content the file's bytes; closed by whoever opened it
     */
    InputStream decode(InputStream content) throws IOException;
}
