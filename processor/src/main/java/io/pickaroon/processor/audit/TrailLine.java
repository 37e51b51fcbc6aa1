package io.pickaroon.processor.audit;

import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.rule.Claims;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A line of a trail: JSON without blanks, and a line feed. Of its members {@code n}, {@code prev}, {@code time} and {@code event} come
 * first, in this order, in this and every later version, so a start reads them without knowing the rest.
 *
 * @param checkpointId of the number
 * @param counter of the number: the group
 * @param index of the number: the change in its group, or behind all of them what is left alone
 * @param prev hash of the line before
 * @param event one of the constants here
 */
public record TrailLine(long checkpointId, long counter, int index, String prev, String event) {
    /** A change that is about to be made. */
    public static final String CHANGE = "change";

    /** A change that was announced under this number, and was not made. */
    public static final String NOT_MADE = "not-made";

    /** Something that was found and is left alone. */
    public static final String SKIPPED = "skipped";

    /** Of the beginning by which a line is known. */
    static final int SHORTEST_BYTES = 6;

    /** A line has at most so many bytes. */
    static final int MOST_BYTES = 1 << 20;

    private static final byte[] NUMBER = "{\"n\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PREV = "\",\"prev\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TIME = "\",\"time\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "\",\"event\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_DIGITS = 16;
    private static final int HASH_DIGITS = 64;
    private static final int MOST_COUNTER_DIGITS = 18;
    private static final int MOST_INDEX_DIGITS = 9;
    private static final int MOST_TEXT_BYTES = 40;

    /** The number as it stands in the line. */
    public String number() {
        return "%s-%d-%d".formatted(HexFormat.of().toHexDigits(checkpointId), counter, index);
    }

    /** Reads the beginning of a line in {@code [from, to)}; empty if it is none. */
    public static Optional<TrailLine> parse(byte[] bytes, int from, int to) {
        Head head = new Head(bytes, from, to);
        head.skip(NUMBER);
        long checkpointId = head.hexadecimal(ID_DIGITS);
        head.skip((byte) '-');
        long counter = head.decimal(MOST_COUNTER_DIGITS);
        head.skip((byte) '-');
        int index = (int) head.decimal(MOST_INDEX_DIGITS);
        head.skip(PREV);
        int prev = head.at;
        head.hexadecimal(HASH_DIGITS);
        head.skip(TIME);
        head.skipText();
        head.skip(EVENT);
        int event = head.at;
        head.skipWord();
        int eventEnd = head.at;
        head.skip((byte) '"');
        return head.fits
                ? Optional.of(new TrailLine(
                        checkpointId,
                        counter,
                        index,
                        text(bytes, prev, prev + HASH_DIGITS),
                        text(bytes, event, eventEnd)))
                : Optional.empty();
    }

    /**
     * True if the first bytes are those of a line, as far as they reach.
     *
     * @param hasHoles NULs may stand for any of them
     */
    static boolean begins(byte[] bytes, int length, boolean hasHoles) {
        for (int i = 0; i < Math.min(length, NUMBER.length); i++) {
            if (bytes[i] != NUMBER[i] && !(hasHoles && bytes[i] == 0)) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Reads the beginning of a line from left to right; nothing counts any more once something does not fit. */
    private static final class Head {
        private final byte[] bytes;
        private final int end;
        int at;
        boolean fits = true;

        Head(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.at = from;
            this.end = to;
        }

        void skip(byte[] text) {
            fits = fits && end - at >= text.length && Arrays.equals(bytes, at, at + text.length, text, 0, text.length);
            at += text.length;
        }

        void skip(byte b) {
            fits = fits && at < end && bytes[at] == b;
            at++;
        }

        long hexadecimal(int digits) {
            long number = 0;
            for (int last = at + digits; at < last; at++) {
                int digit = fits && at < end ? hexadecimal(bytes[at]) : -1;
                fits = digit >= 0;
                number = number << 4 | digit;
            }
            return number;
        }

        private static int hexadecimal(byte b) {
            return b >= '0' && b <= '9' ? b - '0' : b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
        }

        /** At least one digit. */
        long decimal(int most) {
            int first = at;
            long number = 0;
            while (fits && at < end && at - first < most && bytes[at] >= '0' && bytes[at] <= '9') {
                number = 10 * number + bytes[at++] - '0';
            }
            fits = fits && at > first;
            return number;
        }

        /** At least one character, up to a quotation mark. */
        void skipText() {
            int first = at;
            while (fits && at < end && at - first < MOST_TEXT_BYTES && bytes[at] != '"') {
                at++;
            }
            fits = fits && at > first;
        }

        /** At least one small letter or dash. */
        void skipWord() {
            int first = at;
            while (fits && at < end && at - first < MOST_TEXT_BYTES && isOfWord(bytes[at])) {
                at++;
            }
            fits = fits && at > first;
        }

        private static boolean isOfWord(byte b) {
            return b >= 'a' && b <= 'z' || b == '-';
        }
    }

    /**
     * The text of a line of a group, with its line feed.
     *
     * @param index of {@code entry} in the group
     * @param reason why it is not made, or left alone; null for a change
     */
    static byte[] text(
            AuditedGroup group, int index, AuditedGroup.Entry entry, String prev, Instant time, String reason) {
        boolean isSkip = entry.skipped().isPresent();
        String event = isSkip ? SKIPPED : reason == null ? CHANGE : NOT_MADE;
        String said = isSkip ? entry.skipped().get().word() : reason;
        AuditedGroup.GroupNumber number = group.number();
        Claims.Place place = entry.place();
        FileIdentity file = entry.window().file();
        StringBuilder line = new StringBuilder(512);
        line.append("{\"n\":\"")
                .append(new TrailLine(number.checkpointId(), number.counter(), index, prev, event).number());
        line.append("\",\"prev\":\"").append(prev);
        line.append("\",\"time\":\"").append(time.truncatedTo(ChronoUnit.MILLIS));
        line.append("\",\"event\":\"").append(event).append('"');
        if (said != null) {
            line.append(",\"reason\":\"").append(said).append('"');
        }
        line.append(",\"file\":{\"path\":");
        quote(NativePath.escaped(entry.window().path()), line);
        line.append(",\"identity\":\"").append(file.ofGeneration(0));
        line.append("\",\"generation\":").append(file.generation());
        line.append("},\"record\":").append(place.record());
        line.append(",\"offset\":").append(place.offset());
        line.append(",\"length\":").append(place.length());
        line.append(",\"kept\":").append(place.kept());
        line.append(",\"rules\":");
        quote(place.met().rules(), line);
        line.append(",\"detectors\":");
        quote(place.met().detectors(), line);
        line.append(",\"instance\":");
        quote(group.origin().instance(), line);
        line.append(",\"version\":");
        quote(group.origin().version(), line);
        line.append(",\"configuration\":");
        quote(group.origin().configuration(), line);
        return line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void quote(List<String> texts, StringBuilder line) {
        line.append('[');
        for (int i = 0; i < texts.size(); i++) {
            if (i > 0) {
                line.append(',');
            }
            quote(texts.get(i), line);
        }
        line.append(']');
    }

    private static void quote(String text, StringBuilder line) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ' || Character.isISOControl(c)) {
                line.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }
}
