package io.pickaroon.app.scan;

import io.pickaroon.app.terminal.OutputPart;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.scan.MatchBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes records of one file as grep does, with what stands before them. Used by one thread at a time. */
final class RecordPrinter {
    static final char SELECTED = ':';
    static final char CONTEXT = '-';

    private static final String NAME_COLOR = "35";
    private static final String NUMBER_COLOR = "32";
    private static final String SEPARATOR_COLOR = "36";
    private static final byte[] MATCH_BEGIN = begin("01;31");
    private static final byte[] COLOR_END = ascii("\u001b[m\u001b[K");
    private static final int MOST_DIGITS = 20;

    private final OutputPart output;
    private final Layout layout;
    private final byte[] digits = new byte[MOST_DIGITS];
    private final String name;
    private final byte[] namePrefix;

    /** @param name of the file, as it is printed */
    RecordPrinter(OutputPart output, Layout layout, String name) {
        this.output = output;
        this.layout = layout;
        this.name = name;
        this.namePrefix = layout.names() ? colored(NAME_COLOR, name) : new byte[0];
    }

    /** Separates what was printed before, of other files too, from what is not next to it. */
    void separateGroups() throws IOException {
        output.separateFromGroupBefore(concatenated(colored(SEPARATOR_COLOR, "--"), ascii("\n")));
    }

    /** Something is printed from now on, or would be if only matches were not. */
    void beginGroup() {
        output.markGroup();
    }

    /** The record of a match, or what matches in it. */
    void match(MatchBatch matches, int match, long number) throws IOException {
        if (layout.matchesOnly()) {
            matchesOnly(matches, match, number);
            return;
        }
        int start = matches.start(match);
        int end = start + matches.length(match);
        head(number, SELECTED);
        if (layout.isForTerminal() && holdsNul(matches.array(), start, end)) {
            nulNotice();
            return;
        }
        if (layout.colors()) {
            coloredRecord(matches, match, start, end);
        } else {
            output.write(matches.array(), start, end - start);
        }
        if (matches.delimiterBytes(match) > 1) {
            output.write('\r');
        }
        output.write('\n');
    }

    private void matchesOnly(MatchBatch matches, int match, long number) throws IOException {
        for (int place = matches.firstPlace(match); place < matches.lastPlace(match); place++) {
            if (matches.placeEnd(place) > matches.placeStart(place)) {
                head(number, SELECTED);
                markedPlace(matches, place);
                output.write('\n');
            }
        }
    }

    private void coloredRecord(MatchBatch matches, int match, int start, int end) throws IOException {
        int from = start;
        for (int place = matches.firstPlace(match); place < matches.lastPlace(match); place++) {
            int placeStart = matches.placeStart(place);
            if (matches.placeEnd(place) > placeStart) {
                output.write(matches.array(), from, placeStart - from);
                markedPlace(matches, place);
                from = matches.placeEnd(place);
            }
        }
        output.write(matches.array(), from, end - from);
    }

    private void markedPlace(MatchBatch matches, int place) throws IOException {
        int start = matches.placeStart(place);
        if (layout.colors()) {
            output.write(MATCH_BEGIN);
        }
        output.write(matches.array(), start, matches.placeEnd(place) - start);
        if (layout.colors()) {
            output.write(COLOR_END);
        }
    }

    /** What stands before each record. */
    void head(long number, char separator) throws IOException {
        if (layout.names()) {
            output.write(namePrefix);
            separator(separator);
        }
        if (layout.numbers()) {
            if (layout.colors()) {
                output.write(begin(NUMBER_COLOR));
            }
            number(number);
            if (layout.colors()) {
                output.write(COLOR_END);
            }
            separator(separator);
        }
    }

    private void separator(char separator) throws IOException {
        if (layout.colors()) {
            output.write(colored(SEPARATOR_COLOR, String.valueOf(separator)));
        } else {
            output.write(separator);
        }
    }

    private void number(long number) throws IOException {
        int from = digits.length;
        long left = number;
        do {
            digits[--from] = (byte) ('0' + left % 10);
            left /= 10;
        } while (left > 0);
        output.write(digits, from, digits.length - from);
    }

    /** A number of records, and what matches them where that is not empty. */
    void count(long records, String pattern) throws IOException {
        if (layout.names()) {
            output.write(namePrefix);
            separator(SELECTED);
        }
        number(records);
        output.write(pattern.isEmpty() ? new byte[0] : ByteText.encode(":" + pattern));
        output.write('\n');
    }

    /** The name of the file, if that is the answer. */
    void nameIf(boolean isAnswer) throws IOException {
        if (isAnswer) {
            output.write(colored(NAME_COLOR, name));
            output.write('\n');
        }
    }

    static boolean holdsNul(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Instead of a record that a terminal may not take well. */
    void nulNotice() throws IOException {
        output.write(ascii("(a record with NUL bytes: to see it, send the output to a file or a pipe)\n"));
    }

    /** Who looks at it sees what there is so far. */
    void windowDone() throws IOException {
        if (layout.isForTerminal()) {
            output.flush();
        }
    }

    void flush() throws IOException {
        output.flush();
    }

    /** Where the bytes of other records go. */
    OutputPart output() {
        return output;
    }

    private byte[] colored(String color, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return layout.colors() ? concatenated(concatenated(begin(color), bytes), COLOR_END) : bytes;
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] begin(String color) {
        return ascii("\u001b[" + color + "m\u001b[K");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
