import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** The files of a writer, one after the other, against its records. */
final class SoakFiles {
    private static final int BUFFER_BYTES = 2 << 20;

    private final SoakRecords expected;
    private final SoakRecords asWritten;
    private final byte[] found = new byte[BUFFER_BYTES];
    private long next;

    SoakFiles(String name) {
        this.expected = new SoakRecords(name, BUFFER_BYTES);
        this.asWritten = new SoakRecords(name, SoakRecords.LONGEST_BYTES);
    }

    /** How many records were found so far. */
    synchronized long compared() {
        return next;
    }

    /** Compares a whole file; no more after the first difference. */
    synchronized String compare(Path path, long written) throws IOException {
        long first = next;
        long atBytes = 0;
        int rest = 0;
        try (InputStream in = open(path)) {
            while (true) {
                int count = in.readNBytes(found, rest, found.length - rest);
                int there = rest + count;
                if (there == 0) {
                    return "{\"records\": %d, \"bytes\": %d}".formatted(next - first, atBytes);
                }
                long from = next;
                int end = makeAtMost(there);
                int differs = Arrays.mismatch(found, 0, end, expected.bytes, 0, end);
                if (differs >= 0) {
                    return SoakLogs.json("failure", path + ": " + difference(from, differs, atBytes));
                }
                if (next > written) {
                    return SoakLogs.json("failure", path + " has more than was written");
                }
                if (end == 0) {
                    return SoakLogs.json("failure", path + " at " + atBytes + ": record " + next + " is not whole");
                }
                atBytes += end;
                rest = there - end;
                System.arraycopy(found, end, found, 0, rest);
            }
        }
    }

    private static InputStream open(Path path) throws IOException {
        InputStream in = Files.newInputStream(path);
        return path.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
    }

    /** Makes the records that follow, as far as they fit in so many bytes. Returns where the last one ends. */
    private int makeAtMost(int sizeBytes) {
        expected.end = 0;
        int end = 0;
        while (expected.bytes.length - end >= SoakRecords.LONGEST_BYTES) {
            expected.add(next, SoakRecords.Form.FIXED);
            expected.delimit();
            if (expected.end > sizeBytes) {
                break;
            }
            end = expected.end;
            next++;
        }
        return end;
    }

    private String difference(long from, int differs, long atBytes) {
        int start = 0;
        long n = from;
        expected.end = 0;
        while (true) {
            expected.add(n, SoakRecords.Form.FIXED);
            expected.delimit();
            if (expected.end > differs) {
                break;
            }
            start = expected.end;
            n++;
        }
        asWritten.end = 0;
        asWritten.add(n, SoakRecords.Form.WRITTEN);
        int sizeBytes = asWritten.end;
        boolean isUnfixed = Arrays.equals(found, start, start + sizeBytes, asWritten.bytes, 0, sizeBytes);
        String where = "at %d: record %d ".formatted(atBytes + start, n);
        return isUnfixed
                ? where + "is not fixed"
                : where + "is "
                        + new String(found, start, Math.min(sizeBytes, 120), StandardCharsets.ISO_8859_1)
                        + ", different at " + (atBytes + differs);
    }
}
