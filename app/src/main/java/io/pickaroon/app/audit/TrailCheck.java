package io.pickaroon.app.audit;

import io.pickaroon.app.configuration.AuditTrails;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.terminal.Progress;
import io.pickaroon.app.terminal.ProgressDisplay;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.audit.TrailHead;
import io.pickaroon.processor.audit.TrailPlace;
import io.pickaroon.processor.audit.TrailScan.LineVisitor;
import io.pickaroon.processor.audit.TrailVerifier;
import io.pickaroon.processor.audit.TrailVerifier.Verdict;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Says whether an audit trail is sound. */
final class TrailCheck {
    private TrailCheck() {}

    /** Returns the exit code. */
    static int run(Terminal terminal, Path file, Optional<Path> keyFile, Optional<Path> checkpoint) throws IOException {
        Optional<TrailPlace> head = Optional.empty();
        if (checkpoint.isPresent()) {
            head = Optional.of(head(file, checkpoint.get()));
        }
        Verdict verdict = verify(terminal, file, keyFile, head, (_, _, _, _, _) -> {});
        if (verdict.problem().isEmpty()) {
            terminal.text()
                    .println("%s: sound; %s%s"
                            .formatted(
                                    NativePath.printable(file),
                                    words(verdict),
                                    checkpoint.isPresent() ? ", and where the checkpoint says that it was" : ""));
        }
        return say(terminal, verdict);
    }

    /** Checks a trail, and shows its lines to a visitor; a terminal shows how far it has come. */
    static Verdict verify(
            Terminal terminal, Path file, Optional<Path> keyFile, Optional<TrailPlace> head, LineVisitor visitor)
            throws IOException {
        Optional<byte[]> key = Optional.empty();
        if (keyFile.isPresent()) {
            key = Optional.of(AuditTrails.key(keyFile.get()));
        }
        try {
            TrailVerifier verifier = new TrailVerifier(file, key);
            if (!terminal.errorsAreSeen()) {
                return verifier.verify(head, visitor);
            }
            try (ProgressDisplay _ = new ProgressDisplay(
                    terminal, () -> new Progress(verifier.doneBytes(), verifier.totalBytes(), Progress.NO_MATCHES))) {
                return verifier.verify(head, visitor);
            }
        } catch (NoSuchFileException e) {
            throw new UserError(NativePath.printable(file) + ": there is no audit trail", e);
        }
    }

    /** How much of a trail there is. */
    static String words(Verdict verdict) {
        int files = verdict.files().size();
        return "%s lines in %s"
                .formatted(
                        Quantities.count(verdict.lines()), files == 1 ? "1 file" : Quantities.count(files) + " files");
    }

    /** Says what is to be said of a trail beside its lines; returns the exit code. */
    static int say(Terminal terminal, Verdict verdict) {
        verdict.notes().forEach(note -> terminal.errors().println("pickaroon: " + note));
        if (verdict.problem().isEmpty()) {
            return ExitCode.DONE;
        }
        terminal.errors()
                .println("pickaroon: %s. Lines before it: %s, which are sound"
                        .formatted(verdict.problem().get(), Quantities.count(verdict.lines())));
        return ExitCode.FAILED;
    }

    private static TrailPlace head(Path file, Path checkpoint) throws IOException {
        TrailHead head;
        try {
            head = CheckpointFile.inspect(checkpoint)
                    .checkpoint()
                    .flatMap(kept -> kept.section(TrailHead.SECTION))
                    .flatMap(TrailHead::decode)
                    .orElseThrow(() -> new UserError(
                            NativePath.printable(checkpoint) + ": this checkpoint knows of no audit trail"));
        } catch (NoSuchFileException e) {
            throw new UserError(NativePath.printable(checkpoint) + ": there is no checkpoint", e);
        }
        Path known = head.place().file();
        if (!known.getFileName().equals(file.toAbsolutePath().getFileName())) {
            throw new UserError("%s: this checkpoint knows of another audit trail, %s"
                    .formatted(NativePath.printable(checkpoint), NativePath.printable(known)));
        }
        return head.place();
    }
}
