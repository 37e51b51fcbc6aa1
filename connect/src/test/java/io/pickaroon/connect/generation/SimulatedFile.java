package io.pickaroon.connect.generation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A file of the simulation. Every record that is ever written has its own text, and the first line of each content ends where
 * no first line of that inode ended before, and the first after a part that was kept where no line did: line ends tell all contents
 * apart. Before the first line may stand a banner, which is as long in all contents and no record: it tells nothing apart.
 */
final class SimulatedFile {
    final long inode;
    final long bornNanos;
    boolean isDeleted;
    private final LineEndings used;
    private final int bannerBytes;
    private byte[] content = {};
    private boolean beginsAnew = true;
    /** Records by offset, as they stand there now, and as they stood before each truncation. */
    private Map<Long, String> records = new HashMap<>();

    private final Set<Long> cuts = new HashSet<>();
    private final List<Map<Long, String>> versions = new ArrayList<>();

    /**
     * Where lines of all files with an inode ended, ever.
     *
     * @param first of their first lines
     * @param all of all lines
     */
    record LineEndings(Set<Integer> first, Set<Integer> all) {
        LineEndings() {
            this(new HashSet<>(), new HashSet<>());
        }
    }

    /**
     * @param used where lines of earlier files with that inode ended
     * @param bannerBytes length of the banner; 0: there is none
     */
    SimulatedFile(long inode, long bornNanos, LineEndings used, int bannerBytes) {
        this.inode = inode;
        this.bornNanos = bornNanos;
        this.used = used;
        this.bannerBytes = bannerBytes;
    }

    byte[] content() {
        return content;
    }

    /** Complete records by offset. */
    Map<Long, String> records() {
        return records;
    }

    /**
     * Where parts were cut off. If an offset lay within the record there, no line end went away with it: that record's successor
     * is not noticed.
     */
    Set<Long> cuts() {
        return cuts;
    }

    /** All contents that it has had, the present one included. */
    List<Map<Long, String>> versions() {
        List<Map<Long, String>> all = new ArrayList<>(versions);
        all.add(records);
        return all;
    }

    /** Writes the banner, if there is one and the file is empty. */
    void begin() {
        if (content.length == 0 && bannerBytes > 0) {
            write("-".repeat(bannerBytes - 1) + "\n");
        }
    }

    void append(int serial, Random random) {
        begin();
        StringBuilder line = new StringBuilder("x" + serial + "y".repeat(random.nextInt(9)));
        Set<Integer> others = content.length == bannerBytes ? used.first : used.all;
        while (beginsAnew && others.contains(content.length + line.length() + 1)) {
            line.append('z');
        }
        beginsAnew = false;
        records.put((long) content.length, line.toString());
        boolean isFirst = content.length == bannerBytes;
        write(line.append('\n').toString());
        used.all.add(content.length);
        if (isFirst) {
            used.first.add(content.length);
        }
    }

    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int start = content.length;
        content = Arrays.copyOf(content, start + bytes.length);
        System.arraycopy(bytes, 0, content, start, bytes.length);
    }

    /** Cuts it, at the end of a line. */
    void truncate(boolean keepsPart, Random random) {
        versions.add(records);
        int length = keepsPart ? random.nextInt(content.length + 1) : 0;
        while (length > 0 && content[length - 1] != '\n') {
            length--;
        }
        content = Arrays.copyOf(content, length);
        if (length > 0) {
            cuts.add((long) length);
        }
        Map<Long, String> kept = new HashMap<>();
        for (Map.Entry<Long, String> each : records.entrySet()) {
            if (each.getKey() < length) {
                kept.put(each.getKey(), each.getValue());
            }
        }
        records = kept;
        beginsAnew = true;
    }
}
