package io.pickaroon.connect.task;

import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * What a schedule has come to, when nothing changes any more and everything was read.
 *
 * @param found inodes of files that were found by the owner of their split 0
 * @param includesOldNames whether the input has the names that rotated files get
 * @param isBirthKnown whether all hosts can tell when files were made
 */
record TaskVerdict(
        List<WrittenLog> live,
        List<WrittenLog> all,
        FakeWorker worker,
        Set<Long> found,
        boolean includesOldNames,
        boolean isBirthKnown) {
    private record Place(WrittenLog.Content content, long offset) {}

    /** Each record is there once and in order, and none is missing of the files that are there. */
    void require() throws IOException {
        Map<String, Place> written = new HashMap<>();
        all.stream()
                .flatMap(log -> log.contents().stream())
                .forEach(content ->
                        content.records().forEach((offset, text) -> written.put(text, new Place(content, offset))));
        Map<Split, Long> reached = new HashMap<>();
        Map<FileKey, WrittenLog.Content> contents = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (SourceRecord record : worker.records()) {
            String text = new String((byte[]) record.value(), StandardCharsets.UTF_8);
            Split split = Split.ofPartition(record.sourcePartition()).orElseThrow();
            Place place = written.get(text);
            require(place != null, "never written: " + text);
            require(seen.add(text), "twice: " + shown(text));
            require(
                    place.offset() / TaskWorld.SPLIT_BYTES == split.number(),
                    split + " has what is at " + place.offset());
            Long before = reached.put(split, place.offset());
            require(before == null || before < place.offset(), "not in order in " + split + ": " + shown(text));
            WrittenLog.Content other = contents.putIfAbsent(split.file(), place.content());
            require(
                    other == null || other.equals(place.content()),
                    "several contents under " + split.file() + ": " + shown(text));
        }
        for (long inode : found) {
            require(latest(inode).isPresent(), "found, and nothing is committed under inode " + inode);
        }
        for (WrittenLog log : live) {
            if (isKnown(log)) {
                log.content()
                        .records()
                        .forEach((offset, text) -> require(
                                seen.contains(text), "lost: %s at %d of %s".formatted(shown(text), offset, log)));
            }
        }
    }

    /** Of a renamed file that no input has, only what was committed tells that it is one of theirs. */
    private boolean isKnown(WrittenLog log) throws IOException {
        if (includesOldNames || log.path().toString().endsWith(".log")) {
            return true;
        }
        Optional<Split> latest = latest(log.inode);
        if (latest.isEmpty()) {
            return false;
        }
        SplitOffset offset = SplitOffset.parse(
                latest.get(), worker.offsets().get(latest.get().partition()), TaskWorld.SPLIT_BYTES);
        boolean isBornThen = offset.born()
                .filter(born -> born.toEpochMilli() != log.bornNanos / 1_000_000)
                .isEmpty();
        try (LogFile file = LogFile.open(log.path())) {
            return isBornThen
                    && (offset.isStrong() || isBirthKnown && offset.born().isPresent())
                    && offset.lineEnds().areStillIn(file, offset.position().offset());
        }
    }

    /** Split 0 in the latest generation of an inode. */
    private Optional<Split> latest(long inode) {
        return worker.offsets().keySet().stream()
                .map(partition -> Split.ofPartition(partition).orElseThrow())
                .filter(split -> split.file().inode() == inode && split.number() == 0)
                .max(Comparator.comparingInt(split -> split.file().generation()));
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(14, text.length()));
    }

    private static void require(boolean isKept, String otherwise) {
        if (!isKept) {
            throw new AssertionError(otherwise);
        }
    }
}
