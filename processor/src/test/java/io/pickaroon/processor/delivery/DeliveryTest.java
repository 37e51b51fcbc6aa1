package io.pickaroon.processor.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class DeliveryTest {
    @TempDir
    Path directory;

    @Test
    void windowsPassInFileOrderThoughTheyAreAcknowledgedBackwards() throws IOException {
        List<ScannedWindow> windows = windows(20);
        MatchSink backwards = source -> source.collectList().flatMapIterable(all -> {
            List<Acknowledgement> acknowledgements =
                    new ArrayList<>(all.stream().map(Acknowledgement::of).toList());
            Collections.reverse(acknowledgements);
            return acknowledgements;
        });

        StepVerifier.create(deliver(backwards, windows).map(DeliveredWindow::scanned))
                .expectNextSequence(windows)
                .verifyComplete();
    }

    @Test
    void nothingPassesAWindowThatIsNotAcknowledged() throws IOException {
        List<ScannedWindow> windows = windows(10);
        MatchSink forgetful = source -> source.filter(window -> window != windows.get(3))
                .map(Acknowledgement::of)
                .concatWith(Flux.never());

        StepVerifier.create(deliver(forgetful, windows).map(DeliveredWindow::scanned))
                .expectNextSequence(windows.subList(0, 3))
                .expectNoEvent(Duration.ofMillis(100))
                .thenCancel()
                .verify();
    }

    @Test
    void aSinkThatCompletesButOwesAnAcknowledgementIsAnError() throws IOException {
        List<ScannedWindow> windows = windows(10);
        MatchSink forgetful = source -> source.take(9).map(Acknowledgement::of);

        StepVerifier.create(deliver(window -> forgetful.deliver(window).concatWith(Flux.empty()), windows))
                .expectNextCount(9)
                .verifyComplete();
        StepVerifier.create(deliver(source -> source.map(Acknowledgement::of).skipLast(1), windows))
                .expectNextCount(9)
                .verifyErrorMessage("the sink completed without acknowledging 1 of its windows, the first of them "
                        + windows.getLast());
    }

    /** The head counts when all windows before it do, and nothing after it. */
    @Test
    void ofAWindowThatIsNotAcknowledgedTheHeadMayBe() throws IOException {
        try (LogFile file = LogFile.open(Files.writeString(directory.resolve("log"), "x\n".repeat(10)))) {
            List<ScannedWindow> windows = windows(file, 4);
            ScannedWindow head = windows.get(2).before(1).orElseThrow();
            MatchSink leaving = source -> source.collectList()
                    .flatMapMany(all -> Flux.just(all.get(3), head, all.get(1), all.get(0)))
                    .map(Acknowledgement::of);

            StepVerifier.create(deliver(leaving, windows).map(DeliveredWindow::scanned))
                    .expectNext(windows.get(0), windows.get(1), head)
                    .verifyErrorMessage("the sink completed without acknowledging 3 of its windows, the first of them "
                            + windows.get(2));
        }
    }

    @Test
    void aWindowAcknowledgedTwiceIsAnError() throws IOException {
        List<ScannedWindow> windows = windows(2);
        MatchSink twice = source -> source.flatMapIterable(w -> List.of(Acknowledgement.of(w), Acknowledgement.of(w)));

        StepVerifier.create(deliver(twice, windows)).expectNextCount(1).verifyError(IllegalStateException.class);
    }

    @Test
    void acknowledgementsAreTakenOneAtATimeSoThatTheSinkBoundsWhatIsHeld() throws IOException {
        List<ScannedWindow> windows = windows(20);
        AtomicInteger acknowledged = new AtomicInteger();
        MatchSink sink = source -> source.map(Acknowledgement::of).doOnNext(_ -> acknowledged.incrementAndGet());

        StepVerifier.create(deliver(sink, windows), 3)
                .expectNextCount(3)
                .then(() -> assertThat(acknowledged.get()).isLessThanOrEqualTo(4))
                .thenCancel()
                .verify();
    }

    @Test
    void noAcknowledgementIsLostBetweenTheThreadsOfSinkAndEngine() throws IOException {
        List<ScannedWindow> windows = windows(10);
        MatchSink sink = source -> source.publishOn(Schedulers.boundedElastic(), 1)
                .handle((ScannedWindow window, SynchronousSink<Acknowledgement> out) ->
                        out.next(Acknowledgement.of(window)));

        for (int round = 0; round < 3_000; round++) {
            StepVerifier.create(deliver(sink, windows)
                            .publishOn(Schedulers.parallel(), 2)
                            .map(DeliveredWindow::scanned))
                    .expectNextSequence(windows)
                    .verifyComplete();
        }
    }

    private static Flux<DeliveredWindow> deliver(MatchSink sink, List<ScannedWindow> windows) {
        return new Delivery(sink).deliver(delivered -> Flux.fromIterable(windows));
    }

    private List<ScannedWindow> windows(int count) throws IOException {
        Path path = Files.writeString(directory.resolve("log"), "x\n".repeat(count));
        try (LogFile file = LogFile.open(path)) {
            List<ScannedWindow> windows = windows(file, 2);
            assertThat(windows).hasSize(count);
            return windows;
        }
    }

    private static List<ScannedWindow> windows(LogFile file, int windowBytes) throws IOException {
        Scanner scanner = new Scanner(List.of(new Rule("x", new Pattern.Literal("x", false))), Delimiter.AUTO, 10);
        return new WindowPlan(windowBytes, 10, Delimiter.AUTO)
                .windows(file, Position.START, file.sizeBytes())
                .concatMap(scanner::scan)
                .collectList()
                .block();
    }
}
