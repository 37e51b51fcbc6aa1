package io.pickaroon.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The classes under test as an installation has them, in jars alone, with the start-up caches that the launcher makes: programs
 * start with half of the CPU time. Made once for all tests of a JVM, in {@code target/installation}.
 */
final class BuiltInstallation {
    private static final String TEST_CLASSES = "test-classes";

    private static BuiltInstallation made;

    private final Path home = Path.of("target", "installation").toAbsolutePath();

    private BuiltInstallation() throws IOException, InterruptedException {
        deleteOld();
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Files.copy(Path.of(System.getProperty("pickaroon.launcher")), home.resolve("bin/pickaroon"));
        Files.createSymbolicLink(home.resolve("broker"), Path.of(System.getProperty("pickaroon.broker.lib")));
        int directories = 0;
        for (Path entry : testClassPath()) {
            if (!Files.isDirectory(entry)) {
                Files.createSymbolicLink(home.resolve("lib").resolve(entry.getFileName()), entry);
            } else if (!entry.endsWith(TEST_CLASSES)) {
                pack(entry, home.resolve("lib/pickaroon-classes-" + directories++ + ".jar"));
            }
        }
        makeCache("check");
        makeCache("run");
    }

    static synchronized BuiltInstallation get() throws IOException {
        if (made == null) {
            try {
                made = new BuiltInstallation();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
        return made;
    }

    Path lib() {
        return home.resolve("lib");
    }

    /** Of the launcher, for its commands. */
    Path caches() {
        return home.resolve("cache");
    }

    /** What the launcher has for runs. */
    Path runCache() throws IOException {
        try (Stream<Path> files = Files.list(caches())) {
            return files.filter(file -> file.toString().endsWith("-run.aot"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** In the launcher's order, for which the caches are; what only tests have comes last. */
    String classPath() throws IOException {
        try (Stream<Path> files = Files.list(lib())) {
            return Stream.concat(
                            files.sorted(Comparator.comparing(BuiltInstallation::isForeign)
                                    .thenComparing(Path::toString)),
                            testClassPath().stream().filter(entry -> entry.endsWith(TEST_CLASSES)))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static boolean isForeign(Path jar) {
        return !jar.getFileName().toString().startsWith("pickaroon-");
    }

    private static List<Path> testClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .distinct()
                .toList();
    }

    private static void pack(Path directory, Path jar) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(directory.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
    }

    private void makeCache(String command) throws IOException, InterruptedException {
        Path log = home.resolve("cache-of-" + command + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("bin/pickaroon").toString(), command, "--help")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("PICKAROON_.*|JAVA_TOOL_OPTIONS"));
        builder.environment().put("PICKAROON_JAVA", System.getProperty("java.home"));
        builder.environment().put("PICKAROON_START_CACHE", "now");
        if (builder.start().waitFor() != 0 || Files.readString(log).contains("could not be made")) {
            throw new IOException(Files.readString(log));
        }
    }

    private void deleteOld() throws IOException {
        if (!Files.exists(home)) {
            return;
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
