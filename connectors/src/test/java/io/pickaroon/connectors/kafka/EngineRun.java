package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.KafkaSinkSettings.Format;
import io.pickaroon.connectors.kafka.KafkaSinkSettings.Route;
import io.pickaroon.processor.Ledger;
import io.pickaroon.processor.LogInput;
import io.pickaroon.processor.LogProcessor;
import io.pickaroon.processor.Recovery;
import io.pickaroon.processor.RunSettings;
import io.pickaroon.processor.scan.Fix;
import io.pickaroon.processor.scan.Pattern;
import io.pickaroon.processor.scan.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        try (Recovery recovery = Recovery.of(checkpoint);
                KafkaSink sink = new KafkaSink(settings())) {
            LogProcessor processor = new LogProcessor(
                    List.of(input()),
                    sink,
                    Optional.of(recovery.checkpoint()),
                    Optional.of(recovery.journal()),
                    RunSettings.untilEndOfFiles());
            Thread stopper = Thread.startVirtualThread(() -> stopAfter(matches, processor));
            try {
                return processor.run().block(PATIENCE);
            } finally {
                stopper.interrupt();
            }
        }
    }

    private static void stopAfter(long matches, LogProcessor processor) {
        try {
            while (processor.counters().emittedMatches() < matches) {
                Thread.sleep(1);
            }
            processor.stop();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private LogInput input() {
        Optional<Fix> fix = fixes ? Optional.of(new Fix(new Fix.Replace("FIXED"), "", 0)) : Optional.empty();
        Rule errors = new Rule("errors", new Pattern.Literal("ERROR", false), true, fix);
        WindowPlan plan = new WindowPlan(WINDOW_BYTES, MAX_RECORD_BYTES, Delimiter.AUTO);
        return new LogInput("test", List.of(log), false, plan, List.of(errors));
    }

    private KafkaSinkSettings settings() {
        return new KafkaSinkSettings(
                bootstrapServers,
                Map.of("errors", new Route(instance, Format.RAW)),
                properties,
                smallGroups(),
                new RefusedRecords.Stop());
    }

    /** So that a small file takes many transactions. */
    private ExactlyOnce smallGroups() {
        return new ExactlyOnce(
                instance, ExactlyOnce.DEFAULT_POSITIONS_TOPIC, 512 * 1024, Duration.ofMillis(5), Duration.ofSeconds(1));
    }
}
