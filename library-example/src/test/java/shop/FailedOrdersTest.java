package shop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailedOrdersTest {
    private static final Path ROOT =
            Path.of(System.getProperty("pickaroon.launcher")).getParent();

    @Test
    void printsTheRecordsThatMatch(@TempDir Path directory) throws IOException {
        Path log = Files.writeString(directory.resolve("shop.log"), """
            INFO  started order=1
            ERROR no stock for order=2
            INFO  paid order=3
            ERROR deadlock, order=4
            """);
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            FailedOrders.main(new String[] {log.toString()});
        } finally {
            System.setOut(out);
        }
        assertThat(printed.toString(UTF_8).lines())
                .containsExactly("22: ERROR no stock for order=2", "68: ERROR deadlock, order=4");
    }

    @ParameterizedTest
    @CsvSource({"FailedOrders, Rule failed", "LiveOrders, new LogFollow", "FollowedOrders, new LogFollow"})
    void isWhatTheGuideShows(String program, String first) throws IOException {
        String source = Files.readString(ROOT.resolve("library-example/src/main/java/shop/%s.java".formatted(program)));
        int start = source.indexOf(first);
        String body = source.substring(start, source.indexOf(".blockLast();", start));
        int indent = start - source.lastIndexOf('\n', start) - 1;
        assertThat(Files.readString(ROOT.resolve("docs/guide/library.md")))
                .contains(body.replace("\n" + " ".repeat(indent), "\n"));
    }

    /** What a program has to take along with the engine. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org/apache/kafka/clients/producer/Producer.class",
                "reactor/kafka/sender/KafkaSender.class",
                "META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
                "org/snakeyaml/engine/v2/api/Load.class",
                "picocli/CommandLine.class"
            })
    void theEngineBringsNeitherKafkaNorALoggingBindingNorACommandLine(String resource) {
        assertThat(FailedOrders.class.getClassLoader().getResource(resource)).isNull();
    }
}
