package io.pickaroon.inputs.decode;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The decoded bytes of the frames of a zstd archive, skippable frames left out. Each byte of the archive belongs to a frame;
 * anything else is an error, as it is for {@code zstd -t}. What was decoded before an error is returned before it is thrown.
 * Used by one thread at a time.
 */
final class ZstdFrames extends InputStream {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final InputStream content;
    private final ZstdDecompressCtx decoder = new ZstdDecompressCtx();
    private final byte[] read = new byte[BUFFER_BYTES];
    private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    private final ByteBuffer output = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    /** Offset in the archive of the first byte of the input. */
    private long inputOffset;

    private long frameOffset;
    private boolean isInFrame;
    /** The decoder may hold decoded bytes for which there was no room. */
    private boolean hasMore;

    /** @param content the archive; closed by the caller */
    ZstdFrames(InputStream content) {
        this.content = content;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int index, int lengthBytes) throws IOException {
        if (lengthBytes == 0) {
            return 0;
        }
        while (!output.hasRemaining()) {
            if (!input.hasRemaining() && !hasMore && !fill()) {
                if (isInFrame) {
                    throw new EOFException("it ends within the frame that begins at byte %d".formatted(frameOffset));
                }
                return -1;
            }
            decode();
        }
        int length = Math.min(lengthBytes, output.remaining());
        output.get(target, index, length);
        return length;
    }

    private boolean fill() throws IOException {
        inputOffset += input.limit();
        input.clear().limit(0);
        int length = content.read(read, 0, read.length);
        if (length > 0) {
            input.clear().put(read, 0, length).flip();
        }
        return length > 0;
    }

    private void decode() throws IOException {
        int before = input.position();
        output.clear();
        try {
            boolean isFrameComplete = decoder.decompressDirectByteBufferStream(output, input);
            if (!isInFrame && input.position() > before) {
                isInFrame = true;
                frameOffset = inputOffset + before;
            }
            isInFrame &= !isFrameComplete;
            hasMore = isInFrame && !output.hasRemaining();
            output.flip();
        } catch (ZstdException e) {
            output.limit(0);
            throw damaged(e, before);
        }
    }

    private IOException damaged(ZstdException e, int before) {
        if (e.getErrorCode() == Zstd.errPrefixUnknown() && !isInFrame) {
            return new IOException("what stands at byte %d is no frame".formatted(inputOffset + before), e);
        }
        String remedy = e.getErrorCode() == Zstd.errFrameParameterWindowTooLarge()
                ? "; decode it with zstd --long=31, which takes up to 2 GiB of memory"
                : "";
        return new IOException(
                "the frame that begins at byte %d: %s%s"
                        .formatted(isInFrame ? frameOffset : inputOffset + before, reason(e), remedy),
                e);
    }

    /** The exception has the text of another code. */
    private static String reason(ZstdException e) {
        return e.getErrorCode() == Zstd.errChecksumWrong()
                ? "its checksum is wrong"
                : Zstd.getErrorName(-e.getErrorCode());
    }

    @Override
    public void close() {
        decoder.close();
    }
}
