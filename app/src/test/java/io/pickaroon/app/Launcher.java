package io.pickaroon.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/**
 * The launcher script in an installation and a source tree that are made up, with a {@code java} and an {@code mvn} that
 * only say how they were called.
 *
 * @param directory where all of it is
 * @param installation has {@code bin} and {@code lib}
 * @param jdk the JDK that the launcher is told to take
 */
record Launcher(Path directory, Path installation, Path jdk) {
    private static final Path SCRIPT = Path.of(System.getProperty("pickaroon.launcher"));

    /** How a process ended, and what it wrote. */
    record Ended(int code, String out, String err) {}

    static Launcher installedIn(Path directory) throws IOException {
        Path installation = directory.resolve("with space");
        Files.createDirectories(installation.resolve("lib"));
        Files.createDirectories(installation.resolve("bin"));
        Files.copy(SCRIPT, installation.resolve("bin/pickaroon"));
        Launcher made = new Launcher(directory, installation, directory.resolve("jdk"));
        made.fakeJdk("jdk", "25.0.1");
        return made;
    }

    /** A JDK whose java prints its directory and its arguments, speaks on descriptors 9 and 2, and ends with 7. */
    Path fakeJdk(String name, String version) throws IOException {
        Path made = directory.resolve(name);
        Files.createDirectories(made.resolve("bin"));
        Files.writeString(made.resolve("release"), """
            IMPLEMENTOR="No one"
            JAVA_RUNTIME_VERSION="%s+8"
            JAVA_VERSION="%s"
            """.formatted(version, version));
        script(made.resolve("bin/java"), """
            for argument; do
                case $argument in -XX:AOTCacheOutput=*) head -c 1048576 /dev/zero >"${argument#*=}"; exit 0 ;; esac
            done
            echo "java=%s"
            printf '%%s\\n' "$@"
            echo 'from the JVM' >&2
            case "$*" in *stderr.fd=9*) echo 'from the program' >&9 ;; esac
            exit 7
            """.formatted(made));
        script(made.resolve("bin/javac"), "exit 0\n");
        return made;
    }

    Path sourceTree(String build) throws IOException {
        Path tree = directory.resolve("tree");
        Files.createDirectories(tree.resolve("app/src/main"));
        Files.copy(SCRIPT, tree.resolve("pickaroon"));
        for (String file : List.of("pom.xml", "app/pom.xml", "app/src/main/Source.java")) {
            Files.writeString(tree.resolve(file), "");
        }
        Files.createDirectories(directory.resolve("maven"));
        script(directory.resolve("maven/mvn"), "cd '" + tree + "'\n" + build + "\n");
        return tree;
    }

    Map<String, String> withMaven() {
        return Map.of("PATH", directory.resolve("maven") + ":" + System.getenv("PATH"));
    }

    Ended run(Map<String, String> environment, String... arguments) throws Exception {
        return run(installation.resolve("bin/pickaroon"), environment, arguments);
    }

    Ended run(Path script, Map<String, String> environment, String... arguments) throws Exception {
        return end(start(script, environment, arguments));
    }

    Process start(Path script, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PICKAROON_") || name.equals("COLUMNS"));
        builder.environment().put("PICKAROON_JAVA", jdk.toString());
        builder.environment().put("PICKAROON_START_CACHE", "off");
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Runs the launcher with {@code check} as its argument, after lines of bash in the same process. */
    Ended runAfter(String before) throws Exception {
        return run(after(before + "\nexec "), Map.of());
    }

    /** A script that runs the launcher after something else. */
    Path after(String before) throws IOException {
        Path script = directory.resolve("limited");
        Files.writeString(script, "#!/bin/bash\n" + before + "'" + installation + "/bin/pickaroon' check\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    /** Makes {@code body} what {@code Main} does, and the rehearsal for a start-up cache, with the strings {@code arguments}. */
    void installMain(String body) throws IOException {
        Path source = directory.resolve("Main.java");
        Files.writeString(source, """
            package io.pickaroon.app;
            class Main {
                public static void main(String[] arguments) throws Exception {
                    %s
                }
            }
            class Rehearsal {
                public static void main(String[] arguments) throws Exception {
                    Main.main(arguments);
                }
            }
            """.formatted(body));
        Path classes = directory.resolve("classes");
        int compiled =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), source.toString());
        assertThat(compiled).isZero();
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(installation.resolve("lib/pickaroon-app-1.jar")))) {
            for (String name : List.of("io/pickaroon/app/Main.class", "io/pickaroon/app/Rehearsal.class")) {
                jar.putNextEntry(new ZipEntry(name));
                Files.copy(classes.resolve(name), jar);
            }
        }
    }

    static Ended end(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), out, err);
    }

    static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
