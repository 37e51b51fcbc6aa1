package shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.LogFollow;
import io.pickaroon.processor.MatchedRecord;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a program with the engine as its only dependency can do with a live log. */
@Timeout(120)
class LiveLogTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private Path log;
    private Flux<String> records;

    @BeforeEach
    void write() throws IOException {
        log = directory.resolve("shop.log");
        append(1, 1_000);
        records = new LogFollow(List.of(new Rule("orders", new Pattern.Literal("order=", false))))
                .records(log)
                .map(MatchedRecord::text);
    }

    private void append(int first, int last) throws IOException {
        Files.writeString(
                log,
                orders(first, last).stream().map(order -> order + "\n").collect(Collectors.joining()),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static List<String> orders(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "order=" + i).toList();
    }

    @Test
    void takesTwenty() {
        assertThat(records.take(20).collectList().block(SOON)).isEqualTo(orders(1, 20));
        assertNothingIsLeft();
    }

    @Test
    void takesAFewAtATime() {
        assertThat(records.limitRate(10).take(1_000).collectList().block(SOON)).isEqualTo(orders(1, 1_000));
    }

    @Test
    void takesThemSlowly() {
        assertThat(records.concatMap(order -> Mono.delay(Duration.ofMillis(1)).thenReturn(order))
                        .take(500)
                        .collectList()
                        .block(SOON))
                .isEqualTo(orders(1, 500));
    }

    @Test
    void followsThroughARotationUntilItIsCancelled() throws IOException {
        List<String> taken = Collections.synchronizedList(new ArrayList<>());
        Disposable subscription = records.subscribe(taken::add);
        await(() -> taken.size() == 1_000);
        append(1_001, 1_500);
        Files.move(log, directory.resolve("shop.log.1"));
        append(1_501, 2_000);
        await(() -> taken.size() == 2_000);
        assertThat(taken).isEqualTo(orders(1, 2_000));
        subscription.dispose();
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().matches("(log-follow|scan|checkpoint)-\\d+")));
        await(() -> openFiles().noneMatch(file -> file.startsWith(directory)));
    }

    private static Stream<Path> openFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.map(LiveLogTest::target).toList().stream();
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException closedMeanwhile) {
            return descriptor;
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(SOON).until(condition);
    }
}
