package io.pickaroon.app.plan;

import io.pickaroon.app.forecast.Watcher;
import io.pickaroon.app.page.ChangeMap;
import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.scan.EditBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where changes lie in each file that has some. Thread-safe; what it returns is not to be used before the run has ended. */
final class ChangeMaps implements Watcher {
    private final Map<String, OfFile> files = new LinkedHashMap<>();

    private static final class OfFile {
        final Path path;
        final ChangeMap map = new ChangeMap();
        long sizeBytes;

        OfFile(Path path) {
            this.path = path;
        }
    }

    @Override
    public synchronized void fixed(FixedWindow fixed) {
        if (fixed.tally().edits() == 0) {
            return;
        }
        ScannedWindow window = fixed.delivered().scanned();
        OfFile file = files.computeIfAbsent(
                window.file().identity().toString(),
                _ -> new OfFile(window.file().path()));
        file.sizeBytes = Math.max(file.sizeBytes, window.sizeBytes());
        EditBatch edits = window.edits();
        for (int edit = 0; edit < edits.size(); edit++) {
            if (isDifference(edits, edit)) {
                file.map.add(edits.offset(edit));
            }
        }
    }

    /** False for a mask over what was masked before. */
    static boolean isDifference(EditBatch edits, int edit) {
        int before = edits.oldStart(edit);
        int after = edits.newStart(edit);
        int length = edits.length(edit);
        return !Arrays.equals(edits.array(), before, before + length, edits.array(), after, after + length);
    }

    /** Of a file, by its identity as messages have it; covers all of the file. Empty if nothing changes in it. */
    synchronized Optional<ChangeMap> of(String identity) {
        OfFile file = files.get(identity);
        if (file == null) {
            return Optional.empty();
        }
        file.map.cover(file.sizeBytes);
        return Optional.of(file.map);
    }

    /** Size of a file that has changes, in bytes; 0 of another one. */
    synchronized long sizeBytes(String identity) {
        OfFile file = files.get(identity);
        return file == null ? 0 : file.sizeBytes;
    }

    /** The files that have changes. */
    synchronized List<Path> files() {
        List<Path> paths = new ArrayList<>();
        files.values().forEach(file -> paths.add(file.path));
        return paths;
    }
}
