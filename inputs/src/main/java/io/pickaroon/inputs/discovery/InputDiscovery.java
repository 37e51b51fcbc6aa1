package io.pickaroon.inputs.discovery;

import io.pickaroon.config.glob.Glob;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.inputs.decode.DecodedFormats;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.input.Discovery;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one input, by its patterns. What a log rotation has compressed is left out, unless a pattern ends in the
 * very suffix: it was read before, and its bytes are no records. Used by one thread at a time.
 */
public final class InputDiscovery implements Discovery {
    private static final Logger LOG = LoggerFactory.getLogger(InputDiscovery.class);
    private static final List<String> ARCHIVES = List.of(".gz", ".zst", ".bz2", ".xz", ".lz4", ".zip");

    private final InputSettings input;
    private final InstantSource clock;
    private final boolean archives;
    private final List<FileGlob> included;
    private final List<FileGlob> excluded;
    private final OutputFiles outputs;
    private final Set<String> said = new HashSet<>();

    /**
     * @param workingDirectory where relative patterns begin
     * @param archives whether archives can be read; if not, they are left out even if a pattern matches
     * @param outputs what is never read, even if a pattern matches
     * @throws DiscoveryException if a pattern is no glob
     */
    InputDiscovery(InputSettings input, Path workingDirectory, boolean archives, OutputFiles outputs) {
        this(input, workingDirectory, InstantSource.system(), archives, outputs);
    }

    InputDiscovery(
            InputSettings input, Path workingDirectory, InstantSource clock, boolean archives, OutputFiles outputs) {
        this.outputs = outputs;
        this.input = input;
        this.archives = archives;
        this.clock = clock;
        this.included = input.files().include().stream()
                .map(pattern -> FileGlob.ofPath(pattern, workingDirectory))
                .toList();
        this.excluded = input.files().exclude().stream()
                .map(pattern -> FileGlob.ofNameOrPath(pattern, workingDirectory))
                .toList();
    }

    @Override
    public Found find() throws IOException {
        return find((_, _) -> {});
    }

    /**
     * Looks for the files.
     *
     * @param seen takes the status of every regular file that the search comes to, one of this input or not, perhaps several times
     */
    public Found find(BiConsumer<Path, BasicFileAttributes> seen) throws IOException {
        outputs.look();
        Set<Path> directories = new HashSet<>();
        Map<Path, String> unreadable = new HashMap<>();
        SortedMap<Path, BasicFileAttributes> found =
                attributes(directories, seen, (path, e) -> unreadable.put(path, sayOnce(path, e)));
        found.entrySet().removeIf(file -> isOutput(file.getKey(), file.getValue()));
        return new Found(List.copyOf(found.keySet()), directories, unreadable);
    }

    private boolean isOutput(Path file, BasicFileAttributes attributes) {
        Optional<Path> output = outputs.outputAt(file, attributes.fileKey());
        if (output.isPresent() && said.add("output " + file)) {
            LOG.error(
                    "input {}: {} is left out: it is the file of output {}, which would feed on itself; exclude it",
                    input.id(),
                    file,
                    output.get());
        }
        return output.isPresent();
    }

    /** The files in the order of their paths. */
    SortedMap<Path, BasicFileAttributes> attributes() throws IOException {
        return attributes(new HashSet<>());
    }

    /** Like the other method, and adds the directories in which such files may be. */
    SortedMap<Path, BasicFileAttributes> attributes(Set<Path> directories) throws IOException {
        return attributes(directories, (_, _) -> {}, this::sayOnce);
    }

    /** Size of the files together. What cannot be read counts nothing, and is not said. */
    long totalBytes() throws IOException {
        return attributes(new HashSet<>(), (_, _) -> {}, (_, _) -> {}).values().stream()
                .mapToLong(BasicFileAttributes::size)
                .sum();
    }

    private SortedMap<Path, BasicFileAttributes> attributes(
            Set<Path> directories, BiConsumer<Path, BasicFileAttributes> seen, BiConsumer<Path, IOException> unreadable)
            throws IOException {
        SortedMap<Path, BasicFileAttributes> found = new TreeMap<>();
        FileGlob.Visitor visitor = new FileGlob.Visitor() {
            @Override
            public void entered(Path directory) {
                directories.add(directory);
            }

            @Override
            public void file(Path file, BasicFileAttributes attributes, boolean matches) {
                seen.accept(file, attributes);
                if (matches && !isLeftOut(file) && !isOld(attributes.lastModifiedTime())) {
                    found.put(file, attributes);
                }
            }

            @Override
            public void unreadable(Path path, IOException e) {
                unreadable.accept(path, e);
            }
        };
        for (FileGlob glob : included) {
            glob.find(visitor);
        }
        // Under several names, through links, a file is still one: the first name is taken.
        Set<Object> files = new HashSet<>();
        found.values().removeIf(attributes -> !files.add(attributes.fileKey()));
        return found;
    }

    private boolean isOld(FileTime modified) {
        return input.files()
                .ignoreOlder()
                .map(age -> clock.instant().minus(age))
                .filter(Instant.EPOCH::isBefore)
                .filter(oldest -> modified.toInstant().isBefore(oldest))
                .isPresent();
    }

    private String sayOnce(Path path, IOException e) {
        String message = unreadable(path, e);
        if (said.add(message)) {
            LOG.warn("input {}: {}", input.id(), message);
        }
        return message;
    }

    private static String unreadable(Path path, IOException e) {
        String why = e instanceof FileSystemException named && named.getReason() != null
                ? ": " + named.getReason()
                : e instanceof AccessDeniedException ? ": no permission" : "";
        return NativePath.printable(path) + " cannot be read and is left out until it can" + why;
    }

    @Override
    public boolean covers(Path file) {
        return included.stream().anyMatch(glob -> glob.matches(file)) && !isLeftOut(file);
    }

    private boolean isLeftOut(Path file) {
        return excluded.stream().anyMatch(glob -> glob.matches(file)) || isArchive(file);
    }

    private boolean isArchive(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (!archives && DecodedFormats.isNameOfArchive(name)) {
            return true;
        }
        return ARCHIVES.stream()
                .anyMatch(suffix -> name.endsWith(suffix)
                        && input.files().include().stream()
                                .flatMap(pattern -> Glob.alternatives(pattern).stream())
                                .noneMatch(pattern ->
                                        pattern.toLowerCase(Locale.ROOT).endsWith(suffix)));
    }
}
