package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** An installation of this build, run by the launcher from lines of a shell. */
public record InstalledProgram(Path directory) {
    private static final int BOUND_SECONDS = 150;

    /** What lines of a shell wrote, byte for byte a character, and how they ended. */
    public record Ended(int code, String out, String err) {}

    /** Makes the installation: one jar that names all others. */
    public static InstalledProgram in(Path directory) throws IOException {
        Path home = Files.createDirectories(directory.resolve("installed"));
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Files.copy(Path.of(System.getProperty("pickaroon.launcher")), home.resolve("bin/pickaroon"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(home.resolve("lib/pickaroon-app-1.jar")), manifest).close();
        return new InstalledProgram(directory);
    }

    /**
     * Runs lines of bash in the directory, in which {@code pickaroon} is the program.
     *
     * @param locale value of {@code LC_ALL}
     */
    public Ended bash(String locale, String... lines) throws IOException, InterruptedException {
        String before = "pickaroon() { '%s/installed/bin/pickaroon' \"$@\"; }%n".formatted(directory);
        Path script = Files.writeString(
                directory.resolve("script.sh"), before + String.join("\n", lines) + "\n", StandardCharsets.ISO_8859_1);
        Path out = directory.resolve("script.out");
        Path err = directory.resolve("script.err");
        ProcessBuilder builder = new ProcessBuilder(List.of("bash", script.toString()))
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("PICKAROON_.*|LC_.*|LANG|JAVA_TOOL_OPTIONS"));
        builder.environment().put("LC_ALL", locale);
        builder.environment().put("PICKAROON_JAVA", System.getProperty("java.home"));
        builder.environment().put("PICKAROON_START_CACHE", "off");
        Process process = builder.start();
        assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.ISO_8859_1),
                Files.readString(err, StandardCharsets.ISO_8859_1));
    }
}
