package io.pickaroon.app.configuration;

import io.pickaroon.app.error.UserError;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Jars with classes for Kafka's clients, such as login modules, which the launcher puts on the class path behind
 * Pickaroon's own. Paths are texts, as the class path has them: a locale may not be able to express their names. Immutable.
 *
 * @param directories where they belong
 * @param jars those on the class path, in its order
 */
public record PlugIns(List<String> directories, List<String> jars) {
    /** The launcher has the same. */
    private static final String SHARED = "/usr/share/pickaroon/plugins";

    /** Those of this process. */
    public static PlugIns ofProcess() {
        List<String> directories = Stream.concat(
                        Stream.ofNullable(System.getProperty("pickaroon.home")).map(home -> home + "/plugins"),
                        Stream.of(SHARED))
                .toList();
        return new PlugIns(
                directories,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> directories.contains(entry.substring(0, Math.max(0, entry.lastIndexOf('/')))))
                        .toList());
    }

    /**
     * Java passes over a jar that it cannot open without a word.
     *
     * @throws UserError if there is one
     */
    void requireJars() {
        for (String jar : jars) {
            try {
                new ZipFile(jar).close();
            } catch (NoSuchFileException e) {
                throw new UserError(
                        ByteText.printable(jar)
                                + ": Java cannot open a file of this name; give this plug-in another one",
                        e);
            } catch (IOException e) {
                throw new UserError(
                        "%s: this plug-in cannot be opened as a jar (%s); replace it, or remove it"
                                .formatted(ByteText.printable(jar), ByteText.withoutControls(e.getMessage())),
                        e);
            }
        }
    }

    /** Files beside them that are no jars by their names, and so are not loaded. */
    public List<String> notLoaded() {
        return directories.stream().flatMap(PlugIns::otherFiles).toList();
    }

    private static Stream<String> otherFiles(String directory) {
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            return files
                    .filter(file ->
                            Files.isRegularFile(file) && !file.toString().endsWith(".jar"))
                    .sorted()
                    .map(NativePath::text)
                    .toList()
                    .stream();
        } catch (IOException | InvalidPathException | UncheckedIOException unreadable) {
            // There is no such directory, as a rule; the launcher has loaded nothing of it.
            return Stream.of();
        }
    }

    /** What to do about a class that is not there. */
    String advice() {
        return "jars of plug-ins, and of what they need, belong into "
                + directories.stream().map(ByteText::printable).collect(Collectors.joining(" or "));
    }
}
