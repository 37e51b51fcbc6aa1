package io.pickaroon.app.demo;

import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Reads a demo log after its fixes beside a copy that was made before, byte by byte, without the engine: what differs, and
 * what is left. An instance compares once.
 */
public final class FixedLogCheck {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int SHORTEST_CARD_DIGITS = 13;
    private static final int LONGEST_KNOWN_RUN = 32;
    private static final long LAST_FIVE_BYTES = 0xff_ffff_ffffL;
    private static final long ERROR = word("ERROR");
    private static final long FIXED = word("FIXED");
    private static final long CARD = word("card=");

    /**
     * What was found.
     *
     * @param linesBefore line feeds in the copy
     * @param lines line feeds in the log
     * @param changedElsewhere bytes that differ where nothing is replaced or masked
     * @param checksum CRC-32C of the log
     */
    public record Findings(
            long linesBefore, long lines, Texts texts, Changes changes, long changedElsewhere, long checksum) {}

    /**
     * What stands in the log.
     *
     * @param errors how often ERROR does
     * @param fixed how often FIXED does
     * @param cards card numbers of 13 digits or more that can be read
     */
    public record Texts(long errors, long fixed, long cards) {}

    /**
     * How the log differs from the copy.
     *
     * @param replaced places where the copy has ERROR and the log FIXED
     * @param masked places where the copy has digits and the log asterisks
     */
    public record Changes(long replaced, long masked) {}

    private final CRC32C checksum = new CRC32C();
    private final byte[] runBefore = new byte[LONGEST_KNOWN_RUN];
    private final byte[] runAfter = new byte[LONGEST_KNOWN_RUN];
    private long linesBefore;
    private long lines;
    private long errors;
    private long fixed;
    private long cards;
    private long replaced;
    private long masked;
    private long changedElsewhere;
    /** Bytes in the run of bytes that differ, right before the one at hand. */
    private long run;
    /** The last five bytes of the log. */
    private long last;
    /** Digits since the last {@code card=}, -1 if something else came. */
    private int cardDigits = -1;

    /** Compares the files, which are of the same length. */
    public Findings compare(Path before, Path after) throws IOException {
        try (InputStream old = Files.newInputStream(before);
                InputStream now = Files.newInputStream(after)) {
            byte[] oldBytes = new byte[CHUNK_BYTES];
            byte[] nowBytes = new byte[CHUNK_BYTES];
            int length;
            do {
                length = old.readNBytes(oldBytes, 0, CHUNK_BYTES);
                if (now.readNBytes(nowBytes, 0, CHUNK_BYTES) != length) {
                    throw new IOException(NativePath.printable(after) + " is no longer as long as it was");
                }
                checksum.update(nowBytes, 0, length);
                for (int i = 0; i < length; i++) {
                    look(oldBytes[i], nowBytes[i]);
                }
            } while (length == CHUNK_BYTES);
        }
        endRun();
        return new Findings(
                linesBefore,
                lines,
                new Texts(errors, fixed, cards),
                new Changes(replaced, masked),
                changedElsewhere,
                checksum.getValue());
    }

    private void look(byte before, byte after) {
        linesBefore += before == '\n' ? 1 : 0;
        lines += after == '\n' ? 1 : 0;
        boolean digit = after >= '0' && after <= '9';
        if (cardDigits >= 0) {
            cardDigits = digit ? cardDigits + 1 : -1;
            cards += cardDigits == SHORTEST_CARD_DIGITS ? 1 : 0;
        }
        last = (last << Byte.SIZE | (after & 0xff)) & LAST_FIVE_BYTES;
        errors += last == ERROR ? 1 : 0;
        fixed += last == FIXED ? 1 : 0;
        if (last == CARD) {
            cardDigits = 0;
        }
        if (before != after) {
            if (run < LONGEST_KNOWN_RUN) {
                runBefore[(int) run] = before;
                runAfter[(int) run] = after;
            }
            run++;
        } else if (run > 0) {
            endRun();
        }
    }

    private void endRun() {
        String before = new String(runBefore, 0, (int) Math.min(run, LONGEST_KNOWN_RUN), StandardCharsets.ISO_8859_1);
        String after = new String(runAfter, 0, (int) Math.min(run, LONGEST_KNOWN_RUN), StandardCharsets.ISO_8859_1);
        if (before.equals("ERROR") && after.equals("FIXED")) {
            replaced++;
        } else if (run < LONGEST_KNOWN_RUN && before.matches("\\d+") && after.matches("\\*+")) {
            masked++;
        } else {
            changedElsewhere += run;
        }
        run = 0;
    }

    /** Five ASCII characters as the number that {@link #last} has after them. */
    private static long word(String text) {
        long word = 0;
        for (byte octet : text.getBytes(StandardCharsets.US_ASCII)) {
            word = word << Byte.SIZE | octet;
        }
        return word;
    }
}
