package io.pickaroon.app.checkpoint;

import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Prints what there is to say about a checkpoint, and returns the exit code. */
final class CheckpointReport {
    private CheckpointReport() {}

    static int show(Terminal terminal, Path path, boolean json) throws IOException {
        CheckpointView view = view(path);
        PrintStream out = terminal.text();
        if (json) {
            out.println(view.json());
        } else {
            out.println(NativePath.printable(path) + ": " + view.slots());
            if (view.problem().isEmpty()) {
                out.print(view.table());
                out.print(view.instance());
                out.print(view.journal());
            }
        }
        return reportProblem(terminal, view);
    }

    static int fsck(Terminal terminal, Path path) throws IOException {
        CheckpointView view = view(path);
        PrintStream out = terminal.text();
        if (view.problem().isEmpty()) {
            out.println(NativePath.printable(path) + ": sound; " + view.slots());
            out.print(view.instance());
            out.print(view.journal());
            out.print(view.afterRestart());
        }
        return reportProblem(terminal, view);
    }

    private static int reportProblem(Terminal terminal, CheckpointView view) {
        if (view.problem().isEmpty()) {
            return ExitCode.DONE;
        }
        terminal.errors().println("pickaroon: " + view.problem().get());
        return ExitCode.FAILED;
    }

    private static CheckpointView view(Path path) throws IOException {
        try {
            return CheckpointView.of(path);
        } catch (NoSuchFileException e) {
            throw new UserError(
                    NativePath.printable(path)
                            + ": there is no checkpoint; one is made when a run first uses that path",
                    e);
        }
    }
}
