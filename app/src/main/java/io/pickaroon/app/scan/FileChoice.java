package io.pickaroon.app.scan;

import io.pickaroon.inputs.discovery.FileGlob;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Which files are read.
 *
 * @param named what was named, at least one; {@code -} is standard input, and an empty path the working directory
 * @param recursion what becomes of directories
 * @param included if there are some, a file has to match one of them
 * @param excluded no file that matches one of these is read
 * @param hidesErrors whether it is not said which files cannot be read
 */
record FileChoice(
        List<Path> named, Recursion recursion, List<FileGlob> included, List<FileGlob> excluded, boolean hidesErrors) {
    /** What becomes of directories. */
    enum Recursion {
        REFUSED,
        WITHOUT_LINKS,
        WITH_LINKS
    }

    /** True if there may be more than one. */
    boolean mayBeSeveral() {
        return named.size() > 1 || recursion != Recursion.REFUSED && Files.isDirectory(named.getFirst());
    }

    boolean takes(Path file) {
        return (included.isEmpty() || included.stream().anyMatch(glob -> glob.matches(file)))
                && excluded.stream().noneMatch(glob -> glob.matches(file));
    }

    /** How files that are found are looked at: links are followed or not. */
    LinkOption[] linkOptions() {
        return recursion == Recursion.WITH_LINKS ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    }
}
