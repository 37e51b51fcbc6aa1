package io.pickaroon.connect.task;

import io.pickaroon.connect.generation.CommittedOffsets;
import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * The committed offsets, as the worker reads them: each question goes to the end of the topic that holds them, so many are asked
 * at once. For one thread.
 */
final class WorkerOffsets implements CommittedOffsets {
    /** Their offsets stay when an inode is given to other files: without one in them nothing was ever committed under it. */
    static final int FIRST_GENERATIONS = 4;

    private final OffsetStorageReader reader;
    private final long splitBytes;
    private final Map<Split, SplitOffset> known = new HashMap<>();
    private final Set<Split> asked = new HashSet<>();

    WorkerOffsets(OffsetStorageReader reader, long splitBytes) {
        this.reader = reader;
        this.splitBytes = splitBytes;
    }

    /** Reads what is going to be asked for. It is kept until it is {@link #forget forgotten}. */
    void readAhead(Collection<Split> splits) {
        known.putAll(read(splits));
        asked.addAll(splits);
    }

    /** From now on offsets are read anew. */
    void forget() {
        known.clear();
        asked.clear();
    }

    @Override
    public Map<Split, SplitOffset> of(Collection<Split> splits) {
        if (!asked.containsAll(splits)) {
            readAhead(splits);
        }
        return splits.stream()
                .distinct()
                .filter(known::containsKey)
                .collect(Collectors.toMap(split -> split, known::get));
    }

    /** Inode numbers of the files that have an offset of split 0 in one of the first generations. */
    Set<Long> committedInodes(Collection<FileKey> files) {
        List<Split> first = files.stream()
                .flatMap(file -> IntStream.range(0, FIRST_GENERATIONS)
                        .mapToObj(generation -> new Split(file.ofGeneration(generation), 0)))
                .toList();
        return of(first).keySet().stream().map(split -> split.file().inode()).collect(Collectors.toUnmodifiableSet());
    }

    private Map<Split, SplitOffset> read(Collection<Split> splits) {
        List<Map<String, String>> partitions =
                splits.stream().map(Split::partition).toList();
        Map<Split, SplitOffset> offsets = new HashMap<>();
        reader.offsets(partitions).forEach((partition, offset) -> {
            if (offset != null) {
                Split split = Split.ofPartition(partition).orElseThrow();
                offsets.put(split, parsed(split, offset));
            }
        });
        return offsets;
    }

    private SplitOffset parsed(Split split, Map<String, Object> offset) {
        try {
            return SplitOffset.parse(split, offset, splitBytes);
        } catch (IllegalArgumentException e) {
            throw new ConnectException(
                    "the committed offset of split '%s' cannot be used: %s".formatted(split, e.getMessage()), e);
        }
    }
}
