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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The start-up caches that the launcher script makes and takes. */
@Timeout(60)
class LauncherCacheTest {

    @TempDir
    Path directory;

    private Launcher launcher;

    @BeforeEach
    void install() throws IOException {
        launcher = Launcher.installedIn(directory);
    }

    @Test
    void aJvmThatRefusesTheStartCacheRunsTheProgramWithoutAWord() throws Exception {
        Map<String, String> now = Map.of("PICKAROON_START_CACHE", "now");
        launcher.installMain("System.out.println(arguments[0]);");
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
    void whatIsNoWholeStartCacheIsMadeAnew() throws Exception {
        Map<String, String> now = Map.of("PICKAROON_START_CACHE", "now");
        Files.createFile(launcher.installation().resolve("lib/pickaroon-app-1.jar"));
        launcher.run(now, "check");
        Path cache = onlyFile(launcher.installation().resolve("cache"), "*.aot");
        String path = "'" + cache + "'";
        for (String damage : List.of(": >" + path, "truncate -s 1000000 " + path, "rm " + path + "; mkfifo " + path)) {
            Path script = launcher.after(damage + "\nexec ");
            Ended ended = launcher.run(script, now);
            assertThat(ended.err()).as(damage).contains("making the start-up cache " + cache);
            assertThat(ended.out()).as(damage).contains("-XX:AOTCache=" + cache);
            assertThat(cache).as(damage).isRegularFile().hasSize(1_048_576);
        }
        assertThat(launcher.run(now, "check").err()).doesNotContain("making");
    }

    @Test
    void aRuntimeThatJlinkHasMadeHasAStartCacheToo() throws Exception {
        Files.createFile(launcher.installation().resolve("lib/pickaroon-app-1.jar"));
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\nMODULES=\"java.base\"\n");
        assertThat(launcher.run(Map.of("PICKAROON_START_CACHE", "now"), "check").out())
                .containsPattern("AOTCache=.*/25\\.0\\.1-.*-short\\.aot");
    }

    /** They may share a home directory, and a JVM refuses the cache of the other kind without a word. */
    @Test
    void eachKindOfProcessorHasACacheOfItsOwn() throws Exception {
        Files.createFile(launcher.installation().resolve("lib/pickaroon-app-1.jar"));
        Ended first = launcher.run(Map.of("PICKAROON_START_CACHE", "now", "HOSTTYPE", "x86_64"), "check");
        assertThat(first.out()).containsPattern("AOTCache=.*-x86_64-.*-short\\.aot");
        Ended second = launcher.run(Map.of("PICKAROON_START_CACHE", "now", "HOSTTYPE", "aarch64"), "check");
        assertThat(second.err()).contains("making the start-up cache");
        assertThat(second.out()).containsPattern("AOTCache=.*-aarch64-.*-short\\.aot");
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
        assertThat(ended.err())
                .contains("the start-up cache could not be made: " + launcher.installation()
                        + "/cache is no directory that can be written to; all works without it");
        assertThat(ended.out()).doesNotContain("AOTCache");
    }

    @Test
    void saysThatThereIsNoPlaceForAStartCache() throws Exception {
        for (String home : List.of("", "relative")) {
            Ended ended = runWithoutRightToWrite(Map.of("XDG_CACHE_HOME", home, "HOME", home));
            assertThat(ended.code()).isEqualTo(7);
            assertThat(ended.err())
                    .contains("pickaroon: the start-up cache could not be made: " + launcher.installation()
                            + " cannot be written to, and neither XDG_CACHE_HOME nor HOME is an absolute path;");
        }
        assertThat(directory.resolve("relative")).doesNotExist();
    }

    @Test
    void theStartCacheOfAnInstallationThatIsReadOnlyIsTheUsersOwn() throws Exception {
        Files.createFile(launcher.installation().resolve("lib/pickaroon-app-1.jar"));
        Path own = directory.resolve("own\n\u001b\u009b\u00e4");
        Ended ended = runWithoutRightToWrite(Map.of("XDG_CACHE_HOME", "relative", "HOME", own.toString()));
        assertThat(ended.err())
                .contains(
                        "making the start-up cache " + directory + "/own\\x0a\\x1b\\xc2\\x9b\u00e4/.cache/pickaroon/");
        assertThat(ended.out()).contains("-XX:AOTCache=" + own + "/.cache/pickaroon/");
    }

    private Ended runWithoutRightToWrite(Map<String, String> environment) throws Exception {
        Files.setPosixFilePermissions(launcher.installation(), PosixFilePermissions.fromString("r-xr-xr-x"));
        Map<String, String> all = new HashMap<>(environment);
        all.put("PICKAROON_START_CACHE", "now");
        // Root may write everywhere as long as it has this capability.
        Path script = launcher.after("[ $UID -ne 0 ] || set -- setpriv --bounding-set=-dac_override\nexec \"$@\" ");
        return launcher.run(script, all);
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

    private static Path onlyFile(Path directory, String glob) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
            List<Path> found = new ArrayList<>();
            files.forEach(found::add);
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }
}
