package io.pickaroon.app.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Standard output of this process, unbuffered. It remembers the first failure to write, which a {@code PrintStream} does not
 * tell. For any thread.
 */
public final class StandardOutput extends OutputStream {
    private final OutputStream output = new FileOutputStream(FileDescriptor.out);
    private volatile IOException failure;

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            output.write(bytes, from, length);
        } catch (IOException e) {
            if (failure == null) {
                failure = e;
            }
            throw e;
        }
    }

    /** The failure to write, if there was one. A reader that had enough, such as {@code head}, is none. */
    public Optional<RecordOutput.OutputLost> lost() {
        if (failure == null) {
            return Optional.empty();
        }
        RecordOutput.OutputLost lost = RecordOutput.OutputLost.of(failure);
        return lost instanceof RecordOutput.ReaderGone ? Optional.empty() : Optional.of(lost);
    }
}
