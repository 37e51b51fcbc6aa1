package shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own, killed with SIGKILL while it works. */
@Timeout(600)
class FollowedOrdersTest {
    private static final int KILLS = 10;
    private static final int MOST_IN_A_ROUND = 20_000;

    @TempDir
    Path directory;

    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private int orders;
    private Process program;

    @Test
    void losesAndDoublesNothingOverTenKills() throws Exception {
        Path log = directory.resolve("shop.log");
        for (int kill = 0; kill < KILLS; kill++) {
            int before = stored().size();
            if (kill % 3 == 2) {
                Files.move(log, directory.resolve("shop.log." + kill));
            }
            append(log, 1 + random.nextInt(MOST_IN_A_ROUND));
            start();
            int wanted = before + random.nextInt(Math.max(1, orders - before));
            await(() -> stored().size() > wanted);
            append(log, random.nextInt(MOST_IN_A_ROUND));
            program.destroyForcibly();
            assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        start();
        await(() -> stored().size() >= orders);
        program.destroy();
        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(stored())
                .isEqualTo(IntStream.rangeClosed(1, orders)
                        .mapToObj(order -> "ERROR no stock for order=" + order)
                        .toList());
    }

    @AfterEach
    void kill() {
        program.destroyForcibly();
    }

    private void append(Path log, int count) throws IOException {
        Files.writeString(
                log,
                IntStream.rangeClosed(orders + 1, orders + count)
                        .mapToObj(order -> "INFO  started\nERROR no stock for order=" + order + "\n")
                        .collect(Collectors.joining()),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        orders += count;
    }

    private void start() throws IOException {
        program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FollowedOrders.class.getName(),
                        directory.resolve("shop.log").toString(),
                        directory.resolve("checkpoint").toString(),
                        directory.resolve("failed-orders").toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(directory.resolve("out").toFile()))
                .start();
    }

    /** The records of whole lines, without their ids. */
    private List<String> stored() throws IOException {
        Path file = directory.resolve("failed-orders");
        String content = Files.exists(file) ? Files.readString(file) : "";
        return content.substring(0, content.lastIndexOf('\n') + 1)
                .lines()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }

    private void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(5))
                .failFast(() -> assertThat(program.isAlive()).as(this::printed).isTrue())
                .until(condition);
    }

    private String printed() {
        try {
            return Files.readString(directory.resolve("out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
