package io.pickaroon.connect.split;

import io.pickaroon.processor.file.StreamPlaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an offset in a container log says of the two streams, beside the keys that every offset has:
 *
 * <pre>
 *   {"stdoutDone": 8192, "stderrDone": 9216, "cut": "stdout,stderr"}
 * </pre>
 *
 * <p>Lines of a stream that start before its number belong to records that are sent, although they stand behind the offset. Of a stream
 * that is cut the next line goes on with a message whose beginning was sent already. What is not so is left out, so offsets in other
 * files have nothing of it.
 */
final class StreamKeys {
    static final String STDOUT_DONE = "stdoutDone";
    static final String STDERR_DONE = "stderrDone";
    static final String CUT = "cut";
    static final Set<String> ALL = Set.of(STDOUT_DONE, STDERR_DONE, CUT);

    /** By the number of {@link StreamPlaces#cuts}. */
    private static final List<String> CUTS = List.of("", "stdout", "stderr", "stdout,stderr");

    private StreamKeys() {}

    static void put(StreamPlaces streams, Map<String, Object> map) {
        putNumber(STDOUT_DONE, streams.stdoutDone(), map);
        putNumber(STDERR_DONE, streams.stderrDone(), map);
        if (streams.cuts() != 0) {
            map.put(CUT, CUTS.get(streams.cuts()));
        }
    }

    private static void putNumber(String key, long done, Map<String, Object> map) {
        if (done != 0) {
            map.put(key, done);
        }
    }

    /**
     * What makes no sense, a sentence for each; types are right.
     *
     * @param place the offset
     */
    static List<String> problems(Split split, Map<String, ?> offset, long place) {
        List<String> problems = new ArrayList<>();
        for (String key : List.of(STDOUT_DONE, STDERR_DONE)) {
            SplitOffsetCodec.number(offset.get(key))
                    .filter(done -> done <= place)
                    .ifPresent(done -> problems.add(
                            "%s is %d, which is not behind offset %d: leave it out if no line there is done"
                                    .formatted(key, done, place)));
        }
        if (offset.get(CUT) instanceof String text && cuts(text).isEmpty()) {
            problems.add("cut is '%s', which is none of 'stdout', 'stderr', 'stdout,stderr'".formatted(text));
        }
        if (split.number() > 0 && ALL.stream().anyMatch(offset::containsKey)) {
            problems.add("%s, %s and %s are of container logs, each of which is split 0 alone"
                    .formatted(STDOUT_DONE, STDERR_DONE, CUT));
        }
        return problems;
    }

    /** Of an offset without problems. */
    static StreamPlaces read(Map<String, ?> offset) {
        int cuts = offset.get(CUT) instanceof String text ? cuts(text).orElseThrow() : 0;
        return StreamPlaces.of(done(STDOUT_DONE, offset), done(STDERR_DONE, offset), cuts);
    }

    private static long done(String key, Map<String, ?> offset) {
        return SplitOffsetCodec.number(offset.get(key)).orElse(0L);
    }

    private static Optional<Integer> cuts(String text) {
        int cuts = CUTS.indexOf(text);
        return cuts > 0 ? Optional.of(cuts) : Optional.empty();
    }
}
