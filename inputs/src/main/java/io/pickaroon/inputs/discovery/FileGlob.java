package io.pickaroon.inputs.discovery;

import io.pickaroon.config.glob.Glob;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.PatternSyntaxException;

/**
 * A {@link Glob} for files. Directories are searched only where the pattern may have files. Links to directories are
 * followed, also by {@code **} (unlike in bash); one that leads to a directory above itself adds nothing.
 *
 * <p>{@code .} and {@code ..} in a pattern are resolved as text.
 */
public final class FileGlob {
    private static final String META_CHARACTERS = "*?[{\\";

    private final boolean nameOnly;
    private final List<Glob> alternatives;

    private FileGlob(String pattern, boolean nameOnly, UnaryOperator<String> absolute) {
        this.nameOnly = nameOnly;
        try {
            this.alternatives = Glob.alternatives(pattern).stream()
                    .map(absolute)
                    .map(Glob::of)
                    .toList();
        } catch (PatternSyntaxException e) {
            throw new DiscoveryException("'%s' is no pattern for files: %s".formatted(pattern, e.getDescription()), e);
        }
    }

    /**
     * A pattern for whole paths; a relative one is taken from the working directory.
     *
     * @throws DiscoveryException if it is no glob
     */
    public static FileGlob ofPath(String pattern, Path workingDirectory) {
        return new FileGlob(
                pattern,
                false,
                glob -> withoutDots(glob.startsWith("/") ? glob : literal(workingDirectory) + "/" + glob));
    }

    /** Whether a pattern is one path, without wildcards. */
    static boolean isPath(String pattern) {
        return pattern.chars().noneMatch(c -> META_CHARACTERS.indexOf(c) >= 0);
    }

    /**
     * As {@link #ofPath}, but a pattern without a slash is for the file's name alone.
     *
     * @throws DiscoveryException if it is no glob
     */
    public static FileGlob ofNameOrPath(String pattern, Path workingDirectory) {
        return pattern.indexOf('/') < 0
                ? new FileGlob(pattern, true, UnaryOperator.identity())
                : ofPath(pattern, workingDirectory);
    }

    public boolean matches(Path file) {
        String subject = NativePath.text(nameOnly ? file.getFileName() : file);
        return alternatives.stream().anyMatch(glob -> glob.matches(subject));
    }

    /** Takes what a search comes to, links followed, in no particular order. */
    interface Visitor {
        /** A directory in which files that match may be; also the first one though it does not exist. */
        void entered(Path directory);

        /**
         * A regular file of such a directory.
         *
         * @param matches whether it is one of the pattern's
         */
        void file(Path file, BasicFileAttributes attributes, boolean matches);

        /** A directory or file that cannot be read. */
        void unreadable(Path path, IOException e);
    }

    /** Searches; what several alternatives of the pattern have, is visited once for each. */
    void find(Visitor visitor) throws IOException {
        for (Glob glob : alternatives) {
            Path start = NativePath.of(glob.commonDirectory());
            if (Files.isDirectory(start)) {
                Files.walkFileTree(
                        start, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Search(glob, visitor));
            } else {
                visitor.entered(start);
            }
        }
    }

    private static final class Search extends SimpleFileVisitor<Path> {
        private final Glob glob;
        private final Visitor visitor;

        Search(Glob glob, Visitor visitor) {
            this.glob = glob;
            this.visitor = visitor;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (!glob.mayBeBelow(NativePath.text(directory))) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            visitor.entered(directory);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                visitor.file(file, attributes, glob.matches(NativePath.text(file)));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            boolean isMissed = glob.matches(NativePath.text(file)) || glob.mayBeBelow(NativePath.text(file));
            if (isMissed && !(e instanceof FileSystemLoopException)) {
                visitor.unreadable(file, e);
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private static String withoutDots(String pattern) {
        Deque<String> steps = new ArrayDeque<>();
        for (String step : pattern.split("/")) {
            if (step.equals("..")) {
                steps.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return "/" + String.join("/", steps);
    }

    /** The pattern that this path alone matches. */
    public static String literal(Path directory) {
        StringBuilder escaped = new StringBuilder();
        for (char c : NativePath.text(directory).toCharArray()) {
            if (META_CHARACTERS.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }
}
