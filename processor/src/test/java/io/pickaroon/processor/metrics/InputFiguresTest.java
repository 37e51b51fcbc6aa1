package io.pickaroon.processor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.LogProcessor;
import io.pickaroon.processor.RunState;
import io.pickaroon.processor.ScriptedSink;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.rule.Captures;
import io.pickaroon.processor.rule.Context;
import io.pickaroon.processor.rule.EmitOptions;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.rule.Sample;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

class InputFiguresTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Rule ERRORS = new Rule("errors", new Pattern.Literal("ERROR", false));
    private static final Rule SILENT =
            new Rule("silent", new Pattern.Literal("number", false), false, Optional.empty());

    @TempDir
    Path directory;

    private LogProcessor processor;
    private Disposable run;

    @AfterEach
    void stop() {
        run.dispose();
    }

    @Test
    void matchesAreCountedByInputAndRuleWhetherTheyAreEmittedOrNot() throws IOException {
        Path a = Files.writeString(directory.resolve("a"), "ERROR number 1\nnumber 2\nnothing\n");
        Path b = Files.writeString(directory.resolve("b"), "ERROR\n");
        follow(new ScriptedSink(1, 1), input("one", a, ERRORS, SILENT), input("two", b, ERRORS));

        Awaitility.await()
                .atMost(SOON)
                .until(() -> of("one").scanned().records() == 3
                        && of("two").scanned().records() == 1);

        assertThat(of("one").rules())
                .containsExactly(new RuleFigures("errors", 1, 1, 0, 0, 0), new RuleFigures("silent", 2, 0, 0, 0, 0));
        assertThat(of("two").rules()).containsExactly(new RuleFigures("errors", 1, 1, 0, 0, 0));
        assertThat(of("one").scanned().bytes()).isEqualTo(Files.size(a));
        assertThat(of("one").unaccountedBytes()).isZero();
    }

    @Test
    void whatASampleLeavesOutIsCountedSoThatNoMatchIsMissing() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "ERROR number\n".repeat(1_000));
        EmitOptions options = new EmitOptions(Captures.NONE, Context.NONE, new Sample(4));
        Rule sampled = new Rule("sampled", ERRORS.pattern(), true, Optional.empty(), options);
        follow(new ScriptedSink(1, 1), input("one", file, sampled, SILENT));

        Awaitility.await().atMost(SOON).until(() -> of("one").scanned().records() == 1_000);

        RuleFigures figures = of("one").rules().getFirst();
        assertThat(figures.matchedRecords()).isEqualTo(1_000);
        assertThat(figures.emittedMatches() + figures.sampledOutMatches()).isEqualTo(1_000);
        assertThat(figures.sampledOutMatches()).isBetween(600L, 900L);
        assertThat(of("one").emittedMatches()).isEqualTo(figures.emittedMatches());
        assertThat(of("one").sampledOutMatches()).isEqualTo(figures.sampledOutMatches());
        assertThat(processor.counters().ledger().sampledOutMatches()).isEqualTo(figures.sampledOutMatches());
        assertThat(of("one").scanned().matchedRecords()).isEqualTo(1_000);
    }

    @Test
    void lagIsWhatIsCompleteAndNotDelivered() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "ERROR 1\nhalf");
        MatchSink neverAcknowledges = windows -> windows.concatMap(_ -> Flux.never());
        follow(neverAcknowledges, input("one", file, ERRORS));

        Awaitility.await().atMost(SOON).until(() -> of("one").lagBytes() == 8);

        Duration lag = of("one").lag();
        assertThat(lag).isPositive();
        assertThat(of("one").longestLagBytes()).isEqualTo(8);
        Awaitility.await().atMost(SOON).until(() -> of("one").lag().compareTo(lag) > 0);
        assertThat(processor.counters().stalled()).isPositive();
    }

    @Test
    void thereIsNoLagOnceEverythingIsDelivered() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "ERROR 1\nhalf");
        follow(new ScriptedSink(1, 1), input("one", file, ERRORS));
        Awaitility.await().atMost(SOON).until(() -> of("one").scanned().bytes() == 8);
        Files.writeString(file, " and half\n", StandardOpenOption.APPEND);

        Awaitility.await().atMost(SOON).until(() -> of("one").scanned().bytes() == 22);

        assertThat(of("one").lagBytes()).isZero();
        assertThat(of("one").lag()).isZero();
        assertThat(processor.counters().stalled()).isZero();
        assertThat(of("one").files()).isOne();
        assertThat(processor.counters().destination()).isInstanceOf(Destination.Ready.class);
    }

    @Test
    void anOutageIsCountedAndSaid() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "ERROR 1\n");
        MatchSink broken = _ -> Flux.error(DeliveryException.retryable("the harbour is closed", null));
        follow(broken, input("one", file, ERRORS));

        Awaitility.await()
                .atMost(SOON)
                .until(() ->
                        processor.counters().destination().equals(new Destination.Failing("the harbour is closed")));

        assertThat(processor.counters().outages()).isPositive();
    }

    private InputFigures of(String id) {
        return processor.counters().inputs().stream()
                .filter(input -> input.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void follow(MatchSink sink, LogInput... inputs) {
        processor = new LogProcessor(List.of(inputs), sink, RunState.none(), RunSettings.follow());
        run = processor.run().subscribe();
    }

    private static LogInput input(String id, Path file, Rule... rules) {
        return new LogInput(
                id,
                Discovery.of(List.of(file)),
                false,
                new Reading(new WindowPlan(4096, 1024, Delimiter.AUTO)),
                List.of(rules));
    }
}
