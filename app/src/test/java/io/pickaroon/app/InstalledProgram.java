package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An installation of this build, run by the launcher from lines of a shell. */
public record InstalledProgram(Path directory) {
    private static final int BOUND_SECONDS = 150;

    /** What lines of a shell wrote, byte for byte a character, and how they ended. */
    public record Ended(int code, String out, String err) {}

    /** Makes the installation, whose jars and start-up caches are those of all others. */
    public static InstalledProgram in(Path directory) throws IOException {
        Path home = Files.createDirectories(directory.resolve("installed"));
        Files.createDirectories(home.resolve("bin"));
        Files.copy(Path.of(System.getProperty("pickaroon.launcher")), home.resolve("bin/pickaroon"));
        BuiltInstallation built = BuiltInstallation.get();
        Files.createSymbolicLink(home.resolve("lib"), built.lib());
        Files.createSymbolicLink(home.resolve("cache"), built.caches());
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
        Process process = builder.start();
        assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.ISO_8859_1),
                Files.readString(err, StandardCharsets.ISO_8859_1));
    }
}
