package io.pickaroon.app.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * Writes the log of an imaginary shop, of an exact size, the same for the same seed, and counts what is in it.
 *
 * <p>About one record in a hundred is an ERROR, half of these with a stack trace; some are WARN; some name a card. There
 * are records that end in CRLF, empty ones, ones of 100 KiB, one that is longer than the limit of the reader, text
 * outside ASCII, and the last record has no delimiter.
 *
 * <p>The truth is known from how each record is composed, never from searching it.
 */
public final class DemoLog {
    /** Smaller logs have no room for the long records. */
    public static final long SMALLEST_BYTES = 4L << 20;

    private static final int LONG_RECORD_BYTES = 100 * 1024;
    private static final int LONG_RECORDS = 3;
    private static final int BEYOND_LIMIT_BYTES = 48 * 1024;
    private static final int LAST_RECORD_RESERVE_BYTES = 4 * 1024;
    private static final int OUTPUT_BUFFER_BYTES = 1 << 20;

    private final long sizeBytes;
    private final int maxRecordBytes;
    private final boolean carriageReturnIsText;
    private final DemoRecords composer;
    private final Map<DemoRule, MatchChecksum> matches = new EnumMap<>(DemoRule.class);
    private final CRC32C fixed = new CRC32C();
    private final byte[] output = new byte[OUTPUT_BUFFER_BYTES];
    private int buffered;
    private long writtenBytes;
    private long records;
    private long oversizedRecords;

    /**
     * Prepares one log; an instance writes one.
     *
     * @param sizeBytes length of the file, at least {@link #SMALLEST_BYTES}
     * @param maxRecordBytes limit of the reader, at most a quarter of the size; one record is longer
     * @param carriageReturnIsText true if the reader takes the CR of a CRLF for part of the record
     */
    public DemoLog(long sizeBytes, long seed, int maxRecordBytes, boolean carriageReturnIsText) {
        if (sizeBytes < SMALLEST_BYTES) {
            throw new IllegalArgumentException("a demo log has at least " + SMALLEST_BYTES + " bytes");
        }
        if (maxRecordBytes > sizeBytes / 4) {
            throw new IllegalArgumentException("no room for a record longer than " + maxRecordBytes + " bytes");
        }
        this.sizeBytes = sizeBytes;
        this.maxRecordBytes = maxRecordBytes;
        this.carriageReturnIsText = carriageReturnIsText;
        this.composer = new DemoRecords(new SplittableRandom(seed));
        for (DemoRule rule : DemoRule.values()) {
            matches.put(rule, new MatchChecksum());
        }
    }

    /** Writes the log to a new file, and says what is in it. */
    public DemoTruth writeTo(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            int longWritten = 0;
            boolean oversizedWritten = false;
            while (sizeBytes - writtenBytes > LAST_RECORD_RESERVE_BYTES) {
                if (longWritten < LONG_RECORDS && writtenBytes > sizeBytes / 5 * (longWritten + 1)) {
                    composer.composeLong(LONG_RECORD_BYTES);
                    longWritten++;
                } else if (!oversizedWritten && writtenBytes > sizeBytes / 2) {
                    composer.composeLong(maxRecordBytes + BEYOND_LIMIT_BYTES);
                    oversizedWritten = true;
                } else {
                    composer.composeNext();
                }
                write(out);
            }
            composer.composeLast((int) (sizeBytes - writtenBytes));
            write(out);
            out.write(output, 0, buffered);
        }
        Map<DemoRule, DemoTruth.Matches> counted = new EnumMap<>(DemoRule.class);
        matches.forEach((rule, sum) -> counted.put(rule, new DemoTruth.Matches(sum.matches(), sum.value())));
        return new DemoTruth(writtenBytes, records, oversizedRecords, counted, fixed.getValue());
    }

    private void write(OutputStream out) throws IOException {
        RecordText text = composer.text();
        int recordBytes = composer.recordBytes(carriageReturnIsText);
        records++;
        if (recordBytes > maxRecordBytes) {
            oversizedRecords++;
        }
        if (text.length() > output.length - buffered) {
            out.write(output, 0, buffered);
            buffered = 0;
        }
        if (text.length() > output.length) {
            out.write(text.array(), 0, text.length());
        } else {
            System.arraycopy(text.array(), 0, output, buffered, text.length());
            buffered += text.length();
        }
        count(text, Math.min(recordBytes, maxRecordBytes));
        writtenBytes += text.length();
    }

    /** Counts a record that has been written, as it is emitted, and then as it stands in the file in the end. */
    private void count(RecordText text, int emittedBytes) {
        composer.maskCard();
        for (DemoRule rule : composer.matched()) {
            matches.get(rule).add(writtenBytes, text.array(), 0, emittedBytes);
        }
        composer.fixError();
        fixed.update(text.array(), 0, text.length());
    }
}
