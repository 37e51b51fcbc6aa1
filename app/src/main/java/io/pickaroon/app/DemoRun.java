package io.pickaroon.app;

import io.pickaroon.app.demo.DemoComparison;
import io.pickaroon.app.demo.DemoConfiguration;
import io.pickaroon.app.demo.DemoLog;
import io.pickaroon.app.demo.DemoRule;
import io.pickaroon.app.demo.DemoTruth;
import io.pickaroon.app.demo.MatchChecksum;
import io.pickaroon.app.run.Configuration;
import io.pickaroon.app.run.InputFiles;
import io.pickaroon.app.run.Installation;
import io.pickaroon.app.run.LocalBroker;
import io.pickaroon.app.run.PipelineRun;
import io.pickaroon.app.run.StopOnSignal;
import io.pickaroon.app.run.StoppableWork;
import io.pickaroon.app.terminal.ProgressDisplay;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.app.terminal.UserError;
import io.pickaroon.config.Settings;
import io.pickaroon.connectors.kafka.MatchHeaders;
import io.pickaroon.connectors.kafka.TopicReader;
import io.pickaroon.connectors.kafka.TopicReader.TopicRecord;
import io.pickaroon.processor.Ledger;
import io.pickaroon.processor.checkpoint.Checkpoint;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a log, sends it through the pipeline, reads Kafka with a consumer of its own, and compares. */
final class DemoRun {
    private static final Logger log = LoggerFactory.getLogger(DemoRun.class);
    private static final long SEED = 20_260_314;
    private static final Duration BROKER_SILENCE = Duration.ofSeconds(30);
    private static final double NANOS_PER_SECOND = 1e9;

    private final Terminal terminal;
    private final Installation installation;
    private final OutputOptions options;
    private final StoppableWork work = new StoppableWork(Thread.currentThread());

    DemoRun(Terminal terminal, Installation installation, OutputOptions options) {
        this.terminal = terminal;
        this.installation = installation;
        this.options = options;
    }

    /** Returns the exit code. Called once, on the thread that made this. */
    int run(long sizeBytes, int port, boolean keep) throws IOException {
        installation.brokerLibDirectory();
        try (StopOnSignal signal = new StopOnSignal(work::stop, work::giveUp)) {
            Path directory = Files.createTempDirectory("pickaroon-demo-");
            try {
                return runIn(directory, sizeBytes, port);
            } catch (IOException | RuntimeException e) {
                if (!signal.requested()) {
                    throw e;
                }
                return ExitCode.FAILED;
            } finally {
                if (keep) {
                    log.info("everything is kept in {}", directory);
                } else {
                    delete(directory);
                }
            }
        }
    }

    /** What a run of the pipeline left behind. */
    private record Outcome(Ledger ledger, Checkpoint checkpoint, double seconds) {}

    private int runIn(Path directory, long sizeBytes, int port) throws IOException {
        requireSpace(directory, sizeBytes);
        Path logFile = directory.resolve("demo.log");
        log.info("writing a log of {}", Quantities.bytes(sizeBytes));
        DemoTruth truth = new DemoLog(sizeBytes, SEED, DemoConfiguration.MAX_RECORD_BYTES, false).writeTo(logFile);
        try (LocalBroker broker = LocalBroker.start(installation, port, directory.resolve("dev-broker"))) {
            log.info("dev-broker at {}", broker.bootstrapServers());
            broker.createTopics(
                    Stream.of(DemoRule.values()).map(DemoRule::topic).toList(), DemoConfiguration.MAX_RECORD_BYTES);
            Path configuration = directory.resolve("pickaroon.yaml");
            DemoConfiguration.write(configuration, logFile, directory.resolve("checkpoint"), broker.bootstrapServers());
            Optional<Outcome> outcome = runPipeline(configuration);
            if (outcome.isEmpty()) {
                return ExitCode.FAILED;
            }
            log.info("reading the topics back");
            return report(truth, outcome.get(), readBack(broker.bootstrapServers(), logFile));
        }
    }

    private Optional<Outcome> runPipeline(Path configuration) throws IOException {
        Settings settings = Configuration.read(configuration, System::getenv, false);
        InputFiles files = InputFiles.find(settings.inputs(), configuration.getParent());
        long startNanos = System.nanoTime();
        try (PipelineRun pipeline = PipelineRun.open(settings, settings.output(), files, true, terminal.output())) {
            work.enter(pipeline);
            Optional<Ledger> ledger = runToItsEnd(pipeline);
            double seconds = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
            return ledger.map(
                    complete -> new Outcome(complete, pipeline.durableProgress().orElseThrow(), seconds));
        } finally {
            work.leave();
        }
    }

    private Optional<Ledger> runToItsEnd(PipelineRun pipeline) {
        if (options.progressBar(terminal)) {
            try (ProgressDisplay _ = new ProgressDisplay(terminal, pipeline::progress)) {
                return pipeline.run();
            }
        }
        return pipeline.run();
    }

    private static Map<DemoRule, MatchChecksum> readBack(String bootstrapServers, Path logFile) throws IOException {
        Map<String, DemoRule> rulesByTopic = new HashMap<>();
        Map<DemoRule, MatchChecksum> found = new EnumMap<>(DemoRule.class);
        for (DemoRule rule : DemoRule.values()) {
            rulesByTopic.put(rule.topic(), rule);
            found.put(rule, new MatchChecksum());
        }
        try {
            new TopicReader(bootstrapServers, Map.of()).readAll(rulesByTopic.keySet(), BROKER_SILENCE, record -> {
                DemoRule rule = rulesByTopic.get(record.topic());
                requireOrigin(record, rule, logFile);
                long offset = Long.parseLong(record.headers().get(MatchHeaders.OFFSET));
                found.get(rule).add(offset, record.value(), 0, record.value().length);
            });
        } catch (IllegalStateException e) {
            throw new IOException("reading the topics back: " + e.getMessage(), e);
        }
        return found;
    }

    private static void requireOrigin(TopicRecord record, DemoRule rule, Path logFile) {
        Map<String, String> headers = record.headers();
        if (!rule.id().equals(headers.get(MatchHeaders.RULE))
                || !logFile.toString().equals(headers.get(MatchHeaders.FILE_PATH))) {
            throw new IllegalStateException("topic %s has at offset %d a record that says it comes from %s"
                    .formatted(record.topic(), record.offset(), headers));
        }
    }

    private int report(DemoTruth truth, Outcome outcome, Map<DemoRule, MatchChecksum> found) {
        long position = outcome.checkpoint.entries().values().stream()
                .mapToLong(entry -> entry.position().offset())
                .sum();
        DemoComparison comparison = new DemoComparison()
                .count("bytes", truth.bytes(), outcome.ledger.scanned().bytes())
                .count("records", truth.records(), outcome.ledger.scanned().records())
                .count(
                        "records over " + Quantities.bytes(DemoConfiguration.MAX_RECORD_BYTES),
                        truth.oversizedRecords(),
                        outcome.ledger.scanned().oversizedRecords())
                .count(
                        "matches",
                        truth.matches().values().stream()
                                .mapToLong(DemoTruth.Matches::count)
                                .sum(),
                        outcome.ledger.emittedMatches());
        for (DemoRule rule : DemoRule.values()) {
            DemoTruth.Matches expected = truth.matches().get(rule);
            comparison
                    .count(
                            "in topic " + rule.topic(),
                            expected.count(),
                            found.get(rule).matches())
                    .checksum("  checksum", expected.checksum(), found.get(rule).value());
        }
        comparison.count("checkpoint", truth.bytes(), position);
        PrintStream out = terminal.text();
        out.print(comparison.render());
        out.println("%s in %.1f s: %s/s"
                .formatted(
                        Quantities.bytes(truth.bytes()),
                        outcome.seconds,
                        Quantities.bytes(truth.bytes() / outcome.seconds)));
        out.println(comparison.agrees() ? "Every number agrees." : "Something differs: this is a fault of Pickaroon.");
        return comparison.agrees() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static void requireSpace(Path directory, long sizeBytes) throws IOException {
        long freeBytes = Files.getFileStore(directory).getUsableSpace();
        if (freeBytes / 2 < sizeBytes) {
            throw new UserError("%s has %s free, the demo needs %s; give it a smaller --size, or set TMPDIR"
                    .formatted(directory.getParent(), Quantities.bytes(freeBytes), Quantities.bytes(2.0 * sizeBytes)));
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
