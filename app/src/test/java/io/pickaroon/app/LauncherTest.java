package io.pickaroon.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, with a {@code java} and an {@code mvn} that only say how they were called. */
@Timeout(60)
class LauncherTest {
    private static final Path SCRIPT = Path.of(System.getProperty("pickaroon.launcher"));

    @TempDir
    Path directory;

    private Path installation;
    private Path jdk;

    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void install() throws IOException {
        installation = directory.resolve("with space");
        Files.createDirectories(installation.resolve("lib"));
        Files.createDirectories(installation.resolve("bin"));
        Files.copy(SCRIPT, installation.resolve("bin/pickaroon"));
        jdk = fakeJdk("jdk", "25.0.1");
    }

    @Test
    void runsTheProgramOfItsInstallationThroughASymlink() throws Exception {
        Files.createFile(installation.resolve("lib/b.jar"));
        Files.createFile(installation.resolve("lib/Z.jar"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), installation.resolve("bin/pickaroon"));
        Ended ended = run(link, Map.of(), "scan", "a b", "-e", "*");
        assertThat(ended.code).isEqualTo(7);
        assertThat(ended.out.lines())
                .contains(
                        "-Dpickaroon.home=" + installation,
                        installation + "/lib/Z.jar:" + installation + "/lib/b.jar",
                        "-Xmx256m",
                        "--add-modules=jdk.incubator.vector")
                .endsWith("io.pickaroon.app.Main", "scan", "a b", "-e", "*");
    }

    @Test
    void showsWhatTheProgramSaysAndNotWhatTheStartingJvmSays() throws Exception {
        Ended ended = run(Map.of(), "check");
        assertThat(ended.out).contains("-Dpickaroon.stderr.fd=9");
        assertThat(ended.err).isEqualTo("from the program\n");
    }

    @Test
    void showsWhatTheJvmSaysAboutOptionsOfTheUsersOwn() throws Exception {
        Ended ended = run(Map.of("PICKAROON_JAVA_OPTS", "-Da=1 -Xbad"), "check");
        assertThat(ended.out.lines()).contains("-Da=1", "-Xbad").doesNotContain("-Dpickaroon.stderr.fd=9");
        assertThat(ended.err).contains("from the JVM");
    }

    @Test
    void tooFewDescriptorsAreSaidBeforeAnythingIsTried() throws Exception {
        for (int few : new int[] {5, 6, 9, 10, 11, 17, 33, 71}) {
            Ended ended = runLimited("ulimit -n " + few);
            assertThat(ended.code).as("%d: %s", few, ended).isEqualTo(1);
            assertThat(ended.out).isEmpty();
            assertThat(ended.err)
                    .isEqualTo("pickaroon: this process may have " + few
                            + " file descriptors and needs at least 72; raise it with 'ulimit -n'\n");
        }
        assertThat(runLimited("ulimit -n 72").code).isEqualTo(7);
        assertThat(runLimited("ulimit -Sn 20").code).as("java raises it itself").isEqualTo(7);
        String many = "for i in {20..49}; do eval \"exec $i</dev/null\"; done; ulimit -n ";
        assertThat(runLimited(many + 101).err).contains("may have 101", "needs at least 102");
        assertThat(runLimited(many + 102).code).isEqualTo(7);
    }

    private Ended runLimited(String before) throws Exception {
        Path script = directory.resolve("limited");
        Files.writeString(script, "#!/bin/bash\n" + before + "\nexec '" + installation + "/bin/pickaroon' check\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return run(script, Map.of());
    }

    @Test
    void boundsTheHeapAsTold() throws Exception {
        assertThat(run(Map.of("PICKAROON_HEAP", "1g"), "check").out).contains("-Xmx1g", "-Xms80m");
        assertThat(run(Map.of("PICKAROON_HEAP", "090M"), "check").out).contains("-Xmx090M", "-Xms80m");
        assertThat(run(Map.of("PICKAROON_HEAP", "65536k"), "check").out)
                .contains("-Xmx65536k")
                .doesNotContain("-Xms");
        Ended refused = run(Map.of("PICKAROON_HEAP", "lots"), "check");
        assertThat(refused.code).isEqualTo(2);
        assertThat(refused.err).contains("PICKAROON_HEAP=lots").contains("512m");
    }

    @Test
    void aHeapThatIsTooSmallEndsTheProgramWithOneLine() throws Exception {
        installMain("""
            new Thread(() -> { while (true) { arguments[0] += arguments[0]; } }).start();
            Thread.sleep(60_000);
            """);

        Ended ended =
                run(Map.of("PICKAROON_JAVA", System.getProperty("java.home"), "PICKAROON_HEAP", "32m"), "some text");

        assertThat(ended.code).isEqualTo(3);
        assertThat(ended.out).isEmpty();
        assertThat(ended.err.lines())
                .singleElement()
                .asString()
                .startsWith("pickaroon: out of memory (heap 32m): raise it with PICKAROON_HEAP");
    }

    @Test
    void aJvmThatRefusesTheStartCacheRunsTheProgramWithoutAWord() throws Exception {
        Map<String, String> now = Map.of("PICKAROON_START_CACHE", "now");
        installMain("System.out.println(arguments[0]);");
        assertThat(run(now, "hello").out).contains("-XX:AOTCache=");
        Path made = onlyFile(installation.resolve("cache"), "*.aot");
        Path java = Path.of(System.getProperty("java.home"));
        String name = made.getFileName()
                .toString()
                .replace("25.0.1+8", Runtime.version().toString());
        Files.move(made, made.resolveSibling(name));

        Ended ended = run(Map.of("PICKAROON_JAVA", java.toString(), "PICKAROON_START_CACHE", "auto"), "hello");

        assertThat(ended).isEqualTo(new Ended(0, "hello\n", ""));
        assertThat(onlyFile(installation.resolve("cache"), "*.aot")).hasFileName(name);
    }

    @Test
    void makesTheStartCacheBeforeTheRunWhenToldToAndUsesItAsLongAsTheJarsAreTheSame() throws Exception {
        Path jar = Files.createFile(installation.resolve("lib/pickaroon-app-1.jar"));

        Ended first = run(Map.of("PICKAROON_START_CACHE", "now"), "check");
        Path cache = onlyFile(installation.resolve("cache"), "*.aot");
        String option = "-XX:AOTCache=" + cache;
        assertThat(first.err).contains("making the start-up cache " + cache);
        assertThat(first.out.lines()).contains(option);

        Ended second = run(Map.of("PICKAROON_START_CACHE", "auto"), "check");
        assertThat(second.err).isEqualTo("from the program\n");
        assertThat(second.out.lines()).contains(option);
        assertThat(run(Map.of("PICKAROON_START_CACHE", "off"), "check").out).doesNotContain("AOTCache");

        Files.writeString(jar, "another version");
        Ended afterUpdate = run(Map.of("PICKAROON_START_CACHE", "now"), "check");
        assertThat(afterUpdate.err).contains("making the start-up cache");
        assertThat(afterUpdate.out).contains("AOTCache").doesNotContain(option);
    }

    @Test
    void saysThatTheStartCacheCannotBeMadeAndRuns() throws Exception {
        Files.writeString(installation.resolve("cache"), "in the way");
        Ended ended = run(Map.of("PICKAROON_START_CACHE", "now"), "check");
        assertThat(ended.code).isEqualTo(7);
        assertThat(ended.err).contains("the start-up cache could not be made");
        assertThat(ended.out).doesNotContain("AOTCache");
    }

    @Test
    void makesAMissingStartCacheInTheBackground() throws Exception {
        Ended ended = run(Map.of("PICKAROON_START_CACHE", "auto"), "check");
        assertThat(ended.err).isEqualTo("from the program\n");
        assertThat(ended.out).doesNotContain("AOTCache");
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(onlyFile(installation.resolve("cache"), "{*.aot,making.*}"))
                        .isRegularFile());
    }

    private static Path onlyFile(Path directory, String glob) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
            List<Path> found = new ArrayList<>();
            files.forEach(found::add);
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }

    private void installMain(String body) throws IOException {
        Path source = directory.resolve("Main.java");
        Files.writeString(source, """
            package io.pickaroon.app;
            class Main {
                public static void main(String[] arguments) throws Exception {
                    %s
                }
            }
            """.formatted(body));
        Path classes = directory.resolve("classes");
        int compiled =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), source.toString());
        assertThat(compiled).isZero();
        String main = "io/pickaroon/app/Main.class";
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(installation.resolve("lib/pickaroon-app-1.jar")))) {
            jar.putNextEntry(new ZipEntry(main));
            Files.copy(classes.resolve(main), jar);
        }
    }

    @Test
    void startsTheBrokerWithAClassPathOfItsOwnAndStandardStreamsAsTheyAre() throws Exception {
        Ended ended = run(Map.of(), "dev-broker", "--port", "0");
        assertThat(ended.out.lines())
                .contains(installation + "/broker/*")
                .doesNotContain("--add-modules=jdk.incubator.vector", "-Dpickaroon.stderr.fd=9")
                .endsWith("io.pickaroon.devbroker.DevBroker", "--port", "0");
        assertThat(ended.err).contains("from the JVM");
    }

    @Test
    void passesOverAJdkThatIsTooOld() throws Exception {
        Path old = fakeJdk("old", "21.0.9");
        Map<String, String> environment = Map.of(
                "PICKAROON_JAVA", "", "JAVA_HOME", old.toString(), "PATH", jdk + "/bin:" + System.getenv("PATH"));
        assertThat(run(environment, "check").out).contains("java=" + jdk);
    }

    @Test
    void takesTheJavaCommandThatItIsToldToTake() throws Exception {
        Path other = fakeJdk("other", "26-ea");
        Map<String, String> environment = Map.of("PICKAROON_JAVA", other + "/bin/java", "JAVA_HOME", jdk.toString());
        assertThat(run(environment, "check").out).contains("java=" + other);
    }

    @Test
    void refusesToBeToldToTakeAJdkThatIsTooOldOrNone() throws Exception {
        Path old = fakeJdk("old", "1.8.0_452");
        for (String wrong : List.of(old.toString(), directory.resolve("none").toString())) {
            Ended ended = run(Map.of("PICKAROON_JAVA", wrong, "JAVA_HOME", jdk.toString()), "check");
            assertThat(ended.code).isEqualTo(2);
            assertThat(ended.err).contains("PICKAROON_JAVA=" + wrong);
        }
    }

    @Test
    void buildsWhatIsMissingOrOlderThanASourceAndNothingElse() throws Exception {
        Path tree = sourceTree("mkdir -p app/target/dist/lib; touch app/target/dist/lib/pickaroon-app-1.jar");
        Ended first = run(tree.resolve("pickaroon"), withMaven(), "check");
        assertThat(first.code).isEqualTo(7);
        assertThat(first.out).contains("-Dpickaroon.home=" + tree + "/app/target/dist");
        assertThat(first.err).contains("building, because there is none yet").contains("app/target/build.log");

        assertThat(run(tree.resolve("pickaroon"), withMaven(), "check").err).isEqualTo("from the program\n");

        Files.setLastModifiedTime(
                tree.resolve("app/src/main/Source.java"),
                FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run(tree.resolve("pickaroon"), withMaven(), "check").err)
                .contains("building, because app/src/main/Source.java has changed");
    }

    @Test
    void saysWhyABuildFailedAndRunsNothing() throws Exception {
        Path tree = sourceTree("echo '[ERROR] Source.java:[1,2] no'; exit 1");
        Ended ended = run(tree.resolve("pickaroon"), withMaven(), "check");
        assertThat(ended.code).isEqualTo(1);
        assertThat(ended.out).isEmpty();
        assertThat(ended.err).contains("Source.java:[1,2] no").contains(tree + "/app/target/build.log");
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        Path tree = sourceTree("echo built >>builds; sleep 1; mkdir -p app/target/dist/lib;"
                + " touch app/target/dist/lib/pickaroon-app-1.jar");
        Process first = start(tree.resolve("pickaroon"), withMaven(), "check");
        Process second = start(tree.resolve("pickaroon"), withMaven(), "check");
        assertThat(end(first).code).isEqualTo(7);
        assertThat(end(second).code).isEqualTo(7);
        assertThat(tree.resolve("builds")).hasContent("built");
    }

    /** A JDK whose java prints its directory and its arguments, speaks on descriptors 9 and 2, and ends with 7. */
    private Path fakeJdk(String name, String version) throws IOException {
        Path made = directory.resolve(name);
        Files.createDirectories(made.resolve("bin"));
        Files.writeString(made.resolve("release"), """
            IMPLEMENTOR="Nobody"
            JAVA_RUNTIME_VERSION="%s+8"
            JAVA_VERSION="%s"
            """.formatted(version, version));
        script(made.resolve("bin/java"), """
            for argument; do
                case $argument in -XX:AOTCacheOutput=*) echo cache >"${argument#*=}"; exit 0 ;; esac
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

    private Path sourceTree(String build) throws IOException {
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

    private Map<String, String> withMaven() {
        return Map.of("PATH", directory.resolve("maven") + ":" + System.getenv("PATH"));
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended run(Map<String, String> environment, String... arguments) throws Exception {
        return run(installation.resolve("bin/pickaroon"), environment, arguments);
    }

    private Ended run(Path script, Map<String, String> environment, String... arguments) throws Exception {
        return end(start(script, environment, arguments));
    }

    private Process start(Path script, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PICKAROON_") || name.equals("COLUMNS"));
        builder.environment().put("PICKAROON_JAVA", jdk.toString());
        builder.environment().put("PICKAROON_START_CACHE", "off");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Ended end(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), out, err);
    }
}
