package io.pickaroon.connect.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Connect finds the offset of a split by the bytes of its key, whichever worker wrote it. The JDK orders the keys of a map
 * anew in each JVM, so two JVMs make the keys here.
 */
@Tag("worker")
@Timeout(60)
class SplitKeysTest {
    @Test
    void everyJvmMakesTheSameKeys() throws Exception {
        Process one = launch();
        Process another = launch();

        byte[] ofOne = output(one);

        assertThat(output(another)).isEqualTo(ofOne);
        assertThat(new String(ofOne, StandardCharsets.UTF_8))
                .isEqualTo(SplitKeys.splits()
                        .map(split -> "[\"%s\",{\"split\":\"%s\"}]\n".formatted(SplitKeys.CONNECTOR, split))
                        .collect(Collectors.joining()));
    }

    private static Process launch() throws IOException {
        Path tests = Path.of("target", "test-classes");
        List<String> command =
                ConnectWorkers.java(List.of(tests, ConnectWorkers.plugin().resolve("*")), SplitKeys.class.getName());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static byte[] output(Process process) throws IOException, InterruptedException {
        byte[] bytes = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return bytes;
    }
}
