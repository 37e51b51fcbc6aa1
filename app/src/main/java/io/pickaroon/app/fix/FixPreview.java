package io.pickaroon.app.fix;

import io.pickaroon.app.search.ReadingLimits;
import io.pickaroon.processor.LogSearch;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.fix.FixTally;
import io.pickaroon.processor.scan.EditBatch;
import io.pickaroon.processor.scan.Rule;
import io.pickaroon.processor.scan.ScanTally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Finds what a fix would change in files, and changes nothing: files are opened for reading alone. */
public final class FixPreview {
    /** Takes the changes that a fix would make, in file order. */
    @FunctionalInterface
    public interface Changes {
        void accept(PreviewedChange change) throws IOException;
    }

    private final LogSearch search;

    public FixPreview(List<Rule> rules, ReadingLimits limits) {
        this.search = limits.search(rules);
    }

    /** What a fix would do with the file as it is now. */
    public FileOutcome preview(Path path, Changes changes) throws IOException {
        FixTally[] fixes = {FixTally.ZERO};
        ScanTally scanned = search.search(path, window -> {
            fixes[0] = fixes[0].plus(show(window.file(), window.edits(), changes));
            return true;
        });
        return new FileOutcome(scanned, fixes[0]);
    }

    private static FixTally show(LogFile file, EditBatch edits, Changes changes) throws IOException {
        long wanted = 0;
        long bytes = 0;
        long already = 0;
        for (int edit = 0; edit < edits.size(); edit++) {
            byte[] before = bytes(edits, edits.oldStart(edit), edit);
            byte[] after = bytes(edits, edits.newStart(edit), edit);
            if (Arrays.equals(before, after)) {
                already++;
                continue;
            }
            int record = edits.record(edit);
            changes.accept(new PreviewedChange(
                    file, edits.recordOffset(record), edits.recordLength(record), edits.offset(edit), before, after));
            wanted++;
            bytes += before.length;
        }
        return new FixTally(wanted, bytes, already, 0, edits.overlapping(), edits.protectedHead(), edits.otherLength());
    }

    private static byte[] bytes(EditBatch edits, int start, int edit) {
        return Arrays.copyOfRange(edits.array(), start, start + edits.length(edit));
    }
}
