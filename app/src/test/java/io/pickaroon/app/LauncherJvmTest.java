package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.Launcher.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher script does so that a JVM does not end without a word. */
@Timeout(60)
class LauncherJvmTest {
    private static final String JAVA = System.getProperty("java.home");

    @TempDir
    Path directory;

    private Launcher launcher;

    @BeforeEach
    void install() throws IOException {
        launcher = Launcher.installedIn(directory);
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
        launcher.installMain("System.out.println(arguments[0]);");
        assertThat(launcher.run(Map.of("PICKAROON_JAVA", JAVA, "PICKAROON_HEAP", "8m"), "hello"))
                .isEqualTo(new Ended(0, "hello\n", ""));
    }

    @Test
    void aHeapThatIsTooSmallEndsTheProgramWithOneLine() throws Exception {
        launcher.installMain("""
            new Thread(() -> { while (true) { arguments[0] += arguments[0]; } }).start();
            Thread.sleep(60_000);
            """);

        Ended ended = launcher.run(Map.of("PICKAROON_JAVA", JAVA, "PICKAROON_HEAP", "32m"), "some text");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .startsWith("pickaroon: out of memory (heap 32m): raise it with PICKAROON_HEAP");
    }

    @Test
    void saysWhyTheJvmCannotStart() throws Exception {
        launcher.installMain("System.out.println(arguments[0]);");
        for (String vectors : List.of("auto", "on")) {
            Ended large = launcher.run(
                    Map.of("PICKAROON_JAVA", JAVA, "PICKAROON_HEAP", "200000g", "PICKAROON_VECTORS", vectors), "hello");
            assertCannotStart(large, "object heap");
            assertCannotStart(
                    launcher.runAfter("export PICKAROON_JAVA='" + JAVA + "' PICKAROON_VECTORS=" + vectors
                            + "; ulimit -v 1000000"),
                    "allocate");
        }
        assertThat(launcher.runAfter("export PICKAROON_JAVA='" + JAVA + "'; ulimit -v 20000000"))
                .isEqualTo(new Ended(0, "check\n", ""));
    }

    @Test
    void warningsOfTheJvmGoToStandardError() throws Exception {
        launcher.installMain("Thread.ofPlatform().stackSize(Long.MAX_VALUE / 2).start(() -> {});");

        Ended ended = launcher.run(Map.of("PICKAROON_JAVA", JAVA), "hello");

        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("[warning][os,thread]");
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
}
