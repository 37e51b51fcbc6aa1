package io.pickaroon.app.fix;

import io.pickaroon.app.error.UserError;
import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.connect.split.SplitOffsetCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a connector has committed of the files of one storage, by inode number: of each file the latest generation that it
 * knows. Immutable.
 */
record CommittedFiles(Map<Long, CommittedFile> byInode) {
    CommittedFiles {
        byInode = Map.copyOf(byInode);
    }

    /**
     * Sorts offsets as Connect keeps them.
     *
     * @param wanted label of the storage; empty: the only one that there is
     * @throws UserError if there is not exactly one storage, or not that one, or splits of several sizes
     */
    static CommittedFiles of(Map<Split, Map<String, Object>> offsets, Optional<String> wanted) {
        Set<String> labels = offsets.keySet().stream()
                .map(split -> split.file().label())
                .collect(Collectors.toCollection(TreeSet::new));
        if (labels.isEmpty()) {
            return new CommittedFiles(Map.of());
        }
        if (wanted.isEmpty() && labels.size() > 1) {
            throw new UserError(
                    "the connector has offsets of several storages: %s; say with --storage-label which one the files are on"
                            .formatted(String.join(", ", labels)));
        }
        String label = wanted.orElseGet(() -> labels.iterator().next());
        if (!labels.contains(label)) {
            throw new UserError("--storage-label: the connector has no offsets of '%s', but of %s"
                    .formatted(label, String.join(", ", labels)));
        }
        Map<Split, Map<String, Object>> ofLabel = new HashMap<>();
        Map<Long, Integer> generations = new HashMap<>();
        offsets.forEach((split, offset) -> {
            if (split.file().label().equals(label)) {
                ofLabel.put(split, offset);
                generations.merge(split.file().inode(), split.file().generation(), Math::max);
            }
        });
        long splitBytes = splitBytes(ofLabel);
        Map<Long, Map<Long, Map<String, Object>>> byInode = new HashMap<>();
        ofLabel.forEach((split, offset) -> {
            if (split.file().generation() == generations.get(split.file().inode())) {
                byInode.computeIfAbsent(split.file().inode(), _ -> new TreeMap<>())
                        .put(split.number(), offset);
            }
        });
        Map<Long, CommittedFile> files = new HashMap<>();
        byInode.forEach((inode, splits) ->
                files.put(inode, file(new FileKey(label, inode, generations.get(inode)), splits, splitBytes)));
        return new CommittedFiles(files);
    }

    private static long splitBytes(Map<Split, Map<String, Object>> offsets) {
        Set<Long> sizes = offsets.values().stream()
                .map(offset -> offset.get("splitBytes"))
                .filter(Objects::nonNull)
                .filter(Number.class::isInstance)
                .map(size -> ((Number) size).longValue())
                .collect(Collectors.toCollection(TreeSet::new));
        if (sizes.size() != 1) {
            throw new UserError(
                    sizes.isEmpty()
                            ? "no offset of the connector says 'splitBytes', so it is not known what they mean; let it"
                                    + " commit once more"
                            : "the offsets of the connector are of splits of several sizes: " + sizes
                                    + "; delete those that are no longer of use");
        }
        return sizes.iterator().next();
    }

    private static CommittedFile file(FileKey key, Map<Long, Map<String, Object>> splits, long splitBytes) {
        List<String> problems = new ArrayList<>();
        TreeMap<Long, SplitOffset> read = new TreeMap<>();
        splits.forEach((number, offset) -> {
            Split split = new Split(key, number);
            List<String> ofSplit = SplitOffsetCodec.problems(split, offset, splitBytes);
            ofSplit.forEach(problem -> problems.add("offset of " + split + ": " + problem));
            if (number > Integer.MAX_VALUE) {
                problems.add("offset of " + split + ": there are too many splits");
            } else if (ofSplit.isEmpty()) {
                read.put(number, SplitOffset.parse(split, offset, splitBytes));
            }
        });
        return new CommittedFile(key, read, problems);
    }

    /** What is committed of the file with this inode number. */
    Optional<CommittedFile> of(long inode) {
        return Optional.ofNullable(byInode.get(inode));
    }
}
