package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.Launcher.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher script, with a {@code java} that only says how it was called. */
@Timeout(60)
class LauncherTest {
    private static final Map<String, String> WITH_VECTORS = Map.of("PICKAROON_VECTORS", "on");

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
        assertThat(launcher.runAfter("exec 5</dev/null 17</dev/null").out().lines())
                .contains("-Dpickaroon.descriptors=17,5");
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
            Ended ended = launcher.runAfter("ulimit -n " + few);
            assertThat(ended.code()).as("%d: %s", few, ended).isEqualTo(1);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err())
                    .isEqualTo("pickaroon: this process may have " + few
                            + " file descriptors and needs at least 72; raise it with 'ulimit -n'\n");
        }
        assertThat(launcher.runAfter("ulimit -n 72").code()).isEqualTo(7);
        assertThat(launcher.runAfter("ulimit -Sn 20").code())
                .as("java raises it itself")
                .isEqualTo(7);
        String many = "for i in {20..49}; do eval \"exec $i</dev/null\"; done; ulimit -n ";
        assertThat(launcher.runAfter(many + 101).err()).contains("may have 101", "needs at least 102");
        assertThat(launcher.runAfter(many + 102).code()).isEqualTo(7);
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

    /** While bash waits for the end of a program it forgets a SIGINT. */
    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void aSignalWhileAnotherProgramEndsReachesJava(String signal, int code) throws Exception {
        Path programs = Files.createDirectory(directory.resolve("programs"));
        Launcher.script(programs.resolve("stat"), untilEnded("exec >&-"));
        Launcher.script(launcher.jdk().resolve("bin/java"), untilEnded(": >running"));
        Map<String, String> environment =
                Map.of("PICKAROON_START_CACHE", "now", "PATH", programs + ":" + System.getenv("PATH"));
        Process process = launcher.start(launcher.after("exec env --default-signal "), environment);
        try {
            await().until(() -> Files.exists(directory.resolve("running")));
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(code);
        } finally {
            Files.createFile(directory.resolve("ended"));
        }
    }

    private static String untilEnded(String first) {
        return """
            case "$*" in *AOTCacheOutput*) exit 1 ;; esac
            %s
            until [ -e ended ] || [ ! -d programs ]; do sleep 0.01; done
            """.formatted(first);
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
    void startsTheBrokerWithAClassPathOfItsOwnAndStandardStreamsAsTheyAre() throws Exception {
        Ended ended = launcher.run(Map.of(), "dev-broker", "--port", "0");
        assertThat(ended.out().lines())
                .contains(launcher.installation() + "/broker/*")
                .doesNotContain("--add-modules=jdk.incubator.vector", "-Dpickaroon.stderr.fd=9")
                .endsWith("io.pickaroon.devbroker.DevBroker", "--port", "0");
        assertThat(ended.err()).contains("from the JVM");
    }
}
