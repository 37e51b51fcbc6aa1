package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.Launcher.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher script puts on the class path behind Pickaroon's own jars. */
@Timeout(60)
class LauncherPlugInsTest {
    private static final String SHARED = "/usr/share/pickaroon/plugins";

    @TempDir
    Path directory;

    private Launcher launcher;
    private Path plugIns;

    @BeforeEach
    void install() throws IOException {
        launcher = Launcher.installedIn(directory);
        Files.createFile(launcher.installation().resolve("lib/a.jar"));
        plugIns = Files.createDirectory(launcher.installation().resolve("plugins"));
    }

    @Test
    void plugInsStandBehindForThoseThatReadAConfiguration() throws Exception {
        Path shared = Files.createDirectory(directory.resolve("shared"));
        Path script = launcher.installation().resolve("bin/pickaroon");
        assertThat(Files.readString(script)).contains(SHARED);
        Files.writeString(script, Files.readString(script).replace(SHARED, shared.toString()));
        Files.createFile(plugIns.resolve("b c.jar"));
        Files.createFile(plugIns.resolve("Z.jar"));
        Files.createFile(plugIns.resolve("README"));
        Files.createFile(shared.resolve("A.jar"));
        String own = launcher.installation() + "/lib/a.jar";
        for (String command : List.of("run", "check", "positions", "status")) {
            assertThat(launcher.run(Map.of(), command).out().lines())
                    .contains(own + ":" + plugIns + "/Z.jar:" + plugIns + "/b c.jar:" + shared + "/A.jar");
        }
        for (String command : List.of("scan", "fix", "demo", "checkpoint", "--version")) {
            assertThat(launcher.run(Map.of(), command).out().lines())
                    .contains(own)
                    .noneMatch(line -> line.contains("Z.jar"));
        }
        assertThat(launcher.run(Map.of(), "dev-broker").out()).doesNotContain("Z.jar");
    }

    @Test
    void withoutPlugInsNothingIsAdded() throws Exception {
        String own = launcher.installation() + "/lib/a.jar";
        assertThat(launcher.run(Map.of(), "check").out().lines()).contains(own);
        Files.delete(plugIns);
        assertThat(launcher.run(Map.of(), "check").out().lines()).contains(own);
    }

    @Test
    void aNameThatAClassPathCannotHoldIsRefused() throws Exception {
        Path odd = Files.createFile(plugIns.resolve("at 10:30.jar"));
        assertRefused(odd + ": Java cannot load classes from a path with a colon; give this plug-in another name");
        assertThat(launcher.run(Map.of(), "scan").code()).isEqualTo(7);
    }

    @Test
    void whatIsNoFileIsRefused() throws Exception {
        Path odd = Files.createDirectory(plugIns.resolve("odd.jar"));
        String refusal = odd + ": this plug-in is no file that this user may read";
        assertRefused(refusal);
        Files.delete(odd);
        Files.createSymbolicLink(odd, directory.resolve("nowhere"));
        assertRefused(refusal);
        Files.delete(odd);
        Files.createSymbolicLink(odd, Files.createFile(directory.resolve("elsewhere")));
        assertThat(launcher.run(Map.of(), "check").out()).contains("lib/a.jar:" + odd + "\n");
    }

    @Test
    void aDirectoryThatCannotBeReadIsRefused() throws Exception {
        Files.createFile(plugIns.resolve("b.jar"));
        Files.setPosixFilePermissions(plugIns, PosixFilePermissions.fromString("--x--x--x"));
        // Root may read everything as long as it has these capabilities.
        Path script = launcher.after(
                "[ $UID -ne 0 ] || set -- setpriv --bounding-set=-dac_override,-dac_read_search\nexec \"$@\" ");
        Ended ended = launcher.run(script, Map.of());
        Files.setPosixFilePermissions(plugIns, PosixFilePermissions.fromString("rwxr-xr-x"));
        String refusal = plugIns + ": plug-ins are loaded from here, and it is no directory that this user may read";
        assertThat(ended).isEqualTo(new Ended(2, "", "pickaroon: " + refusal + "\n"));
        Files.delete(plugIns.resolve("b.jar"));
        Files.delete(plugIns);
        Files.createFile(plugIns);
        assertRefused(refusal);
    }

    /** Made without them, so that another plug-in needs no other cache. */
    @Test
    void theStartCacheIsTheSameAndTheJvmTakesIt() throws Exception {
        launcher.installMain("System.out.println(arguments[0]);");
        Map<String, String> now = Map.of(
                "PICKAROON_START_CACHE", "now",
                "PICKAROON_JAVA", System.getProperty("java.home"),
                "PICKAROON_JAVA_OPTS", "-Xlog:class+load:file=loaded");
        for (int plugInCount = 0; plugInCount < 3; plugInCount++) {
            Ended ended = launcher.run(now, "check");
            assertThat(ended.out()).isEqualTo("check\n");
            assertThat(ended.err().contains("making the start-up cache")).isEqualTo(plugInCount == 0);
            assertThat(Files.readAllLines(directory.resolve("loaded")))
                    .as("%d plug-ins", plugInCount)
                    .anyMatch(line -> line.contains(" io.pickaroon.app.Main source: shared objects file"));
            new JarOutputStream(Files.newOutputStream(plugIns.resolve(plugInCount + ".jar")), new Manifest()).close();
        }
    }

    private void assertRefused(String refusal) throws Exception {
        assertThat(launcher.run(Map.of(), "check")).isEqualTo(new Ended(2, "", "pickaroon: " + refusal + "\n"));
    }
}
