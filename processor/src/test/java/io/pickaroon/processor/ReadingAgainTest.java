package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveringRun;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScanTally;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Files that are read again, with a destination that keeps positions of its own. */
class ReadingAgainTest {
    private static final Rule ERRORS = new Rule("errors", new Pattern.Literal("ERROR", false), true, Optional.empty());

    @TempDir
    Path directory;

    private final PositionsSink destination = new PositionsSink();
    private Path log;

    @BeforeEach
    void deliverOnce() throws IOException {
        log = directory.resolve("app.log");
        Files.writeString(log, "ERROR 0\nINFO 1\nERROR 2\n" + ("x".repeat(99) + "\n").repeat(100) + "ERROR 3\n");
        run();
        assertThat(destination.taken()).containsExactly("ERROR 0", "ERROR 2", "ERROR 3");
    }

    @Test
    void nothingIsSentAgainWithoutAReset() throws IOException {
        run();
        assertThat(destination.taken()).isEmpty();
    }

    @Test
    void aResetCountsMoreThanThePositionOfTheDestination() throws IOException {
        change(c -> c.progress().resetAll());
        run();
        assertThat(destination.taken()).containsExactly("ERROR 0", "ERROR 2", "ERROR 3");
        assertThat(destination.resets()).isEqualTo(1);
        run();
        assertThat(destination.taken()).isEmpty();
    }

    @Test
    void recordsThatStartAtTheOffsetOrLaterAreReadAgain() throws IOException {
        for (int offset : new int[] {9, 14, 15}) {
            FileIdentity file = identity();
            change(c -> c.progress().reset(file, new Position(offset, false), LineEnds.UNKNOWN));
            run();
            assertThat(destination.taken()).as("offset %d", offset).containsExactly("ERROR 2", "ERROR 3");
        }
        assertThat(destination.resets()).isEqualTo(3);
    }

    @Test
    void aResetThatIsInterruptedGoesOnWhereItWas() throws IOException {
        change(c -> c.progress().resetAll());
        destination.failAfter = 1;
        assertThat(catchThrowable(this::run)).isInstanceOf(DeliveryException.class);
        destination.failAfter = Integer.MAX_VALUE;
        List<String> before = destination.taken();
        assertThat(before).isNotEmpty().doesNotContain("ERROR 3");
        run();
        List<String> all = new ArrayList<>(before);
        all.addAll(destination.taken());
        assertThat(all).containsExactly("ERROR 0", "ERROR 2", "ERROR 3");
        assertThat(destination.resets()).isEqualTo(1);
    }

    /** As after a downgrade, which forgets numbers, when the older version did not come as far as the newer one. */
    @Test
    void aHigherNumberOfTheDestinationWinsAlsoFurtherBack() throws IOException {
        destination.positions.replaceAll(
                (_, known) -> new DeliveredPosition(new Position(15, true), known.rules(), 0, LineEnds.UNKNOWN, 7));
        run();
        assertThat(destination.taken()).containsExactly("ERROR 2", "ERROR 3");
        assertThat(entry().reset().number()).isEqualTo(7);
        assertThat(destination.resets()).isEqualTo(7);
    }

    @Test
    void aLowerNumberOfTheDestinationDoesNotCountAlsoFurtherOn() throws IOException {
        change(c -> c.progress().startAnew(5));
        run();
        assertThat(destination.taken()).containsExactly("ERROR 0", "ERROR 2", "ERROR 3");
        assertThat(destination.resets()).isEqualTo(5);
    }

    @Test
    void aTruncatedFileKeepsItsNumber() throws IOException {
        change(c -> c.progress().startAnew(5));
        run();
        destination.taken();
        Files.writeString(log, "ERROR x\n");
        run();
        assertThat(destination.taken()).containsExactly("ERROR x");
        assertThat(entry().reset().number()).isEqualTo(5);
    }

    @Test
    void theRunSaysWhatFilesAndRulesItHasAndKeepsWhatItIsTold() throws IOException {
        Instance told = destination.seen;
        assertThat(told.standing()).isEqualTo(Standing.NEW);
        destination.keep = told.named("web", Standing.HELD);
        run();
        try (CheckpointFile checkpoint = CheckpointFile.open(directory.resolve("checkpoint"))) {
            assertThat(checkpoint.instance()).isEqualTo(destination.keep);
        }
        assertThat(destination.files).containsOnlyKeys(identity());
        DeliveringRun.KnownFile known = destination.files.get(identity());
        assertThat(known.checkpointed()).hasValue(Files.size(log));
        assertThat(known.rules()).hasSize(1).isEqualTo(destination.rules);
        assertThat(destination.path).contains(directory.toRealPath().resolve("checkpoint"));
    }

    @Test
    void whatTheDestinationHasAlreadyIsInALineOfItsOwn() throws IOException {
        Files.delete(directory.resolve("checkpoint"));
        Files.writeString(log, "ERROR 4\nINFO 5\n", StandardOpenOption.APPEND);

        Ledger ledger = run();

        assertThat(destination.taken()).containsExactly("ERROR 4");
        assertThat(ledger.alreadyDelivered().bytes()).isEqualTo(10_031);
        assertThat(ledger.alreadyDelivered().records()).isEqualTo(104);
        assertThat(ledger.seenByRules()).isEqualTo(new ScanTally(2, 1, 0, 8, 7, 0));
        assertThat(ledger.scanned().bytes()).isEqualTo(Files.size(log));
    }

    @Test
    void noRecordIsCalledUnmatchedWhichARuleWasNotAskedAbout() throws IOException {
        Files.delete(directory.resolve("checkpoint"));

        Ledger ledger = run(new Rule("infos", new Pattern.Literal("INFO", false), true, Optional.empty()));

        assertThat(destination.taken()).isEmpty();
        assertThat(ledger.alreadyDelivered().bytes()).isEqualTo(Files.size(log));
        assertThat(ledger.seenByRules()).isEqualTo(ScanTally.ZERO);
    }

    private Ledger run() throws IOException {
        return run(ERRORS);
    }

    private Ledger run(Rule rule) throws IOException {
        try (RunState state = RunState.open(directory.resolve("checkpoint"))) {
            RunSettings settings =
                    new RunSettings(true, 1, 1, Duration.ofMillis(50), Duration.ofMillis(5), FollowSettings.STANDARD);
            LogInput input = FixRuns.input("in", log, false, 1024, rule);
            return new LogProcessor(List.of(input), destination, state, settings)
                    .run()
                    .block();
        }
    }

    private interface Change {
        void to(CheckpointFile checkpoint) throws IOException;
    }

    private void change(Change change) throws IOException {
        try (CheckpointFile checkpoint = CheckpointFile.open(directory.resolve("checkpoint"))) {
            change.to(checkpoint);
            checkpoint.commit();
        }
    }

    private CheckpointEntry entry() throws IOException {
        return CheckpointFile.inspect(directory.resolve("checkpoint"))
                .checkpoint()
                .orElseThrow()
                .entries()
                .values()
                .iterator()
                .next();
    }

    private FileIdentity identity() throws IOException {
        return CheckpointFile.inspect(directory.resolve("checkpoint"))
                .checkpoint()
                .orElseThrow()
                .entries()
                .keySet()
                .iterator()
                .next();
    }

    /** Keeps positions with their reset numbers, and numbers what is pending before it asks for windows. */
    private static final class PositionsSink implements MatchSink {
        private final Map<FileIdentity, DeliveredPosition> positions = new HashMap<>();
        private final List<String> taken = new ArrayList<>();
        private int failAfter = Integer.MAX_VALUE;
        private DeliveringRun run;
        private Instance seen;
        private Instance keep;
        private Map<FileIdentity, DeliveringRun.KnownFile> files;
        private Set<String> rules;
        private Optional<Path> path;

        @Override
        public void attach(DeliveringRun attached) {
            run = attached;
        }

        @Override
        public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
            throw new AssertionError("the engine resumes");
        }

        @Override
        public Flux<Acknowledgement> resume(
                Function<Map<FileIdentity, DeliveredPosition>, Flux<ScannedWindow>> windowsAfter) {
            return Flux.defer(() -> {
                        begin();
                        return windowsAfter.apply(Map.copyOf(positions)).map(this::take);
                    })
                    .subscribeOn(Schedulers.boundedElastic());
        }

        private void begin() {
            try {
                seen = run.instance();
                files = run.files();
                rules = run.rules();
                path = run.checkpoint();
                if (keep != null) {
                    run.keep(keep);
                }
                if (run.hasPendingResets()) {
                    run.numberResets(1 + Math.max(resets(), run.highestResets()));
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private Acknowledgement take(ScannedWindow window) {
            if (failAfter-- <= 0) {
                throw DeliveryException.fatal("away", null);
            }
            MatchBatch batch = window.matches();
            for (int i = 0; i < batch.size(); i++) {
                taken.add(new String(batch.copyOfRecord(i), StandardCharsets.UTF_8));
            }
            FileIdentity file = window.file().identity();
            positions.put(file, DeliveredPosition.after(window, 0, run.resets(file)));
            return Acknowledgement.of(window);
        }

        List<String> taken() {
            List<String> result = List.copyOf(taken);
            taken.clear();
            return result;
        }

        int resets() {
            return positions.values().stream()
                    .mapToInt(DeliveredPosition::resets)
                    .max()
                    .orElse(0);
        }
    }
}
