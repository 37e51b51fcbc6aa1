package io.pickaroon.app.input;

import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The way that a path leads through symbolic links, step by step. Each directory is judged before a name is looked up in it: where
 * others than root and this user can write to none of them, nobody else can have had the path lead elsewhere, neither before nor
 * meanwhile.
 *
 * @param end where it leads, without links; there need not be a file
 * @param writable the first directory on the way that others can write to, or that is another user's
 */
record LinkedWay(Path end, Optional<Path> writable) {
    /** Number of links that the kernel follows. */
    private static final int MOST_LINKS = 40;

    private static final int OTHERS_CAN_WRITE = 0022;

    /**
     * Walks it.
     *
     * @param path absolute
     * @param isTrusted whether a directory is not judged
     * @throws IOException if a directory cannot be looked at, or links lead in a circle
     */
    static LinkedWay of(Path path, Predicate<Path> isTrusted) throws IOException {
        Deque<Path> left = new ArrayDeque<>();
        path.forEach(left::addLast);
        Path at = path.getRoot();
        Optional<Path> writable = writable(at, isTrusted);
        for (int links = 0; !left.isEmpty(); ) {
            Path name = left.removeFirst();
            Path next = at.resolve(name);
            if (name.toString().equals("..")) {
                at = at.getParent() == null ? at : at.getParent();
            } else if (Files.isSymbolicLink(next)) {
                links++;
                if (links > MOST_LINKS) {
                    throw new FileSystemLoopException(NativePath.printable(path));
                }
                Path target = Files.readSymbolicLink(next);
                for (int i = target.getNameCount() - 1; i >= 0; i--) {
                    left.addFirst(target.getName(i));
                }
                at = target.isAbsolute() ? target.getRoot() : at;
            } else if (!name.toString().equals(".")) {
                at = next;
                writable = writable.isPresent() || !Files.isDirectory(at) ? writable : writable(at, isTrusted);
            }
        }
        return new LinkedWay(at, writable);
    }

    private static Optional<Path> writable(Path directory, Predicate<Path> isTrusted) throws IOException {
        if (isTrusted.test(directory)) {
            return Optional.empty();
        }
        FileStatus status = FileStatus.ofNoFollow(directory);
        boolean isOurs = status.uid() == 0
                || status.uid() == FileStatus.of(Path.of("/proc/self")).uid();
        return isOurs && (status.mode() & OTHERS_CAN_WRITE) == 0 ? Optional.empty() : Optional.of(directory);
    }
}
