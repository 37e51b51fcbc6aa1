package io.pickaroon.app.verify;

import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.configuration.StartOrders;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.forecast.Forecast;
import io.pickaroon.app.forecast.Watcher;
import io.pickaroon.app.inspect.CheckpointAtRest;
import io.pickaroon.app.inspect.DeliveredPlaces;
import io.pickaroon.app.pipeline.RunPlanner;
import io.pickaroon.app.search.VectorRestart;
import io.pickaroon.app.terminal.NamedPath;
import io.pickaroon.app.terminal.RecordOutput;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.rules.EngineInputs;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads all files from their start with the engine, compares, and says what it found. */
final class VerifyRun {
    private final Terminal terminal;
    private final OutputOptions options;

    VerifyRun(Terminal terminal, OutputOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    /**
     * Returns the exit code.
     *
     * @param temporary directory for what does not fit into memory
     */
    int run(Path configuration, Path temporary) throws IOException, InterruptedException {
        RunPlan plan = new RunPlanner(configuration, true, StartOrders.none(configuration), Settings::output).plan();
        Path checkpoint = NamedPath.reachable(plan.settings()
                .checkpoint()
                .orElseThrow(() -> new UserError(NativePath.printable(configuration)
                        + ": add 'checkpoint: { path: .. }': without it nothing is known to be delivered"))
                .path());
        DeliveredPlaces places = DeliveredPlaces.read(checkpoint);
        if (Files.isRegularFile(configuration)) {
            VectorRestart.ifWorthIt(
                    EngineInputs.patterns(plan.settings()), () -> plan.files().totalBytes());
        }
        if (!Files.isDirectory(temporary)) {
            throw new UserError(NativePath.printable(temporary) + ": no directory; name one with --temporary");
        }
        VerifiedFiles files = new VerifiedFiles(places);
        LeftHits hits = new LeftHits(files, terminal.columns());
        VerifiedRules rules = new VerifiedRules(plan, places);
        Findings findings = new Findings();
        try (SortedEntries entries = new SortedEntries(temporary)) {
            ExpectedMatches expected = new ExpectedMatches(plan.settings(), files, rules, entries, findings);
            boolean isKafka = plan.output() instanceof OutputSettings.Kafka;
            OptionalInt readExitCode = read(plan, new Watchers(files, hits, isKafka ? expected : Watcher.NOBODY));
            if (readExitCode.isEmpty()) {
                return ExitCode.FAILED;
            }
            VerifyText text = new VerifyText(configuration, places);
            text.files(files.all());
            text.hits(hits);
            count(findings, files, hits, places);
            if (plan.audit().isPresent()) {
                new TrailPass(plan.audit().get(), files, rules, entries).compare(plan, temporary, text, findings);
            }
            print(text.take());
            if (plan.output() instanceof OutputSettings.Kafka kafka) {
                DeliveryPass pass = new DeliveryPass(plan, kafka, files, rules, entries);
                DeliveryPass.Result result =
                        pass.compare(expected, CheckpointAtRest.heldName(checkpoint), findings, terminal, options);
                findings.wrong(
                        result.comparison().missingCount() + result.comparison().doubledCount());
                text.delivery(result);
            } else {
                text.noDelivery();
            }
            text.end(findings, readExitCode.getAsInt());
            print(text.take());
            return findings.exitCode(readExitCode.getAsInt());
        }
    }

    /** Returns how reading ended; empty if it was stopped. */
    private OptionalInt read(RunPlan plan, Watcher watcher) throws IOException {
        int[] ended = {-1};
        new Forecast(terminal, options)
                .run(plan, true, Optional.empty(), watcher, (_, exitCode) -> ended[0] = exitCode);
        return ended[0] < 0 ? OptionalInt.empty() : OptionalInt.of(ended[0]);
    }

    private record Watchers(VerifiedFiles files, LeftHits hits, Watcher expected) implements Watcher {
        @Override
        public void sent(ScannedWindow window) {
            files.of(window).pass(window);
            hits.sent(window);
            expected.sent(window);
        }

        @Override
        public void fixed(FixedWindow window) {
            hits.fixed(window);
        }
    }

    private static void count(Findings findings, VerifiedFiles files, LeftHits hits, DeliveredPlaces places) {
        findings.wrong(hits.leftCount());
        findings.unproven(Unproven.NOT_FIXED_YET, hits.pendingCount());
        findings.unproven(Unproven.WAITING, hits.waitingCount());
        findings.unproven(Unproven.LEFT_ALONE, hits.leftAloneCount());
        long changed = files.all().stream().filter(file -> !file.fits()).count();
        findings.unproven(Unproven.FILE_CHANGED, changed);
        long known =
                files.all().stream().filter(file -> file.deliveredOffset() > 0).count();
        findings.unproven(Unproven.FILE_GONE, places.filesWithContent() - known);
    }

    private void print(String text) throws IOException {
        if (options.quiet()) {
            return;
        }
        try (RecordOutput output = new RecordOutput(terminal.output())) {
            output.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (RecordOutput.ReaderGone _) {
            return;
        }
    }
}
