package io.pickaroon.app.input;

import io.pickaroon.config.glob.Glob;
import io.pickaroon.config.settings.FixSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.discovery.FileGlob;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.FileSystemType;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FixPermission;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets files be fixed that are, without any link, where an input with fixes looks for them, and that have no other name.
 * A symbolic link in a directory of logs does not lead a fix out of it, nor does a hard link to another user's file; unless nobody but
 * root and this user can have made that link, see {@link LinkedWay}.
 *
 * <p>A directory that a pattern names in full may be behind a link: it is the administrator's. A file that was admitted once
 * may be renamed by a rotation: what it is cannot change any more.
 */
public final class FixAdmission implements FixPermission {
    private static final Logger LOG = LoggerFactory.getLogger(FixAdmission.class);
    private static final String META_CHARACTERS = "*?[]{}\\";
    /** Files that are remembered, admitted last; a log that is rotated is opened again soon. */
    private static final int MOST_REMEMBERED = 100_000;

    /** Where one input may have files. */
    private record Place(List<FileGlob> included, List<FileGlob> names, List<FileGlob> excluded, Allowed allowed) {
        boolean has(Path file) {
            return matches(included, file) && !matches(excluded, file);
        }

        /** Whether it has a name, which leads to a file through links. */
        boolean hasName(Path name, Path file) {
            return matches(names, name) && !matches(excluded, name) && !matches(excluded, file);
        }

        private static boolean matches(List<FileGlob> globs, Path path) {
            return globs.stream().anyMatch(glob -> glob.matches(path));
        }
    }

    /** What all fixes of an input allow. */
    private record Allowed(boolean hardLinks, boolean networkFileSystem) {}

    private final List<Place> places;
    /** The names under which a checkpoint knows files, also such as were never admitted. */
    private final Map<FileIdentity, Path> known;
    /** Directories that are not judged. */
    private final Predicate<Path> isTrusted;

    /** Files that were admitted, and whether they may be changed on a network file system. */
    private final Map<FileIdentity, Boolean> admitted = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<FileIdentity, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /**
     * Admits the files of the inputs that have fixes.
     *
     * @param workingDirectory where relative patterns begin
     * @param known files of an earlier run, with their names: one that was renamed since then is admitted where its directory
     *     and its name of then are of an input
     */
    public FixAdmission(Settings settings, Path workingDirectory, Map<FileIdentity, Path> known) {
        this(settings, workingDirectory, known, _ -> false);
    }

    FixAdmission(
            Settings settings,
            Path workingDirectory,
            Map<FileIdentity, Path> known,
            Predicate<Path> trustedDirectories) {
        isTrusted = trustedDirectories;
        places = settings.inputs().stream()
                .map(input -> place(settings, input, workingDirectory))
                .flatMap(Optional::stream)
                .toList();
        this.known = new HashMap<>();
        known.forEach((identity, name) -> this.known.put(identity.ofGeneration(0), name));
    }

    private static Optional<Place> place(Settings settings, InputSettings input, Path workingDirectory) {
        List<FixSettings> fixes = settings.rules().stream()
                .filter(rule -> rule.changesFiles() && rule.inputs().contains(input.id()))
                .map(RuleSettings::fix)
                .flatMap(Optional::stream)
                .toList();
        if (fixes.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Place(
                input.files().include().stream()
                        .flatMap(pattern -> Glob.alternatives(pattern).stream())
                        .map(pattern -> FileGlob.ofPath(resolved(pattern, workingDirectory), workingDirectory))
                        .toList(),
                input.files().include().stream()
                        .map(pattern -> FileGlob.ofPath(pattern, workingDirectory))
                        .toList(),
                input.files().exclude().stream()
                        .flatMap(pattern -> Glob.alternatives(pattern).stream())
                        .map(pattern -> FileGlob.ofNameOrPath(
                                pattern.indexOf('/') < 0 ? pattern : resolved(pattern, workingDirectory),
                                workingDirectory))
                        .toList(),
                new Allowed(
                        fixes.stream().allMatch(FixSettings::allowHardLinks),
                        fixes.stream().allMatch(FixSettings::allowNetworkFileSystem))));
    }

    /** Admits it, if it may be, while it still has the name that an input looks for. */
    @Override
    public void found(Path path, Path realPath, FileStatus status) {
        try {
            admit(path, realPath, status);
        } catch (IOException notNow) {
            LOG.debug("{}: {}", realPath, notNow.getMessage());
        }
    }

    @Override
    public void require(Path path, Path realPath, FileStatus status, FileSystemType fileSystem) throws IOException {
        boolean allowsNetwork = admit(path, realPath, status);
        if (fileSystem.isRemote() && !allowsNetwork) {
            throw new FileSystemException(
                    NativePath.printable(realPath),
                    null,
                    ("is on %s, where a fix can undo what another host or program appends meanwhile; it is neither"
                        + " read nor changed. If nothing else writes there, add 'allowNetworkFileSystem: true' to the"
                        + " fix; or mask only what is emitted, with 'when: never'")
                            .formatted(fileSystem));
        }
    }

    /** Returns whether it may be changed on a network file system. */
    private synchronized boolean admit(Path path, Path realPath, FileStatus status) throws IOException {
        FileIdentity identity = FileIdentity.of(status);
        Boolean allowed = admitted.get(identity);
        if (allowed != null) {
            return allowed;
        }
        Path former =
                realPath.resolveSibling(known.getOrDefault(identity, realPath).getFileName());
        boolean isLink = Files.isSymbolicLink(former);
        List<Place> having = places.stream()
                .filter(place -> place.has(realPath) || !isLink && place.has(former))
                .toList();
        if (having.isEmpty()) {
            having = behindLinks(known.getOrDefault(identity, path), realPath);
        }
        if (status.hardLinks() > 1
                && having.stream().noneMatch(place -> place.allowed().hardLinks())) {
            throw new FileSystemException(
                    NativePath.printable(realPath),
                    null,
                    ("has %d names (hard links) and would change under all of them; it is neither read nor changed. If"
                                    + " that is meant, add 'allowHardLinks: true' to the fix")
                            .formatted(status.hardLinks()));
        }
        boolean allowsNetwork =
                having.stream().anyMatch(place -> place.allowed().networkFileSystem());
        admitted.put(identity, allowsNetwork);
        return allowsNetwork;
    }

    /**
     * The places that have a name which leads to the directory of a file in such a way that nobody else can have made it.
     *
     * @param name under which the file was found first; it may lead to another file since a rotation
     */
    private List<Place> behindLinks(Path name, Path realPath) throws IOException {
        List<Place> having =
                places.stream().filter(place -> place.hasName(name, realPath)).toList();
        LinkedWay way = LinkedWay.of(name, isTrusted);
        boolean leadsThere = realPath.getParent().equals(way.end().getParent());
        if (!having.isEmpty() && leadsThere && way.writable().isEmpty()) {
            return having;
        }
        throw new FileSystemException(
                NativePath.printable(realPath),
                null,
                ("is no file of an input with fixes, but was reached through a link%s; it is neither read nor changed."
                                + " If it is meant, include it by this path")
                        .formatted(
                                having.isEmpty() || !leadsThere
                                        ? ""
                                        : way.writable()
                                                .map(directory -> ", and others can write to %s, a directory on the way"
                                                        .formatted(NativePath.printable(directory)))
                                                .orElse("")));
    }

    /** The pattern with the directories that it names in full resolved. */
    private static String resolved(String pattern, Path workingDirectory) {
        String absolute = pattern.startsWith("/") ? pattern : escaped(workingDirectory.toString()) + "/" + pattern;
        int end = 0;
        for (int slash = absolute.indexOf('/', 1); slash > 0; slash = absolute.indexOf('/', slash + 1)) {
            if (!isPlain(absolute.substring(0, slash))) {
                break;
            }
            end = slash;
        }
        if (end == 0) {
            return absolute;
        }
        try {
            Path real = Path.of(absolute.substring(0, end)).toRealPath();
            return escaped(real.toString()) + absolute.substring(end);
        } catch (IOException notThereYet) {
            return absolute;
        }
    }

    private static boolean isPlain(String text) {
        return text.chars().noneMatch(c -> META_CHARACTERS.indexOf(c) >= 0);
    }

    private static String escaped(String path) {
        StringBuilder text = new StringBuilder();
        path.chars().forEach(c -> {
            if (META_CHARACTERS.indexOf(c) >= 0) {
                text.append('\\');
            }
            text.append((char) c);
        });
        return text.toString();
    }
}
