package io.pickaroon.connect.task;

import java.util.Random;

/** Random logs as containerd and Docker write them: parts of messages, streams in turns, and lines that are in no format. */
final class RandomContainerLog {
    private RandomContainerLog() {}

    /** Text of so many lines; a stream may be in the middle of a message at the end. */
    static String of(Random random, boolean isDocker, int lines) {
        StringBuilder log = new StringBuilder();
        for (int line = 0; line < lines; line++) {
            log.append(random.nextInt(20) == 0 ? "in no format\n" : line(random, isDocker, line));
        }
        return log.toString();
    }

    private static String line(Random random, boolean isDocker, int number) {
        String stream = random.nextInt(3) == 0 ? "stderr" : "stdout";
        String word = random.nextInt(4) == 0 ? "ERROR" : "info";
        boolean isLast = random.nextInt(3) > 0;
        String text =
                "%s %d%s".formatted(word, number, "y".repeat(random.nextInt(random.nextInt(8) == 0 ? 2_000 : 60)));
        String time = "2026-11-30T09:00:00.%06dZ".formatted(number);
        return isDocker
                ? "{\"log\":\"%s\\u003c%s\",\"stream\":\"%s\",\"time\":\"%s\"}\n"
                        .formatted(text, isLast ? "\\n" : "", stream, time)
                : "%s %s %s %s\n".formatted(time, stream, isLast ? "F" : "P", text);
    }
}
