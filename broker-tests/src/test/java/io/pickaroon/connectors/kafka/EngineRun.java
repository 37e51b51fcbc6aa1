package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.records.RouteForms;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.processor.LogProcessor;
import io.pickaroon.processor.RunState;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveringRun;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import io.pickaroon.records.emit.ValueFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/**
 * A run of the whole engine over one log file, exactly once: records with ERROR go to a topic named like the instance,
 * and ERROR becomes FIXED. In this process, or as the main class of one that is to be killed.
 */
record EngineRun(
        Path log,
        Path checkpoint,
        String bootstrapServers,
        String instance,
        boolean fixes,
        Map<String, String> properties) {
    /** With an instance that begins so, records name their topic: the instance and the name of the file. */
    static final String NAMED = "named";

    private static final int WINDOW_BYTES = 64 * 1024;
    private static final int MAX_RECORD_BYTES = 4 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Arguments: log, checkpoint, bootstrap servers, instance. Says {@code ready} when it is about to begin. */
    public static void main(String[] arguments) throws IOException {
        EngineRun run =
                new EngineRun(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2], arguments[3], true, Map.of());
        System.out.println("ready");
        run.toEnd();
    }

    Ledger toEnd() throws IOException {
        return upTo(Long.MAX_VALUE);
    }

    /** Runs until so many matches have been delivered, or to the end. */
    Ledger upTo(long matches) throws IOException {
        AtomicReference<LogProcessor> running = new AtomicReference<>();
        try (Recovery recovery = Recovery.of(checkpoint);
                MatchSink sink = new Stopping(new KafkaSink(settings()), matches, running)) {
            LogProcessor processor =
                    new LogProcessor(List.of(input()), sink, RunState.of(recovery), RunSettings.untilEndOfFiles());
            running.set(processor);
            return processor.run().block(PATIENCE);
        }
    }

    /** Stops the run right where the last of so many matches is acknowledged. */
    private record Stopping(MatchSink sink, long matches, AtomicReference<LogProcessor> run) implements MatchSink {
        @Override
        public void attach(DeliveringRun delivering) {
            sink.attach(delivering);
        }

        @Override
        public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
            return resume(_ -> windows);
        }

        @Override
        public Flux<Acknowledgement> resume(
                Function<Map<FileIdentity, DeliveredPosition>, Flux<ScannedWindow>> windowsAfter) {
            AtomicLong acknowledged = new AtomicLong();
            return sink.resume(windowsAfter).doOnNext(acknowledgement -> {
                if (acknowledged.addAndGet(acknowledgement.emittedMatches()) >= matches) {
                    run.get().stop();
                }
            });
        }

        @Override
        public void close() {
            sink.close();
        }
    }

    private LogInput input() {
        Optional<Fix> fix = fixes ? Optional.of(new Fix(new Fix.Replace("FIXED"), "", 0)) : Optional.empty();
        Rule errors = new Rule("errors", new Pattern.Literal("ERROR", false), true, fix);
        WindowPlan plan = new WindowPlan(WINDOW_BYTES, MAX_RECORD_BYTES, Delimiter.AUTO);
        return new LogInput("test", Discovery.of(List.of(log)), false, new Reading(plan), List.of(errors));
    }

    private KafkaSinkSettings settings() {
        if (instance.startsWith(NAMED)) {
            return FormFixture.toTopic("{field.prefix}-{file.name}")
                    .fields(Map.of("prefix", instance))
                    .settings(bootstrapServers, smallGroups());
        }
        return new KafkaSinkSettings(
                bootstrapServers,
                Map.of("errors", RouteForms.toTopic("errors", instance, ValueFormat.RAW)),
                properties,
                Map.of(),
                smallGroups(),
                new RefusedRecords.Stop());
    }

    /** So that a small file takes many transactions. */
    private ExactlyOnce smallGroups() {
        return new ExactlyOnce(
                Orders.named(Optional.of(instance)),
                ExactlyOnce.DEFAULT_POSITIONS_TOPIC,
                512 * 1024,
                Duration.ofMillis(5),
                Duration.ofSeconds(1));
    }
}
