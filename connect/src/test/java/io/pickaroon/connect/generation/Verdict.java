package io.pickaroon.connect.generation;

import io.pickaroon.connect.read.SplitReader;
import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a schedule has come to, when nothing changes any more and everything was read.
 *
 * @param keepsParts whether truncations have left parts of files: those may be emitted again, so only loss and agreement are
 *     checked then
 */
record Verdict(
        List<SimulatedFile> live,
        List<SimulatedFile> all,
        List<OffsetLog.Emitted> emitted,
        List<SimulatedTask> tasks,
        boolean keepsParts) {

    void require() {
        live.forEach(this::requireAgreed);
        if (!keepsParts) {
            requireOnce();
            requireOneContentEach();
        }
    }

    /** All owners read the same generation of a file, and everything of it is emitted under that. */
    private void requireAgreed(SimulatedFile file) {
        Set<FileKey> keys = new HashSet<>();
        for (SimulatedTask task : tasks) {
            for (Split split : task.own(file)) {
                SplitReader reader = task.reader(file, split.number())
                        .orElseThrow(() -> new AssertionError(
                                "nobody reads split %d of inode %d".formatted(split.number(), file.inode)));
                keys.add(reader.split().file());
            }
        }
        require(keys.size() == 1, "generations of one file: " + keys);
        FileKey key = keys.iterator().next();
        long splitBytes = tasks.getFirst().plan().splitBytes();
        Set<OffsetLog.Emitted> there = new HashSet<>(emitted);
        file.records().forEach((offset, text) -> {
            OffsetLog.Emitted expected = new OffsetLog.Emitted(new Split(key, offset / splitBytes), offset, text);
            require(there.contains(expected) || file.cuts().contains(offset), "lost: " + expected);
        });
    }

    private void requireOnce() {
        Set<String> texts = new HashSet<>();
        for (OffsetLog.Emitted each : emitted) {
            require(texts.add(each.text()), "twice: " + each);
        }
    }

    /** What was emitted under one generation stood together in one file at one time. */
    private void requireOneContentEach() {
        Map<FileKey, List<OffsetLog.Emitted>> generations = new HashMap<>();
        emitted.forEach(each -> generations
                .computeIfAbsent(each.split().file(), _ -> new ArrayList<>())
                .add(each));
        generations.forEach((key, records) -> {
            boolean stoodTogether = all.stream()
                    .filter(file -> file.inode == key.inode())
                    .flatMap(file -> file.versions().stream())
                    .anyMatch(version ->
                            records.stream().allMatch(each -> each.text().equals(version.get(each.offset()))));
            require(stoodTogether, "several contents under " + key + ": " + records);
        });
    }

    private static void require(boolean isKept, String otherwise) {
        if (!isKept) {
            throw new AssertionError(otherwise);
        }
    }
}
