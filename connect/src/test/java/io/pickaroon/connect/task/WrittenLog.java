package io.pickaroon.connect.task;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A file of the simulation: a real one, and what was written to it. Every record that is ever written has its own text. The first
 * line of each content ends where no first line of that inode ended before, and the others are so long that line ends tell all
 * contents apart; only a banner may stand before it, which all contents have.
 */
final class WrittenLog {
    private static final int LONGEST_LINE = 1500;

    final long inode;
    final long bornNanos;
    private final int matching;
    private final Set<Integer> firstLines;
    private final List<Content> earlier = new ArrayList<>();
    private Path path;
    private byte[] bytes = {};
    private String rest = "";
    private long restStart;
    private int bannerBytes;
    private Content now = new Content(this, new HashMap<>());
    private boolean isDeleted;
    private int handles;

    /**
     * What stood in it at one time.
     *
     * @param records those that match, by offset
     */
    record Content(WrittenLog log, Map<Long, String> records) {}

    /**
     * @param inode number that tasks see
     * @param matching one in so many lines matches; 0: none does
     * @param firstLines where first lines of all contents with that inode ended
     */
    WrittenLog(Path path, long inode, long bornNanos, int matching, Set<Integer> firstLines) throws IOException {
        this.path = Files.createFile(path);
        this.inode = inode;
        this.bornNanos = bornNanos;
        this.matching = matching;
        this.firstLines = firstLines;
    }

    Path path() {
        return path;
    }

    /** What it has now; never changed afterwards. */
    byte[] bytes() {
        return bytes;
    }

    Content content() {
        return now;
    }

    List<Content> contents() {
        List<Content> all = new ArrayList<>(earlier);
        all.add(now);
        return all;
    }

    boolean isDeleted() {
        return isDeleted;
    }

    /** A local file system gives the inode to no other file meanwhile. */
    boolean isOpen() {
        return handles > 0;
    }

    void opened() {
        handles++;
    }

    void closed() {
        handles--;
    }

    /** Writes the banner to an empty file. */
    void begin(int serial) throws IOException {
        String banner = "%08d INFO started\n".formatted(serial);
        bannerBytes = banner.length();
        write(banner);
    }

    /** Appends lines. The last one may be ended by the next call. */
    void append(int lines, int serial, Random random) throws IOException {
        complete();
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < lines; line++) {
            text.append(line(serial + line, bytes.length + text.length(), random));
        }
        boolean isCut = random.nextInt(6) == 0;
        int lastStart = text.lastIndexOf("\n", text.length() - 2) + 1;
        int cut = isCut ? lastStart + random.nextInt(text.length() - lastStart) : text.length();
        rest = text.substring(cut);
        restStart = bytes.length + (long) lastStart;
        if (isCut) {
            String last = text.substring(lastStart);
            now.records().remove(restStart, last.substring(0, last.length() - 1));
            write(text.substring(0, cut));
            rest = last.substring(cut - lastStart);
        } else {
            write(text.toString());
        }
    }

    /** Ends the last line. */
    void complete() throws IOException {
        if (!rest.isEmpty()) {
            write(rest);
            rest = "";
            String line = new String(bytes, (int) restStart, bytes.length - (int) restStart, StandardCharsets.US_ASCII);
            record(restStart, line);
        }
    }

    private String line(int serial, int start, Random random) {
        boolean matches = matching > 0 && random.nextInt(matching) == 0;
        StringBuilder line = new StringBuilder("%08d %s ".formatted(serial, matches ? "ERROR" : "INFO"));
        line.repeat("y", random.nextInt(random.nextInt(4) == 0 ? 30 : LONGEST_LINE));
        while (start == bannerBytes && !firstLines.add(line.length())) {
            line.append('z');
        }
        line.append('\n');
        record(start, line.toString());
        return line.toString();
    }

    private void record(long start, String line) {
        if (line.contains("ERROR")) {
            now.records().put(start, line.substring(0, line.length() - 1));
        }
    }

    private void write(String text) throws IOException {
        byte[] more = text.getBytes(StandardCharsets.US_ASCII);
        Files.write(path, more, StandardOpenOption.APPEND);
        int start = bytes.length;
        bytes = Arrays.copyOf(bytes, start + more.length);
        System.arraycopy(more, 0, bytes, start, more.length);
    }

    /** Takes all content away. */
    void truncate() throws IOException {
        Files.write(path, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        earlier.add(now);
        now = new Content(this, new HashMap<>());
        bytes = new byte[0];
        bannerBytes = 0;
        rest = "";
    }

    void rename(Path to) throws IOException {
        path = Files.move(path, to);
    }

    void delete() throws IOException {
        Files.delete(path);
        isDeleted = true;
    }

    @Override
    public String toString() {
        return "inode %d at %s, %d bytes%s"
                .formatted(inode, path.getFileName(), bytes.length, isDeleted ? ", deleted" : "");
    }
}
