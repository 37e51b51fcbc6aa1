package io.pickaroon.inputs.discovery;

import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that the inputs of a configuration have at one moment, each once: under several names, through links, a file
 * is still one.
 */
public final class InputFiles {
    /** As the kernel has it, {@code path_resolution(7)}. */
    private static final int MOST_LINKS = 40;

    private final Map<String, List<Path>> byInput = new LinkedHashMap<>();
    private final Map<String, Long> sizeBytes = new HashMap<>();
    private final Map<String, InputDiscovery> discoveries = new HashMap<>();

    /**
     * Looks for the files.
     *
     * @param workingDirectory where relative patterns begin
     * @throws DiscoveryException if two inputs have the same file: each would keep a place of its own in it
     */
    public static InputFiles find(List<InputSettings> inputs, Path workingDirectory) throws IOException {
        return find(inputs, workingDirectory, true, List.of());
    }

    /**
     * Like the other method.
     *
     * @param archives whether archives can be read; if not, they are left out
     * @param outputs files that the run writes to
     * @throws DiscoveryException also if an input has an output, under any name
     */
    public static InputFiles find(
            List<InputSettings> inputs, Path workingDirectory, boolean archives, List<Path> outputs)
            throws IOException {
        InputFiles files = new InputFiles();
        OutputFiles written = new OutputFiles(outputs);
        Map<Object, Owner> owners = new HashMap<>();
        for (InputSettings input : inputs) {
            files.find(input, workingDirectory, archives, written, owners);
        }
        for (Path output : outputs) {
            files.feedback(output).ifPresent(message -> {
                throw new DiscoveryException(message);
            });
        }
        return files;
    }

    /** Size of the files of all inputs together, before anything is said of them. */
    public static long totalBytes(List<InputSettings> inputs, Path workingDirectory) throws IOException {
        long total = 0;
        for (InputSettings input : inputs) {
            total += new InputDiscovery(input, workingDirectory, true, new OutputFiles(List.of())).totalBytes();
        }
        return total;
    }

    private record Owner(String inputId, Path path) {}

    private void find(
            InputSettings input,
            Path workingDirectory,
            boolean archives,
            OutputFiles outputs,
            Map<Object, Owner> owners)
            throws IOException {
        InputDiscovery discovery = new InputDiscovery(input, workingDirectory, archives, outputs);
        discoveries.put(input.id(), discovery);
        long total = 0;
        List<Path> paths = new ArrayList<>();
        for (Map.Entry<Path, BasicFileAttributes> file : discovery.attributes().entrySet()) {
            Owner owner = owners.putIfAbsent(file.getValue().fileKey(), new Owner(input.id(), file.getKey()));
            if (owner == null) {
                paths.add(file.getKey());
                total += file.getValue().size();
            } else if (!owner.inputId.equals(input.id())) {
                throw new DiscoveryException(
                        "%s belongs to input %s and, as %s, to input %s; exclude it from one of them"
                                .formatted(
                                        NativePath.printable(file.getKey()),
                                        input.id(),
                                        NativePath.printable(owner.path),
                                        owner.inputId));
            }
        }
        byInput.put(input.id(), List.copyOf(paths));
        sizeBytes.put(input.id(), total);
    }

    /** Looks for the files of an input again. */
    public InputDiscovery discovery(String inputId) {
        return discoveries.get(inputId);
    }

    /** The files of an input, in the order of their paths. */
    public List<Path> of(String inputId) {
        return byInput.get(inputId);
    }

    /** Why an input has no files, pattern by pattern, in words that say what to do. */
    public String whyNone(InputSettings input, Path workingDirectory) {
        return input.files().include().stream()
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
                : pattern + " is not a regular file (pipes and devices cannot be mapped)";
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

    /**
     * Why a file must not be written to: one of the inputs has it, or would have it if it existed. Names and links do not
     * matter: files and directories are compared by device and inode.
     *
     * @return a message that names both; empty if no input has it
     */
    public Optional<String> feedback(Path output) throws IOException {
        Path target = target(output);
        Optional<Object> written = fileKey(target);
        Optional<Object> directory = Optional.ofNullable(target.getParent()).flatMap(InputFiles::fileKey);
        for (Map.Entry<String, InputDiscovery> input : discoveries.entrySet()) {
            Set<Path> searched = new HashSet<>();
            Stream<Path> there = input.getValue().attributes(searched).entrySet().stream()
                    .filter(file -> written.isPresent()
                            && written.get().equals(file.getValue().fileKey()))
                    .map(Map.Entry::getKey);
            Stream<Path> possible = searched.stream()
                    .filter(searchedOne -> directory.isPresent() && directory.equals(fileKey(searchedOne)))
                    .map(searchedOne -> searchedOne.resolve(target.getFileName()))
                    .filter(input.getValue()::covers);
            Optional<Path> same = Stream.concat(there, possible).findFirst();
            if (same.isPresent()) {
                String named = NativePath.printable(output);
                String file = NativePath.printable(same.get());
                return Optional.of("%s: is the output and a file of input %s%s; exclude it from the input"
                        .formatted(named, input.getKey(), file.equals(named) ? "" : ", as " + file));
            }
        }
        return Optional.empty();
    }

    /** What the path leads to, also if that is not there. */
    private static Path target(Path path) throws IOException {
        Path target = NativePath.workingDirectory().resolve(path);
        for (int links = 0; links < MOST_LINKS && Files.isSymbolicLink(target); links++) {
            Path link = Files.readSymbolicLink(target);
            if (Files.exists(target) && !Files.exists(target.resolveSibling(link))) {
                // A link such as /proc/self/fd/1 does not say where it leads.
                return target;
            }
            target = target.resolveSibling(link);
        }
        return target;
    }

    private static Optional<Object> fileKey(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.isRegularFile() || attributes.isDirectory()
                    ? Optional.of(attributes.fileKey())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
