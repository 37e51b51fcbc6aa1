package io.pickaroon.app.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A part of an output, which comes after the parts that were begun before it. Used by one thread at a time. */
public final class OutputPart extends OutputStream {
    private static final int MOST_KEPT_BYTES = 256 * 1024;

    private final OutputParts parts;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
    /** Between the last group before this part and the first in it; none if it is empty. */
    private byte[] separator = {};

    private boolean hasGroup;
    private boolean isComplete;
    /** What it writes to when everything before is written, {@code null} before. */
    private RecordOutput output;

    OutputPart(OutputParts parts) {
        this.parts = parts;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (output == null && length <= MOST_KEPT_BYTES - kept.size()) {
            kept.write(bytes, from, length);
            return;
        }
        awaitTurn();
        try {
            output.write(bytes, from, length);
        } catch (IOException e) {
            parts.failed(e);
            throw e;
        }
    }

    /** Begins a group of records: if there is one before it in the whole output, what separates them is written. */
    public void separateFromGroupBefore(byte[] bytes) throws IOException {
        if (hasGroup || output != null && parts.hasGroup()) {
            write(bytes, 0, bytes.length);
        } else if (output == null) {
            separator = bytes;
        }
    }

    /** There is a group of records now, even if nothing of it is written. */
    public void markGroup() {
        hasGroup = true;
    }

    /** Waits until all parts before are written; from then on nothing is kept. */
    public void awaitTurn() throws IOException {
        if (output == null) {
            output = parts.outputInTurn(this);
            writeKept(output);
        }
    }

    /** What was written can be seen, unless there are parts before that are not complete. */
    @Override
    public void flush() throws IOException {
        if (output != null || parts.isFirst(this)) {
            awaitTurn();
            output.flush();
        }
    }

    @Override
    public void close() throws IOException {
        parts.close(this);
    }

    boolean isComplete() {
        return isComplete;
    }

    boolean hasGroup() {
        return hasGroup;
    }

    void complete() {
        isComplete = true;
    }

    /** It is the first part now, and complete. */
    void writeTo(RecordOutput to) throws IOException {
        if (output == null) {
            writeKept(to);
        }
    }

    private void writeKept(RecordOutput to) throws IOException {
        if (separator.length > 0 && parts.hasGroup()) {
            to.write(separator, 0, separator.length);
        }
        kept.writeTo(to);
        kept.reset();
    }
}
