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
 * @param includesOldNames whether the input has the names that rotated files get
 */
record TaskVerdict(List<WrittenLog> live, List<WrittenLog> all, FakeWorker worker, boolean includesOldNames) {
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
        Optional<Split> latest = worker.offsets().keySet().stream()
                .map(partition -> Split.ofPartition(partition).orElseThrow())
                .filter(split -> split.file().inode() == log.inode && split.number() == 0)
                .max(Comparator.comparingInt(split -> split.file().generation()));
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
                    && offset.isStrong()
                    && offset.lineEnds().areStillIn(file, offset.position().offset());
        }
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
