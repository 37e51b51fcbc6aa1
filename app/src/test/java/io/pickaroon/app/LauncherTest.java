package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.Launcher.Ended;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, with a {@code java} that only says how it was called. */
@Timeout(60)
class LauncherTest {
    private static final Map<String, String> WITH_VECTORS = Map.of("PICKAROON_VECTORS", "on");
    private static final String JAVA = System.getProperty("java.home");

    @TempDir
    Path directory;

    private Launcher launcher;

    @BeforeEach
    void install() throws IOException {
        launcher = Launcher.installedIn(directory);
    }

    @Test
    void runsTheProgramOfItsInstallationThroughASymlink() throws Exception {
        Files.createFile(launcher.installation().resolve("lib/b.jar"));
        Files.createFile(launcher.installation().resolve("lib/Z.jar"));
        Path link = Files.createSymbolicLink(
                directory.resolve("link"), launcher.installation().resolve("bin/pickaroon"));
        Ended ended = launcher.run(link, Map.of(), "scan", "a b", "-e", "*");
        assertThat(ended.code()).isEqualTo(7);
        assertThat(ended.out().lines())
                .contains(
                        "-Dpickaroon.home=" + launcher.installation(),
                        launcher.installation() + "/lib/Z.jar:" + launcher.installation() + "/lib/b.jar",
                        "-Xmx256m",
                        "-Dpickaroon.vectors=auto")
                .doesNotContain("--add-modules=jdk.incubator.vector")
                .endsWith("io.pickaroon.app.Main", "scan", "a b", "-e", "*");
    }

    @Test
    void withTheVectorApiShowsWhatTheProgramSaysAndNotWhatTheStartingJvmSays() throws Exception {
        Ended ended = launcher.run(WITH_VECTORS, "check");
        assertThat(ended.out().lines())
                .contains("-Dpickaroon.stderr.fd=9", "--add-modules=jdk.incubator.vector")
                .anyMatch(argument -> argument.startsWith("-XX:CompileCommand="))
                .doesNotContain("-Dpickaroon.vectors=auto");
        assertThat(ended.err()).isEqualTo("from the program\n");
    }

    @Test
    void withoutTheVectorApiStandardErrorIsTheCallersFromTheBeginning() throws Exception {
        for (String without : List.of("auto", "off")) {
            Ended ended = launcher.run(Map.of("PICKAROON_VECTORS", without), "check");
            assertThat(ended.out()).doesNotContain("stderr.fd", "incubator", "CompileCommand");
            assertThat(ended.err()).isEqualTo("from the JVM\n");
        }
        Ended refused = launcher.run(Map.of("PICKAROON_VECTORS", "yes"), "check");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("PICKAROON_VECTORS=yes").contains("auto, on or off");
    }

    @Test
    void saysWhichDescriptorsTheCallerHasGiven() throws Exception {
        assertThat(launcher.run(Map.of(), "check").out().lines()).contains("-Dpickaroon.descriptors=");
        assertThat(runLimited("exec 5</dev/null 17</dev/null").out().lines()).contains("-Dpickaroon.descriptors=17,5");
    }

    @Test
    void showsWhatTheJvmSaysAboutOptionsOfTheUsersOwn() throws Exception {
        Ended ended = launcher.run(Map.of("PICKAROON_JAVA_OPTS", "-Da=1 -Xbad", "PICKAROON_VECTORS", "on"), "check");
        assertThat(ended.out().lines()).contains("-Da=1", "-Xbad").doesNotContain("-Dpickaroon.stderr.fd=9");
        assertThat(ended.err()).contains("from the JVM");
    }

    @Test
    void tooFewDescriptorsAreSaidBeforeAnythingIsTried() throws Exception {
        for (int few : new int[] {5, 6, 9, 10, 11, 17, 33, 71}) {
            Ended ended = runLimited("ulimit -n " + few);
            assertThat(ended.code()).as("%d: %s", few, ended).isEqualTo(1);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err())
                    .isEqualTo("pickaroon: this process may have " + few
                            + " file descriptors and needs at least 72; raise it with 'ulimit -n'\n");
        }
        assertThat(runLimited("ulimit -n 72").code()).isEqualTo(7);
        assertThat(runLimited("ulimit -Sn 20").code())
                .as("java raises it itself")
                .isEqualTo(7);
        String many = "for i in {20..49}; do eval \"exec $i</dev/null\"; done; ulimit -n ";
        assertThat(runLimited(many + 101).err()).contains("may have 101", "needs at least 102");
        assertThat(runLimited(many + 102).code()).isEqualTo(7);
    }

    @Test
    void aPathThatAClassPathCannotHoldIsRefused() throws Exception {
        Path odd = Files.move(launcher.installation(), directory.resolve("at 10:30"));
        assertThat(launcher.run(odd.resolve("bin/pickaroon"), Map.of(), "check"))
                .isEqualTo(new Ended(
                        1,
                        "",
                        "pickaroon: " + odd + "/bin: Java cannot load classes from a path with a colon; move Pickaroon"
                                + " to another directory\n"));
    }

    @Test
    void boundsTheHeapAsTold() throws Exception {
        assertThat(launcher.run(Map.of("PICKAROON_HEAP", "1g"), "check").out()).contains("-Xmx1g", "-Xms80m");
        assertThat(launcher.run(Map.of("PICKAROON_HEAP", "090M"), "check").out())
                .contains("-Xmx090M", "-Xms80m");
        assertThat(launcher.run(Map.of("PICKAROON_HEAP", "65536k"), "check").out())
                .contains("-Xmx65536k")
                .doesNotContain("-Xms");
        for (String odd : List.of("lots", "1234567890123m")) {
            Ended refused = launcher.run(Map.of("PICKAROON_HEAP", odd), "check");
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).contains("PICKAROON_HEAP=" + odd).contains("512m");
        }
    }

    @Test
    void aHeapInWhichNothingRunsIsRefused() throws Exception {
        for (String little : List.of("1k", "1m", "2M", "8191k", "0g")) {
            assertThat(launcher.run(Map.of("PICKAROON_HEAP", little), "check"))
                    .isEqualTo(new Ended(
                            2,
                            "",
                            "pickaroon: PICKAROON_HEAP=" + little
                                    + " is too little to start with; at least 8m is needed, such as 256m\n"));
        }
        installMain("System.out.println(arguments[0]);");
        assertThat(launcher.run(Map.of("PICKAROON_JAVA", JAVA, "PICKAROON_HEAP", "8m"), "hello"))
                .isEqualTo(new Ended(0, "hello\n", ""));
    }

    @Test
    void saysWhyTheJvmCannotStart() throws Exception {
        installMain("System.out.println(arguments[0]);");
        for (String vectors : List.of("auto", "on")) {
            Ended large = launcher.run(
                    Map.of("PICKAROON_JAVA", JAVA, "PICKAROON_HEAP", "200000g", "PICKAROON_VECTORS", vectors), "hello");
            assertCannotStart(large, "object heap");
            assertCannotStart(
                    runLimited("export PICKAROON_JAVA='" + JAVA + "' PICKAROON_VECTORS=" + vectors
                            + "; ulimit -v 1000000"),
                    "allocate");
        }
        assertThat(runLimited("export PICKAROON_JAVA='" + JAVA + "'; ulimit -v 20000000"))
                .isEqualTo(new Ended(0, "check\n", ""));
    }

    private static void assertCannotStart(Ended ended, String why) {
        assertThat(ended.code()).as(ended.toString()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .startsWith("pickaroon: Java cannot start: ")
                .contains(why, "PICKAROON_HEAP");
    }

    @Test
    void warningsOfTheJvmGoToStandardError() throws Exception {
        installMain("Thread.ofPlatform().stackSize(Long.MAX_VALUE / 2).start(() -> {});");

        Ended ended = launcher.run(Map.of("PICKAROON_JAVA", JAVA), "hello");

        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("[warning][os,thread]");
    }

    @Test
    void aHeapThatIsTooSmallEndsTheProgramWithOneLine() throws Exception {
        installMain("""
            new Thread(() -> { while (true) { arguments[0] += arguments[0]; } }).start();
            Thread.sleep(60_000);
            """);

        Ended ended = launcher.run(
                Map.of("PICKAROON_JAVA", JAVA, "PICKAROON_HEAP", "32m"), "some text");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .startsWith("pickaroon: out of memory (heap 32m): raise it with PICKAROON_HEAP");
    }

    @Test
    void aJvmThatRefusesTheStartCacheRunsTheProgramWithoutAWord() throws Exception {
        Map<String, String> now = Map.of("PICKAROON_START_CACHE", "now");
        installMain("System.out.println(arguments[0]);");
        assertThat(launcher.run(now, "hello").out()).contains("-XX:AOTCache=");
        Path made = onlyFile(launcher.installation().resolve("cache"), "*.aot");
        Path java = Path.of(System.getProperty("java.home"));
        String name = made.getFileName()
                .toString()
                .replace("25.0.1+8", Runtime.version().toString());
        Files.move(made, made.resolveSibling(name));

        Ended ended = launcher.run(Map.of("PICKAROON_JAVA", java.toString(), "PICKAROON_START_CACHE", "auto"), "hello");

        assertThat(ended).isEqualTo(new Ended(0, "hello\n", ""));
        assertThat(onlyFile(launcher.installation().resolve("cache"), "*.aot")).hasFileName(name);
    }

    @Test
    void makesTheStartCacheBeforeTheRunWhenToldToAndUsesItAsLongAsTheJarsAreTheSame() throws Exception {
        Path jar = Files.createFile(launcher.installation().resolve("lib/pickaroon-app-1.jar"));

        Ended first = launcher.run(Map.of("PICKAROON_START_CACHE", "now"), "check");
        Path cache = onlyFile(launcher.installation().resolve("cache"), "*.aot");
        String option = "-XX:AOTCache=" + cache;
        assertThat(first.err()).contains("making the start-up cache " + cache);
        assertThat(first.out().lines()).contains(option);

        Ended second = launcher.run(Map.of("PICKAROON_START_CACHE", "auto"), "check");
        assertThat(second.err()).isEqualTo("from the JVM\n");
        assertThat(second.out().lines()).contains(option);
        assertThat(launcher.run(Map.of("PICKAROON_START_CACHE", "off"), "check").out())
                .doesNotContain("AOTCache");

        Files.writeString(jar, "another version");
        Ended afterUpdate = launcher.run(Map.of("PICKAROON_START_CACHE", "now"), "check");
        assertThat(afterUpdate.err()).contains("making the start-up cache");
        assertThat(afterUpdate.out()).contains("AOTCache").doesNotContain(option);
    }

    @Test
    void eachKindOfStartHasACacheOfItsOwn() throws Exception {
        Map<String, String> now = Map.of("PICKAROON_START_CACHE", "now");
        Map<String, String> vectorsNow = Map.of("PICKAROON_START_CACHE", "now", "PICKAROON_VECTORS", "on");
        Files.createFile(launcher.installation().resolve("lib/pickaroon-app-1.jar"));
        assertThat(launcher.run(now, "check").out()).contains("-short.aot");
        assertThat(launcher.run(now, "run").out()).contains("-run.aot");
        assertThat(launcher.run(vectorsNow, "run").out()).contains("-run-vectors.aot");
        assertThat(launcher.run(now, "scan").err()).doesNotContain("making");
    }

    @Test
    void saysThatTheStartCacheCannotBeMadeAndRuns() throws Exception {
        Files.writeString(launcher.installation().resolve("cache"), "in the way");
        Ended ended = launcher.run(Map.of("PICKAROON_START_CACHE", "now"), "check");
        assertThat(ended.code()).isEqualTo(7);
        assertThat(ended.err()).contains("the start-up cache could not be made");
        assertThat(ended.out()).doesNotContain("AOTCache");
    }

    @Test
    void makesAMissingStartCacheInTheBackground() throws Exception {
        Ended ended = launcher.run(Map.of("PICKAROON_START_CACHE", "auto"), "check");
        assertThat(ended.err()).isEqualTo("from the JVM\n");
        assertThat(ended.out()).doesNotContain("AOTCache");
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(onlyFile(launcher.installation().resolve("cache"), "{*.aot,making.*}"))
                        .isRegularFile());
    }

    @Test
    void startsTheBrokerWithAClassPathOfItsOwnAndStandardStreamsAsTheyAre() throws Exception {
        Ended ended = launcher.run(Map.of(), "dev-broker", "--port", "0");
        assertThat(ended.out().lines())
                .contains(launcher.installation() + "/broker/*")
                .doesNotContain("--add-modules=jdk.incubator.vector", "-Dpickaroon.stderr.fd=9")
                .endsWith("io.pickaroon.devbroker.DevBroker", "--port", "0");
        assertThat(ended.err()).contains("from the JVM");
    }

    private Ended runLimited(String before) throws Exception {
        Path script = directory.resolve("limited");
        Files.writeString(
                script, "#!/bin/bash\n" + before + "\nexec '" + launcher.installation() + "/bin/pickaroon' check\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return launcher.run(script, Map.of());
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
        try (JarOutputStream jar = new JarOutputStream(
                Files.newOutputStream(launcher.installation().resolve("lib/pickaroon-app-1.jar")))) {
            jar.putNextEntry(new ZipEntry(main));
            Files.copy(classes.resolve(main), jar);
        }
    }
}
