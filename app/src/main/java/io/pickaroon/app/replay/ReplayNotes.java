package io.pickaroon.app.replay;

import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is not sent again although it was asked for, or may be sent although it never was, with the reason. For one thread. */
final class ReplayNotes {
    private static final int MOST_FILES = 5;

    private final Map<String, List<String>> leftOut = new LinkedHashMap<>();
    private final List<String> cut = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private boolean failed;

    /** Nothing of a file is sent. */
    void leftOut(Path file, String why) {
        leftOut.computeIfAbsent(why, _ -> new ArrayList<>()).add(NativePath.printable(file));
    }

    /** A file cannot be read. */
    void failed(Path file, IOException e) {
        failed = true;
        leftOut(file, "it cannot be read (%s)".formatted(e.getMessage()));
    }

    /** What was asked for of a file goes further than what is delivered. */
    void cut(Path file, long deliveredOffset) {
        cut.add("%s (offset %d)".formatted(NativePath.printable(file), deliveredOffset));
    }

    void add(String note) {
        others.add(note);
    }

    /** Whether a file could not be read. */
    boolean hasFailed() {
        return failed;
    }

    void print(PrintStream errors) {
        leftOut.forEach((why, files) -> errors.println("pickaroon: left out, %s: %s".formatted(why, names(files))));
        if (!cut.isEmpty()) {
            errors.println(
                    "pickaroon: sends up to where it is delivered, by the checkpoint; what lies behind that is left to"
                            + " the run: " + names(cut));
        }
        others.forEach(note -> errors.println("pickaroon: " + note));
    }

    private static String names(List<String> files) {
        String named = String.join(", ", files.subList(0, Math.min(MOST_FILES, files.size())));
        return files.size() <= MOST_FILES ? named : "%s and %d more".formatted(named, files.size() - MOST_FILES);
    }
}
