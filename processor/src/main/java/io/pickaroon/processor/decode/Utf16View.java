package io.pickaroon.processor.decode;

import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.ForwardingLogFile;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import io.pickaroon.processor.file.ReadRange;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A view of a followed file. Text in UTF-16 appears as UTF-8, with the bytes, offsets and size of that, and is
 * read-only; any other file appears as it is. The first bytes of each generation decide which.
 *
 * <p>Bytes are decoded anew from the file each time they are read. So they are the bytes in the file now, and may be
 * gone or changed, as in any file.
 */
public final class Utf16View extends ForwardingLogFile {
    private static final int STEP_BYTES = 32 * 1024;

    private final FollowedText text;

    /** @param text what is known of this file's content: nothing, or {@link #text} of when it was open before */
    public Utf16View(LogFile file, FollowedText text) {
        super(file);
        this.text = text;
    }

    /** What is known of its content. */
    public FollowedText text() {
        return text;
    }

    @Override
    public LogFile knownAs(Path path, int generation) {
        return new Utf16View(file.knownAs(path, generation), text.ofGeneration(generation));
    }

    @Override
    public boolean isDecoded() {
        return text.units() != null;
    }

    @Override
    public long sizeBytes() throws IOException {
        return text.sizeBytes(file);
    }

    @Override
    public MappedRange map(long offset, long endOffset) throws IOException {
        return text.isAsItIs(file) ? file.map(offset, endOffset) : decodedRange(offset, endOffset);
    }

    @Override
    public MappedRange range(long offset, long endOffset, long wantedBytes) throws IOException {
        return text.isAsItIs(file) ? file.range(offset, endOffset, wantedBytes) : decodedRange(offset, endOffset);
    }

    private MappedRange decodedRange(long offset, long endOffset) throws IOException {
        requireReaches(endOffset);
        return new ReadRange(this, offset, endOffset);
    }

    @Override
    public void read(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        if (text.isAsItIs(file)) {
            file.read(offset, target, targetIndex, lengthBytes);
        } else if (lengthBytes > 0) {
            requireReaches(isDecoded() ? 0 : offset + lengthBytes);
            try {
                decode(offset, target, targetIndex, lengthBytes);
            } catch (FileTruncatedException shorter) {
                throw truncated(offset + lengthBytes);
            }
        }
    }

    @Override
    public long dataOffset(long offset) throws IOException {
        return text.isAsItIs(file) ? file.dataOffset(offset) : offset;
    }

    private void requireReaches(long endOffset) throws IOException {
        if (endOffset > sizeBytes()) {
            throw truncated(endOffset);
        }
    }

    private FileTruncatedException truncated(long wantedEndOffset) throws IOException {
        return new FileTruncatedException(path(), wantedEndOffset, Math.min(wantedEndOffset, sizeBytes()));
    }

    private void decode(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        Utf16Units units = text.units();
        if (units == null) {
            throw truncated(offset + lengthBytes);
        }
        Utf16Places.Place place = text.before(offset);
        long decodedOffset = place.offset();
        long fileOffset = place.fileOffset();
        byte[] step = new byte[STEP_BYTES];
        byte[] utf8 = new byte[Utf16Units.mostDecoded(STEP_BYTES)];
        int done = 0;
        while (done < lengthBytes) {
            int length = Math.clamp(file.sizeBytes() - fileOffset, 0, STEP_BYTES);
            file.read(fileOffset, step, 0, length);
            int complete = units.complete(step, length);
            if (complete == 0) {
                throw truncated(offset + lengthBytes);
            }
            int decoded = units.decode(step, complete, utf8);
            int from = Math.clamp(offset + done - decodedOffset, 0, decoded);
            int copied = Math.min(decoded - from, lengthBytes - done);
            System.arraycopy(utf8, from, target, targetIndex + done, copied);
            done += copied;
            decodedOffset += decoded;
            fileOffset += complete;
        }
    }
}
