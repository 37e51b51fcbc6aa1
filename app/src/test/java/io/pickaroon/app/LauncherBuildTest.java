package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.Launcher.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which JDK the launcher takes, and when it builds first, with a {@code java} and an {@code mvn} that only say how they were called. */
@Timeout(60)
class LauncherBuildTest {
    @TempDir
    Path directory;

    private Launcher launcher;

    @BeforeEach
    void install() throws IOException {
        launcher = Launcher.installedIn(directory);
    }

    @Test
    void passesOverAJdkThatIsTooOld() throws Exception {
        Path old = launcher.fakeJdk("old", "21.0.9");
        Map<String, String> environment = Map.of(
                "PICKAROON_JAVA",
                "",
                "JAVA_HOME",
                old.toString(),
                "PATH",
                launcher.jdk() + "/bin:" + System.getenv("PATH"));
        assertThat(launcher.run(environment, "check").out()).contains("java=" + launcher.jdk());
    }

    @Test
    void takesTheJavaCommandThatItIsToldToTake() throws Exception {
        Path other = launcher.fakeJdk("other", "26-ea");
        Map<String, String> environment = Map.of(
                "PICKAROON_JAVA",
                other + "/bin/java",
                "JAVA_HOME",
                launcher.jdk().toString());
        assertThat(launcher.run(environment, "check").out()).contains("java=" + other);
    }

    @Test
    void refusesToBeToldToTakeAJdkThatIsTooOldOrNone() throws Exception {
        Path old = launcher.fakeJdk("old", "1.8.0_452");
        for (String wrong : List.of(old.toString(), directory.resolve("none").toString())) {
            Ended ended = launcher.run(
                    Map.of("PICKAROON_JAVA", wrong, "JAVA_HOME", launcher.jdk().toString()), "check");
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err()).contains("PICKAROON_JAVA=" + wrong);
        }
    }

    @Test
    void buildsWhatIsMissingOrOlderThanASourceAndNothingElse() throws Exception {
        Path tree = launcher.sourceTree("mkdir -p app/target/dist/lib; touch app/target/dist/lib/pickaroon-app-1.jar");
        Ended first = launcher.run(tree.resolve("pickaroon"), launcher.withMaven(), "check");
        assertThat(first.code()).isEqualTo(7);
        assertThat(first.out()).contains("-Dpickaroon.home=" + tree + "/app/target/dist");
        assertThat(first.err()).contains("building, because there is none yet").contains("app/target/build.log");

        assertThat(launcher.run(tree.resolve("pickaroon"), launcher.withMaven(), "check")
                        .err())
                .isEqualTo("from the JVM\n");

        Files.setLastModifiedTime(
                tree.resolve("app/src/main/Source.java"),
                FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(launcher.run(tree.resolve("pickaroon"), launcher.withMaven(), "check")
                        .err())
                .contains("building, because app/src/main/Source.java has changed");
    }

    @Test
    void saysWhyABuildFailedAndRunsNothing() throws Exception {
        Path tree = launcher.sourceTree("echo '[ERROR] Source.java:[1,2] no'; exit 1");
        Ended ended = launcher.run(tree.resolve("pickaroon"), launcher.withMaven(), "check");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("Source.java:[1,2] no").contains(tree + "/app/target/build.log");
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        Path tree = launcher.sourceTree("echo built >>builds; sleep 1; mkdir -p app/target/dist/lib;"
                + " touch app/target/dist/lib/pickaroon-app-1.jar");
        Process first = launcher.start(tree.resolve("pickaroon"), launcher.withMaven(), "check");
        Process second = launcher.start(tree.resolve("pickaroon"), launcher.withMaven(), "check");
        assertThat(Launcher.end(first).code()).isEqualTo(7);
        assertThat(Launcher.end(second).code()).isEqualTo(7);
        assertThat(tree.resolve("builds")).hasContent("built");
    }
}
