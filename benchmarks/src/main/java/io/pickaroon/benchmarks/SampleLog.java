package io.pickaroon.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A log of a service, always the same: one record in a hundred has {@code ERROR}. */
final class SampleLog {
    private static final String[] LEVELS = {"INFO ", "INFO ", "INFO ", "DEBUG", "WARN "};

    private SampleLog() {}

    /** Writes whole records, at least so many bytes. */
    static void write(Path file, long sizeBytes) throws IOException {
        Random random = new Random(42);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (long written = 0; written < sizeBytes; ) {
                byte[] record = record(random).getBytes(StandardCharsets.US_ASCII);
                out.write(record);
                written += record.length;
            }
        }
    }

    private static String record(Random random) {
        boolean error = random.nextInt(100) == 0;
        return "2026-11-20T12:%02d:%02d.%03dZ %s [worker-%02d] com.shop.order.OrderService - request %08x of user u%d from 10.%d.%d.%d took %d ms%s%n"
                .formatted(
                        random.nextInt(60),
                        random.nextInt(60),
                        random.nextInt(1000),
                        error ? "ERROR" : LEVELS[random.nextInt(LEVELS.length)],
                        random.nextInt(32),
                        random.nextInt(),
                        random.nextInt(100_000),
                        random.nextInt(256),
                        random.nextInt(256),
                        random.nextInt(256),
                        random.nextInt(5_000),
                        error ? ": connection reset by peer" : "");
    }
}
