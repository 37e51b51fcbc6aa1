package io.pickaroon.connect.split;

import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The form of an offset in Connect, which takes numbers, texts and booleans only. People read and change it through REST.
 *
 * <pre>
 *   {"version": 1, "offset": 4096, "startsRecord": true, "rules": "0f3c5a7e9b1d2468,..", "lineEnds": "4096:ac71f32d",
 *    "splitBytes": 268435456, "path": "/mnt/logs/shop.log", "birthTime": "2026-11-30T01:39:04.123Z"}
 * </pre>
 *
 * <p>All but offset may be missing where a person writes it: version is 1 then, startsRecord false but for offset 0,
 * splitBytes the connector's, and of the others nothing is known. The path is for people. An archive that was read to its end has
 * an archiveEnd, such as {@code 123456@4096:ac71f32d}: its stored size and line ends. An offset in a container log may have what
 * {@link StreamKeys} says.
 */
public final class SplitOffsetCodec {
    private static final long VERSION = 1;

    private static final String VERSION_KEY = "version";
    private static final String OFFSET = "offset";
    private static final String STARTS_RECORD = "startsRecord";
    private static final String RULES = "rules";
    private static final String LINE_ENDS = "lineEnds";
    private static final String SPLIT_BYTES = "splitBytes";
    private static final String PATH = "path";
    private static final String BIRTH_TIME = "birthTime";
    private static final String ARCHIVE_END = "archiveEnd";
    private static final Set<String> KEYS = Stream.concat(
                    Stream.of(
                            VERSION_KEY,
                            OFFSET,
                            STARTS_RECORD,
                            RULES,
                            LINE_ENDS,
                            SPLIT_BYTES,
                            PATH,
                            BIRTH_TIME,
                            ARCHIVE_END),
                    StreamKeys.ALL.stream())
            .collect(Collectors.toCollection(TreeSet::new));

    private static final Pattern RULES_TEXT = Pattern.compile("|[0-9a-f]{16}(,[0-9a-f]{16})*");
    private static final Pattern LINE_ENDS_TEXT = Pattern.compile("([0-9]{1,4}):([0-9a-f]{8})");

    private SplitOffsetCodec() {}

    static Map<String, Object> toMap(SplitOffset offset) {
        Map<String, Object> map = new TreeMap<>();
        map.put(VERSION_KEY, VERSION);
        map.put(OFFSET, offset.position().offset());
        map.put(STARTS_RECORD, offset.position().startsRecord());
        map.put(RULES, offset.rules().stream().sorted().collect(Collectors.joining(",")));
        LineEnds lineEnds = offset.lineEnds();
        if (lineEnds.lengthBytes() > 0) {
            map.put(LINE_ENDS, lineEnds.lengthBytes() + ":" + HexFormat.of().toHexDigits(lineEnds.checksum()));
        }
        map.put(SPLIT_BYTES, offset.splitBytes());
        map.put(PATH, offset.path());
        offset.born().ifPresent(time -> map.put(BIRTH_TIME, time.toString()));
        offset.file().archiveEnd().ifPresent(end -> map.put(ARCHIVE_END, end.toString()));
        StreamKeys.put(offset.position().streams(), map);
        return map;
    }

    /**
     * What makes no sense in an offset that a person wants to set, a sentence for each.
     *
     * @param splitBytes of the connector
     * @return empty if the offset can be used
     */
    public static List<String> problems(Split split, Map<String, ?> offset, long splitBytes) {
        Optional<Long> version = number(offset, VERSION_KEY);
        if (version.isPresent() && version.get() != VERSION) {
            return List.of("version is %d, and this connector knows version %d only".formatted(version.get(), VERSION));
        }
        List<String> problems = new ArrayList<>();
        offset.keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .sorted()
                .forEach(key -> problems.add("'%s' is none of %s".formatted(key, String.join(", ", KEYS))));
        for (String key : List.of(VERSION_KEY, OFFSET, SPLIT_BYTES, StreamKeys.STDOUT_DONE, StreamKeys.STDERR_DONE)) {
            require(offset, key, value -> number(value).isPresent(), "a whole number", problems);
        }
        require(offset, STARTS_RECORD, Boolean.class::isInstance, "true or false", problems);
        for (String key : List.of(RULES, LINE_ENDS, PATH, BIRTH_TIME, ARCHIVE_END, StreamKeys.CUT)) {
            require(offset, key, String.class::isInstance, "a text", problems);
        }
        requireTexts(offset, problems);
        number(offset, SPLIT_BYTES)
                .filter(bytes -> bytes != splitBytes)
                .ifPresent(bytes -> problems.add(
                        "splitBytes is %d, and the connector's split.bytes is %d: offsets of one size mean other bytes in the other"
                                .formatted(bytes, splitBytes)));
        requirePlace(split, offset, splitBytes, problems);
        return List.copyOf(problems);
    }

    private static void require(
            Map<String, ?> offset, String key, Predicate<Object> test, String expected, List<String> problems) {
        Object value = offset.get(key);
        if (offset.containsKey(key) && !test.test(value)) {
            problems.add("%s is %s, which is not %s".formatted(key, shown(value), expected));
        }
    }

    private static void requireTexts(Map<String, ?> offset, List<String> problems) {
        if (offset.get(RULES) instanceof String text
                && !RULES_TEXT.matcher(text).matches()) {
            problems.add("rules is '%s', which is not fingerprints of 16 digits 0-9 and a-f each, joined by commas"
                    .formatted(text));
        }
        if (offset.get(LINE_ENDS) instanceof String text && lineEnds(text).isEmpty()) {
            problems.add("lineEnds is '%s', which is not a length from 0 to %d, a colon and 8 digits 0-9 and a-f"
                    .formatted(text, LineEnds.MOST_BYTES));
        }
        if (offset.get(BIRTH_TIME) instanceof String text && time(text).isEmpty()) {
            problems.add("birthTime is '%s', which is not a time such as 2026-11-30T01:39:04.123Z".formatted(text));
        }
        if (offset.get(ARCHIVE_END) instanceof String text
                && ArchiveEnd.parse(text).isEmpty()) {
            problems.add("archiveEnd is '%s', which is not a size, '@' and a text as in lineEnds".formatted(text));
        }
    }

    private static void requirePlace(Split split, Map<String, ?> offset, long splitBytes, List<String> problems) {
        if (splitBytes == 0 && split.number() > 0) {
            problems.add("split.bytes is 0, so each file is split 0 alone; there is no split " + split.number());
            return;
        }
        if (!offset.containsKey(OFFSET)) {
            problems.add("offset is missing");
            return;
        }
        number(offset, OFFSET).ifPresent(place -> {
            if (place < 0) {
                problems.add("offset " + place + " is negative");
            } else if (!isAtOrAfter(place, split, splitBytes)) {
                problems.add("offset %d is before split %d of splits with %d bytes each"
                        .formatted(place, split.number(), splitBytes));
            } else {
                problems.addAll(StreamKeys.problems(split, offset, place));
                lineEnds(offset)
                        .filter(lineEnds -> lineEnds.lengthBytes() > place)
                        .ifPresent(lineEnds -> problems.add("lineEnds has %d bytes, and only %d are before the offset"
                                .formatted(lineEnds.lengthBytes(), place)));
            }
        });
    }

    private static boolean isAtOrAfter(long place, Split split, long splitBytes) {
        return splitBytes == 0 || split.number() <= place / splitBytes;
    }

    /** Of an offset without problems. */
    static SplitOffset read(Map<String, ?> offset, long splitBytes) {
        long place = number(offset, OFFSET).orElseThrow();
        boolean startsRecord = offset.get(STARTS_RECORD) instanceof Boolean starts ? starts : place == 0;
        Set<String> rules = offset.get(RULES) instanceof String text && !text.isEmpty()
                ? Set.copyOf(Arrays.asList(text.split(",")))
                : Set.of();
        return new SplitOffset(
                new Position(place, startsRecord, StreamKeys.read(offset)),
                rules,
                lineEnds(offset).orElse(LineEnds.UNKNOWN),
                new FileMark(
                        offset.get(BIRTH_TIME) instanceof String text ? time(text) : Optional.empty(),
                        offset.get(ARCHIVE_END) instanceof String text ? ArchiveEnd.parse(text) : Optional.empty()),
                splitBytes,
                offset.get(PATH) instanceof String text ? text : "");
    }

    private static Optional<LineEnds> lineEnds(Map<String, ?> offset) {
        return offset.get(LINE_ENDS) instanceof String text ? lineEnds(text) : Optional.empty();
    }

    private static Optional<LineEnds> lineEnds(String text) {
        var matcher = LINE_ENDS_TEXT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > LineEnds.MOST_BYTES) {
            return Optional.empty();
        }
        return Optional.of(new LineEnds(Integer.parseInt(matcher.group(1)), HexFormat.fromHexDigits(matcher.group(2))));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<Long> number(Map<String, ?> offset, String key) {
        return number(offset.get(key));
    }

    /** JSON brings numbers back as Long, whatever they were. */
    static Optional<Long> number(Object value) {
        return switch (value) {
            case Long number -> Optional.of(number);
            case Integer number -> Optional.of(number.longValue());
            case Short number -> Optional.of(number.longValue());
            case Byte number -> Optional.of(number.longValue());
            case null, default -> Optional.empty();
        };
    }

    private static String shown(Object value) {
        return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
    }
}
