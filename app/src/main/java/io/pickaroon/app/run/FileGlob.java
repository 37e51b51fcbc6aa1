package io.pickaroon.app.run;

import io.pickaroon.app.terminal.UserError;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * A pattern for paths, as {@link FileSystem#getPathMatcher} defines globs, with one thing more: a {@code **} between two
 * slashes stands for no directory too, so that {@code /logs/**}{@code /*.log} has {@code /logs/a.log}.
 *
 * <p>{@code .} and {@code ..} in a pattern are resolved as text.
 */
final class FileGlob {
    private static final String META_CHARACTERS = "*?[{\\";

    private final Path start;
    private final int depth;
    private final boolean nameOnly;
    private final List<PathMatcher> matchers;

    private FileGlob(String absolute, boolean nameOnly, FileSystem files) {
        this.nameOnly = nameOnly;
        this.matchers = Stream.of(absolute, absolute.replace("/**/", "/"))
                .map(glob -> files.getPathMatcher("glob:" + glob))
                .toList();
        List<String> steps = List.of(absolute.split("/"));
        int plain = 0;
        while (plain < steps.size() - 1 && isPlain(steps.get(plain))) {
            plain++;
        }
        this.start = files.getPath(String.join("/", steps.subList(0, plain)) + "/");
        this.depth = absolute.contains("**") || absolute.contains("{") ? Integer.MAX_VALUE : steps.size() - plain;
    }

    /**
     * A pattern for whole paths; a relative one is taken from the working directory.
     *
     * @throws UserError if it is no glob
     */
    static FileGlob ofPath(String pattern, Path workingDirectory) {
        String absolute = pattern.startsWith("/") ? pattern : literal(workingDirectory) + "/" + pattern;
        return create(withoutDots(absolute), false, workingDirectory);
    }

    /** Whether a pattern is one path, without wildcards. */
    static boolean isPath(String pattern) {
        return isPlain(pattern);
    }

    /**
     * As {@link #ofPath}, but a pattern without a slash is for the file's name alone.
     *
     * @throws UserError if it is no glob
     */
    static FileGlob ofNameOrPath(String pattern, Path workingDirectory) {
        return pattern.indexOf('/') < 0 ? create(pattern, true, workingDirectory) : ofPath(pattern, workingDirectory);
    }

    private static FileGlob create(String pattern, boolean nameOnly, Path workingDirectory) {
        try {
            return new FileGlob(pattern, nameOnly, workingDirectory.getFileSystem());
        } catch (PatternSyntaxException e) {
            throw new UserError("'%s' is no pattern for files: %s".formatted(pattern, e.getDescription()), e);
        }
    }

    boolean matches(Path file) {
        Path subject = nameOnly ? file.getFileName() : file;
        return matchers.stream().anyMatch(matcher -> matcher.matches(subject));
    }

    /**
     * Hands over every regular file that matches, links followed, in no particular order.
     *
     * @param entered told of every directory in which such files may be
     * @param unreadable told of directories and files that cannot be looked at
     */
    void find(Consumer<Path> found, Consumer<Path> entered, Consumer<IOException> unreadable) throws IOException {
        if (!Files.isDirectory(start)) {
            return;
        }
        Files.walkFileTree(start, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                entered.accept(directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && matches(file)) {
                    found.accept(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                unreadable.accept(e);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean isPlain(String step) {
        return step.chars().noneMatch(c -> META_CHARACTERS.indexOf(c) >= 0);
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

    private static String literal(Path directory) {
        StringBuilder escaped = new StringBuilder();
        for (char c : directory.toString().toCharArray()) {
            if (META_CHARACTERS.indexOf(c) >= 0 || c == ']' || c == '}') {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }
}
