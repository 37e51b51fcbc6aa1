package io.pickaroon.app.scan;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.RecordWalk;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Lines of a file, read where they stand. Memory does not depend on how long or how many they are. Used by one thread at a
 * time.
 */
final class FileLines {
    private static final byte LINE_FEED = '\n';

    private final RecordWalk walk = new RecordWalk(new RecordFormat(Delimiter.LF, Integer.MAX_VALUE));
    private byte lastCopied;
    private boolean hasNul;

    /** The file, of which more may have arrived. */
    void of(LogFile read) {
        walk.of(read);
    }

    /** The offset after the line that an offset is in, with its line feed if it has one. */
    long endOf(long offset) throws IOException {
        return walk.endOf(offset);
    }

    /** See {@link RecordWalk#back}. */
    RecordWalk.Back back(long end, long lowest, long most) throws IOException {
        return walk.back(end, lowest, most);
    }

    /** Writes the bytes up to an offset, and a line feed if they do not end with one. */
    void copy(long from, long to, OutputStream output) throws IOException {
        lastCopied = LINE_FEED;
        walk.visit(from, to, (bytes, start, end) -> {
            output.write(bytes, start, end - start);
            lastCopied = bytes[end - 1];
            return true;
        });
        if (lastCopied != LINE_FEED) {
            output.write(LINE_FEED);
        }
    }

    /** True if there is a NUL byte. */
    boolean holdsNul(long from, long to) throws IOException {
        hasNul = false;
        walk.visit(from, to, (bytes, start, end) -> {
            hasNul = RecordPrinter.holdsNul(bytes, start, end);
            return !hasNul;
        });
        return hasNul;
    }
}
