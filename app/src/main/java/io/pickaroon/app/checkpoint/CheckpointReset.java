package io.pickaroon.app.checkpoint;

import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.inputs.discovery.FileGlob;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code pickaroon checkpoint reset}: has files read again from an offset on. */
final class CheckpointReset {
    /**
     * What the command line asks for.
     *
     * @param path the checkpoint
     * @param globs which files; empty: all
     * @param toOffset records that start here or later are read again
     * @param confirmed whether to do it; otherwise it is only said
     */
    record Request(Path path, List<String> globs, long toOffset, boolean confirmed) {}

    private final Terminal terminal;
    private final Request request;
    private final List<CheckpointedFile> chosen = new ArrayList<>();
    private boolean refused;

    private CheckpointReset(Terminal terminal, Request request) {
        this.terminal = terminal;
        this.request = request;
    }

    /** Returns the exit code. */
    static int run(Terminal terminal, Request request) throws IOException {
        if (request.toOffset() < 0) {
            throw new UserError("--to " + request.toOffset() + ": an offset is at least 0");
        }
        CheckpointChange.requireCheckpoint(request.path());
        return new CheckpointReset(terminal, request).run();
    }

    private int run() throws IOException {
        if (!request.confirmed()) {
            try (CheckpointFile checkpoint = CheckpointFile.open(request.path())) {
                choose(checkpoint);
                chosen.forEach(this::say);
            }
            if (!chosen.isEmpty() || request.globs().isEmpty()) {
                terminal.text()
                        .println("Matches that a fix has changed will not be found again."
                                + " What is sent again has the ids that it had.");
                terminal.errors().println("pickaroon: nothing was changed; to do it, say it again with --yes");
            }
            return ExitCode.USER_ERROR;
        }
        try (Recovery recovery = Recovery.of(request.path())) {
            CheckpointFile checkpoint = recovery.checkpoint();
            choose(checkpoint);
            if (request.globs().isEmpty() && request.toOffset() == 0) {
                checkpoint.progress().resetAll();
            }
            for (CheckpointedFile file : chosen) {
                checkpoint.progress().reset(file.identity(), to(), lineEnds(file));
            }
            checkpoint.commit();
            chosen.forEach(this::say);
        }
        return refused ? ExitCode.USER_ERROR : ExitCode.DONE;
    }

    private void choose(CheckpointFile checkpoint) {
        List<FileGlob> globs = request.globs().stream()
                .map(glob -> FileGlob.ofNameOrPath(glob, NativePath.workingDirectory()))
                .toList();
        boolean[] used = new boolean[globs.size()];
        checkpoint.current().entries().forEach((identity, entry) -> {
            boolean wanted = globs.isEmpty();
            for (int i = 0; i < used.length; i++) {
                if (globs.get(i).matches(entry.path())) {
                    used[i] = true;
                    wanted = true;
                }
            }
            if (wanted) {
                choose(CheckpointedFile.of(identity, entry));
            }
        });
        for (int i = 0; i < used.length; i++) {
            if (!used[i]) {
                throw new UserError("--file " + request.globs().get(i) + ": " + NativePath.printable(request.path())
                        + " knows no such file; 'pickaroon checkpoint show' lists those it knows");
            }
        }
    }

    private void choose(CheckpointedFile file) {
        long offset = file.entry().position().offset();
        if (request.toOffset() > offset) {
            refused = true;
            terminal.errors()
                    .println("pickaroon: %s: was read up to offset %d, which is before --to %d; it stays as it is"
                            .formatted(NativePath.printable(file.path()), offset, request.toOffset()));
        } else {
            chosen.add(file);
        }
    }

    private void say(CheckpointedFile file) {
        PrintStream out = terminal.text();
        long offset = file.entry().position().offset();
        String path = NativePath.printable(file.path());
        out.println(
                switch (file.state()) {
                    case MISSING, REPLACED -> path + ": is gone, nothing of it can be read again";
                    default ->
                        "%s: %d bytes are read again, from offset %d to %d"
                                .formatted(path, offset - request.toOffset(), request.toOffset(), offset);
                });
    }

    private Position to() {
        return new Position(request.toOffset(), request.toOffset() == 0);
    }

    /** Unknown where the file cannot be opened. */
    private LineEnds lineEnds(CheckpointedFile tracked) {
        try (LogFile file = LogFile.open(tracked.path())) {
            FileIdentity identity = file.identity();
            return identity.isSameInode(tracked.identity())
                    ? LineEnds.before(file, request.toOffset())
                    : LineEnds.UNKNOWN;
        } catch (IOException cannotTell) {
            return LineEnds.UNKNOWN;
        }
    }
}
