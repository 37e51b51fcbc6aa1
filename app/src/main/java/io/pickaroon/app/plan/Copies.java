package io.pickaroon.app.plan;

import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What stands beside the files that fixes change: copies that keep what the fixes take away, other names of the same file, and files
 * that the kernel lets nobody change. Looks into the directories of the inputs alone, and changes nothing.
 */
final class Copies {
    /** What a copy is. */
    enum Kind {
        COMPRESSED("a compressed copy, which is never changed"),
        ROTATED("a rotated copy that no input has"),
        HARD_LINK("another name of the same file: its bytes change under both"),
        LINKED_ELSEWHERE(
                "has more names than were found in the directories of the inputs: its bytes change under all of them"),
        IMMUTABLE("is immutable: it cannot be opened for fixes; chattr -i"),
        APPEND_ONLY("is append-only: it cannot be opened for fixes; chattr -a");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** What it means, for people. */
        String words() {
            return words;
        }

        /** The word for programs. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One finding.
     *
     * @param path of the copy, or of the file itself
     * @param of the file that an input has
     */
    record Copy(Kind kind, Path path, Path of) {}

    private final Set<Path> inputs = new TreeSet<>();
    private final Set<Path> fixable = new TreeSet<>();
    private final Map<Path, List<Path>> listed = new HashMap<>();
    private final List<Copy> copies = new ArrayList<>();

    private Copies(RunPlan plan) {
        for (InputSettings input : plan.settings().inputs()) {
            List<Path> paths = plan.files().of(input.id()).stream()
                    .map(path -> NativePath.workingDirectory().resolve(path).normalize())
                    .toList();
            inputs.addAll(paths);
            if (plan.settings().rules().stream()
                    .anyMatch(rule -> rule.changesFiles() && rule.inputs().contains(input.id()))) {
                fixable.addAll(paths);
            }
        }
    }

    /** @param changed the files in which changes would be made */
    static List<Copy> of(RunPlan plan, Collection<Path> changed) {
        Copies copies = new Copies(plan);
        copies.findFacts();
        copies.findSiblings(changed);
        return List.copyOf(copies.copies);
    }

    private void findFacts() {
        Map<Object, Path> linked = new HashMap<>();
        Map<Path, Integer> missing = new TreeMap<>();
        for (Path path : fixable) {
            try {
                FileStatus status = FileStatus.of(path);
                if (status.isImmutable()) {
                    copies.add(new Copy(Kind.IMMUTABLE, path, path));
                } else if (status.isAppendOnly()) {
                    copies.add(new Copy(Kind.APPEND_ONLY, path, path));
                }
                if (status.hardLinks() > 1) {
                    linked.put(key(path), path);
                    missing.put(path, status.hardLinks() - 1);
                }
            } catch (IOException goneMeanwhile) {
                continue;
            }
        }
        if (!linked.isEmpty()) {
            findNames(linked, missing);
        }
    }

    private void findNames(Map<Object, Path> linked, Map<Path, Integer> missing) {
        Set<Path> directories = new TreeSet<>();
        inputs.forEach(path -> directories.add(path.getParent()));
        for (Path directory : directories) {
            for (Path name : list(directory)) {
                Path file = linked.get(key(name));
                if (file != null && !file.equals(name)) {
                    copies.add(new Copy(Kind.HARD_LINK, name, file));
                    missing.merge(file, -1, Integer::sum);
                }
            }
        }
        missing.forEach((file, names) -> {
            if (names > 0) {
                copies.add(new Copy(Kind.LINKED_ELSEWHERE, file, file));
            }
        });
    }

    private void findSiblings(Collection<Path> changed) {
        Set<Object> known = new HashSet<>();
        inputs.forEach(path -> known.add(key(path)));
        Set<Path> said = new HashSet<>();
        for (Path path : new TreeSet<>(changed)) {
            RotatedNames names = RotatedNames.of(path.getFileName().toString());
            for (Path sibling : list(path.getParent())) {
                String name = sibling.getFileName().toString();
                if (names.isCompressedCopy(name) && said.add(sibling)) {
                    copies.add(new Copy(Kind.COMPRESSED, sibling, path));
                } else if (names.isRotatedCopy(name) && !known.contains(key(sibling)) && said.add(sibling)) {
                    copies.add(new Copy(Kind.ROTATED, sibling, path));
                }
            }
        }
    }

    /** The regular files of a directory, in the order of their names. */
    private List<Path> list(Path directory) {
        return listed.computeIfAbsent(directory, _ -> {
            List<Path> files = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                for (Path entry : entries) {
                    if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                        files.add(entry);
                    }
                }
            } catch (IOException | DirectoryIteratorException cannotTell) {
                return List.of();
            }
            files.sort(null);
            return files;
        });
    }

    /** Device and inode; the path itself if they cannot be told. */
    private static Object key(Path path) {
        try {
            return Objects.requireNonNullElse(
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .fileKey(),
                    path);
        } catch (IOException cannotTell) {
            return path;
        }
    }
}
