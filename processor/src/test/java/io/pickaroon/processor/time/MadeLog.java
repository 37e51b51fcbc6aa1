package io.pickaroon.processor.time;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A log of lines that are made of a seed, most with a time: {@code 00012345 x}, in milliseconds. Each line is at most so much earlier
 * than one before it.
 */
final class MadeLog {
    static final int DIGITS = 8;

    final StringBuilder text = new StringBuilder();
    final List<String> lines = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private long latest;

    MadeLog(Random random, int lineCount, int disorder) {
        latest = 1000L + random.nextInt(1000);
        int longest = 1 + random.nextInt(200);
        int untimed = random.nextInt(100);
        for (int line = 0; line < lineCount; line++) {
            boolean isTimed = random.nextInt(100) >= untimed && !(random.nextInt(50) == 0);
            latest += random.nextInt(20) == 0 ? random.nextInt(500) : random.nextInt(3);
            long time = Math.max(1, latest - (disorder == 0 ? 0 : random.nextInt(disorder + 1)));
            String mark = random.nextInt(4) == 0 ? "hit" : "x";
            String rest = mark + "y".repeat(random.nextInt(longest));
            add(isTimed ? String.format("%0" + DIGITS + "d %s", time, rest) : "  at " + rest, isTimed ? time : -1);
        }
    }

    private void add(String line, long time) {
        lines.add(line);
        times.add(time);
        text.append(line).append('\n');
    }

    /** A stream knows no time before the first one has come. */
    boolean startsWithTime() {
        return !times.isEmpty() && times.getFirst() >= 0;
    }

    long latest() {
        return latest;
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The lines with a text that belong to a time in a range, found by reading all of them. */
    List<String> expected(String mark, TimeRange range) {
        long first = times.stream().filter(time -> time >= 0).findFirst().orElse(-1L);
        List<String> expected = new ArrayList<>();
        long time = first;
        for (int line = 0; line < lines.size(); line++) {
            time = times.get(line) >= 0 ? times.get(line) : time;
            if (time >= range.sinceMillis()
                    && time < range.untilMillis()
                    && time >= 0
                    && lines.get(line).contains(mark)) {
                expected.add(lines.get(line));
            }
        }
        return expected;
    }

    /** Reads the times of such lines. */
    static final TimeFormat FORMAT = new TimeFormat() {
        @Override
        public boolean mayLackYear() {
            return false;
        }

        @Override
        public long repeatedMillis() {
            return 0;
        }

        @Override
        public Reader open() {
            return (record, from, to, _) -> {
                long number = 0;
                for (int i = from; i < from + DIGITS; i++) {
                    if (i >= to || record[i] < '0' || record[i] > '9') {
                        return NONE;
                    }
                    number = 10 * number + record[i] - '0';
                }
                return number;
            };
        }
    };
}
