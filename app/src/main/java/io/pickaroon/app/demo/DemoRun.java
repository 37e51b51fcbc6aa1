package io.pickaroon.app.demo;

import io.pickaroon.app.broker.Installation;
import io.pickaroon.app.broker.LocalBroker;
import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.command.StopOnSignal;
import io.pickaroon.app.configuration.Configuration;
import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.configuration.StartOrders;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.pipeline.Pipeline;
import io.pickaroon.app.pipeline.Pipelines;
import io.pickaroon.app.pipeline.RunOptions;
import io.pickaroon.app.pipeline.StoppableWork;
import io.pickaroon.app.terminal.CallerTexts;
import io.pickaroon.app.terminal.ProgressDisplay;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.config.LocatedSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.scan.ScanTally;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a log, sends it through the pipeline, which fixes it too, reads Kafka with a consumer of its own, reads the log
 * beside a copy from before, and compares.
 */
final class DemoRun {
    private static final Logger LOG = LoggerFactory.getLogger(DemoRun.class);
    private static final long SEED = 20_260_314;
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
                    LOG.info("everything is kept in {}", directory);
                } else {
                    delete(directory);
                }
            }
        }
    }

    /** What a run of the pipeline left behind. */
    private record Outcome(Ledger ledger, Map<FileIdentity, Position> positions, double seconds) {}

    private int runIn(Path directory, long sizeBytes, int port) throws IOException {
        requireSpace(directory, sizeBytes);
        Path logFile = directory.resolve("demo.log");
        LOG.info("writing a log of {}", Quantities.bytes(sizeBytes));
        DemoTruth truth = new DemoLog(sizeBytes, SEED, DemoConfiguration.MAX_RECORD_BYTES, false).writeTo(logFile);
        Path before = Files.copy(logFile, directory.resolve("demo.log.before"));
        FileIdentity identity = identityOf(logFile);
        try (LocalBroker broker = LocalBroker.start(installation, port, directory.resolve("dev-broker"))) {
            LOG.info("dev-broker at {}", broker.bootstrapServers());
            broker.whenGone(work::abandon);
            try {
                broker.createTopics(
                        Stream.of(DemoRule.values()).map(DemoRule::topic).toList(), DemoConfiguration.MAX_RECORD_BYTES);
                Path configuration = directory.resolve("pickaroon.yaml");
                DemoConfiguration.write(
                        configuration, logFile, directory.resolve("checkpoint"), broker.bootstrapServers());
                Optional<Outcome> outcome = runPipeline(configuration);
                if (outcome.isEmpty()) {
                    broker.requireAlive();
                    return ExitCode.FAILED;
                }
                LOG.info("reading the topics back, and comparing the log with a copy from before");
                DemoTopics topics = DemoTopics.read(broker.bootstrapServers(), logFile);
                FixedLogCheck.Findings found = new FixedLogCheck().compare(before, logFile);
                DemoComparison comparison = new DemoComparison();
                addCounts(comparison, truth, outcome.get());
                addTopics(comparison, truth, topics);
                addFile(comparison, truth, found, Files.size(logFile), identity, identityOf(logFile));
                if (topics.example().isPresent()) {
                    terminal.text().print(DemoExample.of(topics.example().get(), before, logFile));
                }
                return report(comparison, truth, outcome.get());
            } catch (IOException | RuntimeException e) {
                broker.requireAlive();
                throw e;
            }
        }
    }

    private Optional<Outcome> runPipeline(Path configuration) throws IOException {
        LocatedSettings located = Configuration.readLocated(configuration, CallerTexts::variable);
        Settings settings = located.settings();
        InputFiles files = InputFiles.find(settings.inputs(), configuration.getParent());
        long startNanos = System.nanoTime();
        RunPlan plan = new RunPlan(
                located, settings.output(), files, StartOrders.none(Path.of("demo.yaml")), Optional.empty());
        try (Pipeline pipeline = Pipelines.open(plan, RunOptions.ONCE, terminal.output())) {
            work.enter(pipeline);
            Optional<Ledger> ledger = runToItsEnd(pipeline);
            double seconds = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
            return ledger.map(complete -> new Outcome(complete, pipeline.positions(), seconds));
        } finally {
            work.leave();
        }
    }

    private Optional<Ledger> runToItsEnd(Pipeline pipeline) {
        if (options.progressBar(terminal)) {
            try (ProgressDisplay _ = new ProgressDisplay(terminal, pipeline::progress)) {
                return pipeline.run();
            }
        }
        return pipeline.run();
    }

    private static void addCounts(DemoComparison comparison, DemoTruth truth, Outcome outcome) {
        ScanTally scanned = outcome.ledger.scanned();
        long position =
                outcome.positions.values().stream().mapToLong(Position::offset).sum();
        comparison
                .count("bytes read", truth.bytes(), scanned.bytes())
                .count("records", truth.records(), scanned.records())
                .count(
                        "records over " + Quantities.bytes(DemoConfiguration.MAX_RECORD_BYTES),
                        truth.oversizedRecords(),
                        scanned.oversizedRecords())
                .count(
                        "matches",
                        truth.matches().values().stream()
                                .mapToLong(DemoTruth.Matches::count)
                                .sum(),
                        outcome.ledger.emittedMatches())
                .count(
                        "fixes",
                        truth.errors() + truth.cards(),
                        outcome.ledger.fixes().edits())
                .count("checkpoint", truth.bytes(), position);
    }

    private static void addTopics(DemoComparison comparison, DemoTruth truth, DemoTopics topics) {
        for (DemoRule rule : DemoRule.values()) {
            DemoTruth.Matches expected = truth.matches().get(rule);
            comparison
                    .count(
                            "in topic " + rule.topic(),
                            expected.count(),
                            topics.of(rule).matches())
                    .checksum("  checksum", expected.checksum(), topics.of(rule).value());
        }
        comparison
                .count("ERROR as it was, in topic " + DemoRule.ERRORS.topic(), truth.errors(), topics.errors())
                .count("card numbers in the topics", 0, topics.cards());
    }

    private static void addFile(
            DemoComparison comparison,
            DemoTruth truth,
            FixedLogCheck.Findings found,
            long sizeBytes,
            FileIdentity before,
            FileIdentity after) {
        comparison
                .count("size of the log", truth.bytes(), sizeBytes)
                .count("lines in the log", found.linesBefore(), found.lines())
                .count("its inode", before.inode(), after.inode())
                .count("ERROR left in the log", 0, found.texts().errors())
                .count("FIXED in the log", truth.errors(), found.texts().fixed())
                .count("  where ERROR was", truth.errors(), found.changes().replaced())
                .count("card numbers left in the log", 0, found.texts().cards())
                .count("  masked", truth.cards(), found.changes().masked())
                .count("bytes changed elsewhere", 0, found.changedElsewhere())
                .checksum("the whole log, checksum", truth.fixedChecksum(), found.checksum());
    }

    private int report(DemoComparison comparison, DemoTruth truth, Outcome outcome) {
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

    private static FileIdentity identityOf(Path file) throws IOException {
        return FileIdentity.of(FileStatus.of(file));
    }

    /** The log, a copy of it, and what Kafka keeps of it. */
    private static void requireSpace(Path directory, long sizeBytes) throws IOException {
        long freeBytes = Files.getFileStore(directory).getUsableSpace();
        double neededBytes = 2.25 * sizeBytes;
        if (freeBytes < neededBytes) {
            throw new UserError("%s has %s free, the demo needs %s; give it a smaller --size, or set TMPDIR"
                    .formatted(
                            NativePath.printable(directory.getParent()),
                            Quantities.bytes(freeBytes),
                            Quantities.bytes(neededBytes)));
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
