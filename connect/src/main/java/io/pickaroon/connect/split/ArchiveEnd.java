package io.pickaroon.connect.split;

import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the stored bytes of an archive end: as long as that is so, an archive that was read need not be decoded again. As text
 * {@code BYTES@LENGTH:CHECKSUM}, such as {@code 123456@4096:ac71f32d}. Immutable.
 *
 * @param storedBytes size of the file
 * @param lineEnds where bytes are line feeds before its end: compressed bytes have some, by chance
 */
public record ArchiveEnd(long storedBytes, LineEnds lineEnds) {
    private static final Pattern TEXT = Pattern.compile("(0|[1-9][0-9]{0,17})@([0-9]{1,4}):([0-9a-f]{8})");

    /**
     * Of a file that is read as it is stored.
     *
     * @throws IOException if it cannot be read
     */
    public static ArchiveEnd of(LogFile stored) throws IOException {
        long sizeBytes = stored.sizeBytes();
        return new ArchiveEnd(sizeBytes, LineEnds.require(stored, sizeBytes));
    }

    /** The one with this text; empty if it is not exactly the text of one. */
    static Optional<ArchiveEnd> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > LineEnds.MOST_BYTES) {
            return Optional.empty();
        }
        LineEnds ends = new LineEnds(Integer.parseInt(matcher.group(2)), HexFormat.fromHexDigits(matcher.group(3)));
        return Optional.of(new ArchiveEnd(Long.parseLong(matcher.group(1)), ends));
    }

    @Override
    public String toString() {
        return storedBytes + "@" + lineEnds.lengthBytes() + ":" + HexFormat.of().toHexDigits(lineEnds.checksum());
    }
}
