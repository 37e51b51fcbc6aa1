package io.pickaroon.app.run;

import io.pickaroon.app.terminal.UserError;
import io.pickaroon.config.InputSettings;
import io.pickaroon.processor.Discovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The files that the inputs of a configuration have at one moment, each once: under several names, through links, a file
 * is still one.
 */
public final class InputFiles {
    private final Map<String, List<Path>> byInput = new LinkedHashMap<>();
    private final Map<String, Long> sizeBytes = new HashMap<>();
    private final Map<String, Discovery> discoveries = new HashMap<>();

    /**
     * Looks for the files.
     *
     * @param workingDirectory where relative patterns begin
     * @throws UserError if two inputs have the same file: each would keep a place of its own in it
     */
    public static InputFiles find(List<InputSettings> inputs, Path workingDirectory) throws IOException {
        return find(inputs, workingDirectory, true);
    }

    /**
     * As the other one.
     *
     * @param archives whether archives can be read; if not, they are left out
     */
    public static InputFiles find(List<InputSettings> inputs, Path workingDirectory, boolean archives)
            throws IOException {
        InputFiles files = new InputFiles();
        Map<Object, Owner> owners = new HashMap<>();
        for (InputSettings input : inputs) {
            files.find(input, workingDirectory, archives, owners);
        }
        return files;
    }

    private record Owner(String inputId, Path path) {}

    private void find(InputSettings input, Path workingDirectory, boolean archives, Map<Object, Owner> owners)
            throws IOException {
        InputDiscovery discovery = new InputDiscovery(input, workingDirectory, archives);
        discoveries.put(input.id(), discovery);
        long total = 0;
        List<Path> paths = new ArrayList<>();
        for (Map.Entry<Path, BasicFileAttributes> file : discovery.attributes().entrySet()) {
            Owner owner = owners.putIfAbsent(file.getValue().fileKey(), new Owner(input.id(), file.getKey()));
            if (owner == null) {
                paths.add(file.getKey());
                total += file.getValue().size();
            } else if (!owner.inputId.equals(input.id())) {
                throw new UserError("%s belongs to input %s and, as %s, to input %s; exclude it from one of them"
                        .formatted(file.getKey(), input.id(), owner.path, owner.inputId));
            }
        }
        byInput.put(input.id(), List.copyOf(paths));
        sizeBytes.put(input.id(), total);
    }

    /** Looks for the files of an input again. */
    Discovery discovery(String inputId) {
        return discoveries.get(inputId);
    }

    /** The files of an input, in the order of their paths. */
    public List<Path> of(String inputId) {
        return byInput.get(inputId);
    }

    /** Why an input has no files, pattern by pattern, in words that say what to do. */
    public String whyNone(InputSettings input, Path workingDirectory) {
        return input.include().stream()
                .map(pattern -> FileGlob.isPath(pattern)
                        ? whyNot(pattern, workingDirectory.resolve(pattern))
                        : "no file matches " + pattern)
                .collect(Collectors.joining(", "));
    }

    private static String whyNot(String pattern, Path path) {
        if (Files.isDirectory(path)) {
            return pattern + " is a directory (name the files in it, for example " + pattern + "/*.log)";
        }
        if (!Files.exists(path)) {
            return pattern + ": there is no such file, or this user may not search its directories";
        }
        return Files.isRegularFile(path)
                ? pattern + " is left out by 'exclude', 'ignoreOlder', or as an archive"
                : pattern + " is no regular file (pipes and devices cannot be mapped)";
    }

    /** Size of the files of an input when they were found. */
    public long sizeBytes(String inputId) {
        return sizeBytes.get(inputId);
    }

    public long totalBytes() {
        return sizeBytes.values().stream().mapToLong(Long::longValue).sum();
    }

    public boolean isEmpty() {
        return byInput.values().stream().allMatch(List::isEmpty);
    }

    /** Whether one of the inputs has this file, or would have it if it existed. */
    public boolean covers(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return discoveries.values().stream().anyMatch(input -> input.covers(absolute));
    }
}
