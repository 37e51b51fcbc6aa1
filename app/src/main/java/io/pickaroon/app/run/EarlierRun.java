package io.pickaroon.app.run;

import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.terminal.NamedPath;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.config.settings.CheckpointSettings;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.metrics.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The run before this one, as the checkpoint shows it: a run that finds nothing new says since when, and how to read again.
 *
 * @param checkpoint as the configuration has it
 * @param ended when the checkpoint was last written
 */
record EarlierRun(Path checkpoint, Instant ended) {
    /** The one whose checkpoint is there now; empty if there is none. Called before the checkpoint is opened. */
    static Optional<EarlierRun> of(RunPlan plan) {
        return plan.settings().checkpoint().map(CheckpointSettings::path).flatMap(EarlierRun::of);
    }

    private static Optional<EarlierRun> of(Path checkpoint) {
        try {
            Instant written =
                    Files.getLastModifiedTime(NamedPath.reachable(checkpoint)).toInstant();
            return Optional.of(new EarlierRun(checkpoint, written.truncatedTo(ChronoUnit.SECONDS)));
        } catch (IOException thereIsNone) {
            return Optional.empty();
        }
    }

    /**
     * What to say at the end of a run to the end of the files; empty if it has found something.
     *
     * @param resumedBytes what lies before the places from which the files were read
     */
    Optional<String> nothingNew(Ledger ledger, long resumedBytes) {
        long readBefore = resumedBytes + ledger.alreadyDelivered().bytes();
        if (ledger.seenByRules().bytes() > 0 || ledger.lostBytes() > 0 || readBefore == 0) {
            return Optional.empty();
        }
        return Optional.of(
                ("nothing new since %s, by when %s had been read; to read all of it again, and send again what"
                    + " matches, add --from-beginning; to choose files: pickaroon checkpoint reset %s --file GLOB")
                        .formatted(
                                ended,
                                Quantities.bytes(readBefore),
                                ByteText.shellWord(NativePath.printable(checkpoint))));
    }
}
