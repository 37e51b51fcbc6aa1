package io.pickaroon.benchmarks;

import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import reactor.core.Exceptions;

/**
 * Truncates a log while {@code memchr} scans it, again and again: each scan has to end with what the whole log holds or with
 * a {@link FileTruncatedException}, and the JVM has to live. Takes the number of rounds.
 */
final class TruncatedScan {
    private static final int LOG_BYTES = 48 << 20;
    private static final int WINDOW_BYTES = 16 << 20;
    private static final int MAX_RECORD_BYTES = 1 << 20;
    private static final String LINE = "2026-11-20 INFO [worker] request of user took 17 ms, of which 4 in the queue\n";
    /** A scan of the whole log takes about so long. */
    private static final int LONGEST_NANOS = 12_000_000;

    private TruncatedScan() {}

    /** @param arguments the number of rounds */
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        Random random = new Random(42);
        Path path = Files.createTempFile("pickaroon-truncated", ".log");
        byte[] log = LINE.repeat(LOG_BYTES / LINE.length()).getBytes(StandardCharsets.US_ASCII);
        long records = log.length / LINE.length();
        Scanner scanner =
                new Scanner(List.of(new Rule("took", new Pattern.Literal("took", false))), Delimiter.AUTO, 1 << 20);
        int truncated = 0;
        for (int round = 0; round < rounds; round++) {
            Files.write(path, log);
            try (RandomAccessFile writer = new RandomAccessFile(path.toFile(), "rw");
                    LogFile file = LogFile.open(path)) {
                int keptBytes = random.nextInt(log.length);
                int nanos = random.nextInt(LONGEST_NANOS);
                Thread other = new Thread(() -> {
                    LockSupport.parkNanos(nanos);
                    try {
                        writer.setLength(keptBytes);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
                other.start();
                truncated += scan(scanner, file, records) ? 0 : 1;
                other.join();
            }
        }
        Files.delete(path);
        System.out.printf("%d scans, of which %d found the log truncated%n", rounds, truncated);
    }

    /** True if it was read to its end. */
    private static boolean scan(Scanner scanner, LogFile file, long records) throws IOException {
        try {
            long found = new WindowPlan(WINDOW_BYTES, MAX_RECORD_BYTES, Delimiter.AUTO)
                    .windows(file, Position.START, file.sizeBytes())
                    .concatMap(scanner::scan, 1)
                    .doOnNext(TruncatedScan::requireRealRecords)
                    .reduce(0L, (sum, window) -> sum + window.tally().matchedRecords())
                    .block();
            if (found != records && file.sizeBytes() >= LOG_BYTES / LINE.length() * LINE.length()) {
                throw new AssertionError("%d of %d records found".formatted(found, records));
            }
            return found == records;
        } catch (RuntimeException e) {
            if (Exceptions.unwrap(e) instanceof FileTruncatedException) {
                return false;
            }
            throw e;
        }
    }

    private static void requireRealRecords(ScannedWindow window) {
        for (int match = 0; match < window.matches().size(); match++) {
            byte[] record = window.matches().copyOfRecord(match);
            if (record.length != LINE.length() - 1 || record[0] != '2' || record[record.length - 1] != 'e') {
                throw new AssertionError(
                        "a record that was never written: " + new String(record, StandardCharsets.ISO_8859_1));
            }
        }
    }
}
