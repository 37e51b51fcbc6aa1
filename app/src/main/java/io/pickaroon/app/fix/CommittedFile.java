package io.pickaroon.app.fix;

import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.processor.StretchFixer.Stretch;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a connector has committed a file, in its latest generation. Immutable.
 *
 * @param splits the offset of each split that has one, by number
 * @param problems what makes no sense in them, a line for each; then they are of no use
 */
record CommittedFile(FileKey key, SortedMap<Long, SplitOffset> splits, List<String> problems) {
    CommittedFile {
        splits = Collections.unmodifiableSortedMap(new TreeMap<>(splits));
        problems = List.copyOf(problems);
    }

    /** Why an open file is not, or may not be, the one that was read; empty if it is. */
    Optional<String> misfit(LogFile file) throws IOException {
        if (splits.values().stream()
                .noneMatch(
                        offset -> offset.born().isPresent() || offset.lineEnds().lengthBytes() > 0)) {
            return Optional.of("no offset of it tells more than its inode number, which other files had or will have");
        }
        for (Map.Entry<Long, SplitOffset> split : splits.entrySet()) {
            SplitOffset offset = split.getValue();
            switch (offset.fitOf(file)) {
                case FITS -> {
                    // And so have to the others.
                }
                case SHORTER -> {
                    return Optional.of("it has %d bytes, and %s is committed up to %d: it was truncated"
                            .formatted(
                                    file.sizeBytes(),
                                    text(split.getKey()),
                                    offset.position().offset()));
                }
                case OTHER -> {
                    return Optional.of("it is another file, or has other content, than what was read as %s up to %d"
                            .formatted(text(split.getKey()), offset.position().offset()));
                }
            }
        }
        return Optional.empty();
    }

    /** What is delivered, in the order of the file. */
    List<Stretch> stretches() {
        List<Stretch> stretches = new ArrayList<>();
        splits.forEach((number, offset) -> {
            Split split = new Split(key, number);
            long startOffset = split.startOffset(offset.splitBytes());
            long reached = offset.position().offset();
            // Past its end no record of it begins, but its last one may end there.
            long endOffset = Math.min(reached, split.endOffset(offset.splitBytes()));
            long limitOffset = offset.position().startsRecord() ? reached : Long.MAX_VALUE;
            if (endOffset > startOffset) {
                stretches.add(new Stretch(Math.toIntExact(number), startOffset, endOffset, limitOffset));
            }
        });
        return stretches;
    }

    /** Fingerprints of the rules whose matches were sent in a stretch; none if that is not known. */
    Set<String> rules(Stretch stretch) {
        return splits.get((long) stretch.number()).rules();
    }

    /** The text of one of its splits. */
    String text(long number) {
        return new Split(key, number).toString();
    }

    /** Whether it was read, at least in part, under another name than this one. */
    boolean hadOtherName(Path file) {
        String name = name(NativePath.printable(file));
        return splits.values().stream()
                .map(SplitOffset::path)
                .filter(path -> !path.isEmpty())
                .anyMatch(path -> !name(path).equals(name));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
