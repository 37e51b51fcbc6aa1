package io.pickaroon.connect.settings;

import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.connect.split.SplitOffsetCodec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Offsets that a person wants to set, or to delete, through REST. Immutable.
 *
 * @param label of the connector's storage
 * @param splitBytes of the connector
 */
public record OffsetChange(String label, long splitBytes) {
    private static final int MOST_SHOWN = 100;

    /** A change of a connector with these properties, of which only its own settings need to be right. */
    public static OffsetChange of(Map<String, String> properties) {
        StringBuilder problems = new StringBuilder();
        Optional<OwnSettings> own =
                OwnSettings.read(properties, problem -> problems.append('\n').append(problem.render()));
        return own.map(settings -> new OffsetChange(settings.label(), settings.splitBytes()))
                .orElseThrow(() -> new ConnectException(
                        "offsets cannot be judged, because the connector's configuration is wrong:" + problems));
    }

    /**
     * Takes offsets that make sense.
     *
     * @param offsets by their partitions; null: the offset is deleted
     * @throws ConnectException with all reasons why some make none
     */
    public void check(Map<Map<String, ?>, Map<String, ?>> offsets) {
        Map<String, List<String>> problems = new TreeMap<>();
        offsets.forEach((partition, offset) -> {
            List<String> ofPartition = problems(partition, offset);
            if (!ofPartition.isEmpty()) {
                problems.put(shown(partition), ofPartition);
            }
        });
        if (problems.isEmpty()) {
            return;
        }
        List<String> lines = problems.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(text -> entry.getKey() + ": " + text))
                .toList();
        Stream<String> more =
                lines.size() > MOST_SHOWN ? Stream.of("and " + (lines.size() - MOST_SHOWN) + " more") : Stream.of();
        throw new ConnectException(Stream.concat(
                        Stream.of("no offset was changed, because some make no sense:"),
                        Stream.concat(lines.stream().limit(MOST_SHOWN), more))
                .collect(Collectors.joining("\n")));
    }

    private List<String> problems(Map<String, ?> partition, Map<String, ?> offset) {
        Optional<Split> split = partition == null ? Optional.empty() : Split.ofPartition(partition);
        if (split.isEmpty()) {
            return List.of(
                    "expected a partition {\"%s\": \"LABEL:INODE.GENERATION/K\"}, such as {\"%s\": \"%s:1234.0/17\"}"
                            .formatted(Split.PARTITION_KEY, Split.PARTITION_KEY, label));
        }
        // What is deleted may be of another label or another size: those are of no use any more.
        if (offset == null) {
            return List.of();
        }
        Stream<String> ofLabel = split.get().file().label().equals(label)
                ? Stream.of()
                : Stream.of("the connector's storage.label is '%s', so it would never read the offset of '%s'"
                        .formatted(label, split.get().file().label()));
        List<String> problems = Stream.concat(
                        ofLabel, SplitOffsetCodec.problems(split.get(), offset, splitBytes).stream())
                .toList();
        return problems.isEmpty() ? endProblem(split.get(), offset).stream().toList() : problems;
    }

    /** The owners of the other splits wait for line ends of split 0, and behind its end nothing is read that would tell them. */
    private Optional<String> endProblem(Split split, Map<String, ?> offset) {
        SplitOffset parsed = SplitOffset.parse(split, offset, splitBytes);
        boolean isAtEnd = parsed.position().offset() >= split.endOffset(splitBytes);
        return split.number() == 0
                        && isAtEnd
                        && !parsed.isStrong()
                        && parsed.file().archiveEnd().isEmpty()
                ? Optional.of(
                        "it is the end of split 0 or behind it, and has no lineEnds by which the other splits could"
                                + " tell the file: leave lineEnds as GET shows it, or write an offset before the end")
                : Optional.empty();
    }

    private static String shown(Map<String, ?> partition) {
        return partition != null && partition.size() == 1 && partition.get(Split.PARTITION_KEY) instanceof String text
                ? "split '" + text + "'"
                : "partition " + partition;
    }
}
