package io.pickaroon.app.fix;

import io.pickaroon.app.report.PreviewedChange;
import io.pickaroon.app.search.ReadingLimits;
import io.pickaroon.processor.LogSearch;
import io.pickaroon.processor.fix.FixTally;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.EditBatch;
import io.pickaroon.processor.scan.ScanTally;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.nio.file.Path;
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
            fixes[0] = fixes[0].plus(show(window, changes));
            return true;
        });
        return new FileOutcome(scanned, fixes[0]);
    }

    /** Passes on the changes of one window, and counts them. */
    static FixTally show(ScannedWindow window, Changes changes) throws IOException {
        EditBatch edits = window.edits();
        long wanted = 0;
        long bytes = 0;
        long already = 0;
        for (int edit = 0; edit < edits.size(); edit++) {
            PreviewedChange change = PreviewedChange.of(window, edit);
            if (change.isDifference()) {
                changes.accept(change);
                wanted++;
                bytes += edits.length(edit);
            } else {
                already++;
            }
        }
        return new FixTally(wanted, bytes, already, 0, edits.overlapping(), edits.protectedHead(), edits.otherLength());
    }
}
