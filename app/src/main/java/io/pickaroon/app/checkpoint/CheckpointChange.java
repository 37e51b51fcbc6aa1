package io.pickaroon.app.checkpoint;

import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.checkpoint.Checkpoint;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.delivery.HostName;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Changes of a checkpoint that no run is using. What a fix left half done is finished first, as at a start. */
final class CheckpointChange {
    private CheckpointChange() {}

    /** A checkpoint is never made by what is to change one. */
    static void requireCheckpoint(Path path) {
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new UserError(NativePath.printable(path)
                    + ": there is no checkpoint; one is made when a run first uses that path");
        }
    }

    static int newInstance(Terminal terminal, Path path) throws IOException {
        requireCheckpoint(path);
        try (Recovery recovery = Recovery.of(path)) {
            CheckpointFile checkpoint = recovery.checkpoint();
            Instance before = checkpoint.instance();
            Instance fresh = Instance.fresh(HostName.local(), Standing.INDEPENDENT, new SecureRandom())
                    .withResets(checkpoint.current().highestResets());
            boolean mayRepeatAnOrder = before.standing() == Standing.HELD;
            checkpoint.progress().keep(mayRepeatAnOrder ? fresh.withAdopted(before.adopted()) : fresh);
            checkpoint.commit();
            terminal.text()
                    .println(
                            "%s: is %s under the name %s now; it was %s under the name %s. The places in its files stay."
                                    .formatted(
                                            NativePath.printable(path),
                                            fresh.checkpointIdText(),
                                            fresh.name(),
                                            before.checkpointIdText(),
                                            before.name()));
        }
        return ExitCode.DONE;
    }

    static int downgrade(Terminal terminal, Path path) throws IOException {
        requireCheckpoint(path);
        try (Recovery recovery = Recovery.of(path)) {
            CheckpointFile checkpoint = recovery.checkpoint();
            Instance instance = checkpoint.instance();
            Checkpoint written = checkpoint.downgrade();
            terminal.text()
                    .println(NativePath.printable(path) + ": has the format of the version before this one now.");
            terminal.text()
                    .println("Lost: its identity, the first start of each input, which rules it had, reset numbers.");
            if (written.hasPendingResets()) {
                terminal.text()
                        .println("Lost: a reset that no destination was told of; positions in Kafka count instead.");
            }
            if (instance.standing() == Standing.HELD) {
                terminal.text()
                        .println(("Positions in Kafka are under the name %s. Give the older version 'instance: %s' in"
                                        + " its configuration, or it sends again what followed the last checkpoint.")
                                .formatted(instance.name(), instance.name()));
            }
            if (instance.standing() == Standing.INDEPENDENT) {
                terminal.text()
                        .println(("It goes by no name yet, and the older version would take the host's, with all that"
                                        + " was delivered under it. Give it 'instance: %s' in its configuration.")
                                .formatted(instance.name()));
            }
        }
        return ExitCode.DONE;
    }
}
