package io.pickaroon.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a container writes: short lines, lines of several parts, and stack traces, on two streams; and what of it may be shown. Each
 * message tells its container and its number.
 */
final class ContainerMessages {
    /** Of a long line, containerd and dockerd make parts of so many bytes. */
    static final int PART_BYTES = 16 * 1024;

    /**
     * A message, as it is written and as it may be shown: equally long.
     *
     * @param text its lines, with line feeds between them
     */
    record Message(int number, String stream, String text, String shown) {}

    private static final int MOST_LINES_OF_TRACE = 6;
    private static final int DIGITS = 16;

    private final String container;
    private final Random random;
    private int next;

    ContainerMessages(String container, Random random) {
        this.container = container;
        this.random = random;
    }

    /** Number of the next message. */
    int next() {
        return next;
    }

    /** One that fits into one line, some with a card number. */
    Message line(String stream) {
        Text text = begin();
        if (random.nextInt(3) == 0) {
            text.add(" card ").card();
        }
        text.add(" said \"a < b & c\" " + "y".repeat(random.nextInt(60)));
        return text.message(stream);
    }

    /** One of two to four parts, with a card number over each cut, and one that stands in a part. */
    Message parts(String stream) {
        Text text = begin();
        text.add(" card ").card();
        int parts = 2 + random.nextInt(3);
        for (int cut = PART_BYTES; cut < parts * PART_BYTES; cut += PART_BYTES) {
            int digitsBefore = 1 + random.nextInt(DIGITS - 1);
            text.add(" " + "y".repeat(cut - digitsBefore - 2 - text.length()) + " ")
                    .card();
        }
        text.add(" rest " + "y".repeat(random.nextInt(PART_BYTES / 2)));
        return text.message(stream);
    }

    /** One with a stack trace. */
    Message trace(String stream) {
        Text text = begin();
        text.add(" java.lang.IllegalStateException: refused");
        for (int i = random.nextInt(MOST_LINES_OF_TRACE); i >= 0; i--) {
            text.add("\n\tat shop.Order.pay(Order.java:" + i + ")");
        }
        return text.add("\nCaused by: no card ").card().add(" here").message(stream);
    }

    private Text begin() {
        return new Text().add("INFO " + container + " number " + next + ":");
    }

    /** What a line is cut into. */
    static List<String> cut(String line) {
        List<String> parts = new ArrayList<>();
        for (int from = 0; from < line.length(); from += PART_BYTES) {
            parts.add(line.substring(from, Math.min(line.length(), from + PART_BYTES)));
        }
        return parts;
    }

    /** As dockerd writes it in JSON. */
    static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\t", "\\t")
                .replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e");
    }

    private final class Text {
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder shown = new StringBuilder();

        int length() {
            return text.length();
        }

        Text add(String both) {
            text.append(both);
            shown.append(both);
            return this;
        }

        Text card() {
            StringBuilder digits = new StringBuilder("4");
            int sum = 8;
            for (int i = 1; i < DIGITS - 1; i++) {
                int digit = random.nextInt(10);
                digits.append(digit);
                int twice = i % 2 == 0 ? 2 * digit : digit;
                sum += twice > 9 ? twice - 9 : twice;
            }
            digits.append((10 - sum % 10) % 10);
            text.append(digits);
            shown.append("*".repeat(DIGITS - 4)).append(digits, DIGITS - 4, DIGITS);
            return this;
        }

        Message message(String stream) {
            return new Message(next++, stream, text.toString(), shown.toString());
        }
    }
}
