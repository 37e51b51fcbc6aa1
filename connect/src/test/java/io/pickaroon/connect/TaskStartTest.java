package io.pickaroon.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connect.settings.ConnectorProperties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A worker whose temporary directory gives no room for native code, as one that is mounted noexec does not. */
class TaskStartTest {
    /** Prints why a task does not start. */
    public static void main(String[] arguments) {
        try {
            new PickaroonSourceTask().start(ConnectorProperties.with());
        } catch (RuntimeException e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    @Test
    void aTaskDoesNotStartWhereNoNativeCodeCanBeLoaded() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Djna.tmpdir=/proc/none",
                        TaskStartTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(said)
                .startsWith("ConnectException: cannot call the C library: ")
                .contains("start Java with -Djna.tmpdir=DIR, a directory from which code may be loaded");
    }
}
