package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The consumer in Java that the guide has can be taken as it is. */
class ConsumersGuideTest {
    @TempDir
    Path directory;

    @Test
    void theConsumerCompilesWithKafkasClientAlone() throws IOException {
        List<String> consumers = GuidePage.read("docs/guide/consumers.md").blocks().stream()
                .filter(block -> block.language().equals("java"))
                .map(GuidePage.Block::text)
                .toList();
        assertThat(consumers).hasSize(1);
        Path source = Files.writeString(directory.resolve("Errors.java"), consumers.getFirst());

        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter mistakes = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            mistakes,
                            files,
                            null,
                            List.of("-d", directory.toString(), "-cp", kafkaClients(), "-Xlint:all", "-Werror"),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as(mistakes.toString()).isTrue();
        }
        assertThat(directory.resolve("Errors.class")).exists();
    }

    private static String kafkaClients() {
        return Path.of(KafkaConsumer.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }
}
