package io.pickaroon.processor.audit;

import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.rule.Claims;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** A line has at most so many bytes. */
    static final int MOST_BYTES = 1 << 20;

    private static final int HEAD_BYTES = 256;
    private static final Pattern HEAD = Pattern.compile(
            "\\{\"n\":\"([0-9a-f]{16})-([0-9]{1,18})-([0-9]{1,9})\",\"prev\":\"([0-9a-f]{64})\""
                    + ",\"time\":\"[^\"]{1,40}\",\"event\":\"([a-z-]{1,32})\".*",
            Pattern.DOTALL);

    /** The number as it stands in the line. */
    public String number() {
        return "%s-%d-%d".formatted(HexFormat.of().toHexDigits(checkpointId), counter, index);
    }

    /** Reads the beginning of a line in {@code [from, to)}; empty if it is none. */
    public static Optional<TrailLine> parse(byte[] bytes, int from, int to) {
        int length = Math.min(to - from, HEAD_BYTES);
        Matcher head = HEAD.matcher(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
        if (!head.matches()) {
            return Optional.empty();
        }
        return Optional.of(new TrailLine(
                HexFormat.fromHexDigitsToLong(head.group(1)),
                Long.parseLong(head.group(2)),
                Integer.parseInt(head.group(3)),
                head.group(4),
                head.group(5)));
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
