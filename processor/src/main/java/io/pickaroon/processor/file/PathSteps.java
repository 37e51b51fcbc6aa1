package io.pickaroon.processor.file;

import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The directories on the way to other ones, with symbolic links followed, and the names in them that are on the way: if
 * one of these names is added, removed or replaced, the path leads elsewhere.
 */
final class PathSteps {
    /** Number of links that the kernel follows. */
    private static final int MOST_LINKS = 40;

    private final Map<Path, Set<ByteBuffer>> names = new LinkedHashMap<>();
    private final Map<Path, Optional<Path>> links = new HashMap<>();
    private final Set<Path> walked = new HashSet<>();

    /** Adds the way to a directory, whether or not it exists. */
    void add(Path directory) {
        walk(directory.toAbsolutePath(), 0);
    }

    private void walk(Path path, int linksFollowed) {
        Path parent = path.getParent();
        if (parent == null || linksFollowed > MOST_LINKS || !walked.add(path)) {
            return;
        }
        Path before = path.getRoot();
        for (int i = 0; i < path.getNameCount(); i++) {
            Path step = before.resolve(path.getName(i));
            names.computeIfAbsent(before, _ -> new HashSet<>()).add(ByteBuffer.wrap(NativePath.bytes(path.getName(i))));
            Optional<Path> target = links.computeIfAbsent(step, PathSteps::target);
            if (target.isPresent()) {
                Path rest = i + 1 < path.getNameCount() ? path.subpath(i + 1, path.getNameCount()) : Path.of("");
                walk(before.resolve(target.get()).resolve(rest).normalize(), linksFollowed + 1);
                return;
            }
            before = step;
        }
    }

    private static Optional<Path> target(Path step) {
        try {
            return Files.isSymbolicLink(step) ? Optional.of(Files.readSymbolicLink(step)) : Optional.empty();
        } catch (IOException goneMeanwhile) {
            return Optional.empty();
        }
    }

    /** The directories, those nearer to the root first, and the names in each. */
    Map<Path, Set<ByteBuffer>> names() {
        return names;
    }
}
