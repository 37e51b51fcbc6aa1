package io.pickaroon.app.fix;

import io.pickaroon.app.command.StopOnSignal;
import io.pickaroon.app.configuration.AuditTrails;
import io.pickaroon.app.configuration.Configuration;
import io.pickaroon.app.configuration.Outputs;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.input.FixAdmission;
import io.pickaroon.app.terminal.CallerTexts;
import io.pickaroon.app.terminal.RecordOutput;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.config.LocatedSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.decode.DecodedFormats;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.inputs.rules.EngineInputs;
import io.pickaroon.processor.audit.TrailSettings;
import io.pickaroon.processor.decode.ContentFormat;
import io.pickaroon.processor.directio.DirectBlockStore;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.LogInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Fixes the files of a configuration in those parts that a connector has committed: the host that owns them masks what a
 * cluster has delivered, and nothing else. Run again it does nothing twice, and goes on where more is committed.
 */
final class DeliveredFix {
    /**
     * What is to be done.
     *
     * @param configuration with the inputs, and the rules that have a fix
     * @param connector what has delivered
     * @param storageLabel of the file system that the files are on, where the connector reads several
     * @param stateRoot below which it is kept what was done
     * @param audit the audit trail that an option names; empty for the one of the configuration, if it has one
     * @param how results are said, and whether nothing is changed, in the files and in the state
     */
    record Request(
            Path configuration,
            ConnectorAddress connector,
            Optional<String> storageLabel,
            Path stateRoot,
            Optional<TrailSettings> audit,
            FixReport.Saying how) {}

    private final Request request;
    private final Terminal terminal;
    private FixTrail trail;
    private volatile boolean stopped;

    DeliveredFix(Terminal terminal, Request request) {
        this.terminal = terminal;
        this.request = request;
    }

    /** Returns the exit code. Called once. */
    int run() throws IOException, InterruptedException {
        LocatedSettings located = Configuration.readLocated(request.configuration(), CallerTexts::variable);
        Settings settings = located.settings();
        if (settings.rules().stream().noneMatch(RuleSettings::changesFiles)) {
            throw new UserError("%s: no rule has a fix that changes files"
                    .formatted(NativePath.printable(request.configuration())));
        }
        requireNoContainerLogs(settings);
        Path workingDirectory = NativePath.workingDirectory();
        InputFiles files = InputFiles.find(settings.inputs(), workingDirectory, true, Outputs.files(settings));
        CommittedFiles committed =
                CommittedFiles.of(ConnectorOffsets.read(request.connector()), request.storageLabel());
        FixAdmission admission = new FixAdmission(settings, workingDirectory, Map.of());
        if (!request.how().dryRun()) {
            createState();
        }
        trail = FixTrail.of(request.audit().isPresent() ? request.audit() : AuditTrails.of(located));
        try (RecordOutput output = new RecordOutput(terminal.output());
                StopOnSignal _ = new StopOnSignal(() -> stopped = true, _ -> {})) {
            DeliveredReport report = new DeliveredReport(output, request.how(), terminal.columns());
            for (LogInput input : EngineInputs.of(settings, files, true)) {
                if (input.hasFixes()) {
                    for (Path file : files.of(input.id())) {
                        report.attempt(() -> fix(input, file, committed, admission, report));
                    }
                }
            }
            report.end();
            if (stopped) {
                System.err.println("pickaroon: stopped; no change is half done. Run the same command again to go on");
            }
            return report.exitCode();
        } catch (RecordOutput.ReaderGone _) {
            return ExitCode.DONE;
        }
    }

    /** What was sent as two records, because its last part came late, would be one when it is read again. */
    private void requireNoContainerLogs(Settings settings) {
        for (InputSettings input : settings.inputs()) {
            boolean isFixed = settings.rules().stream()
                    .anyMatch(rule -> rule.changesFiles() && rule.inputs().contains(input.id()));
            if (isFixed && input.records().container().isPresent()) {
                throw new UserError(
                        "%s: input %s is of container logs, which are not fixed after a connector: a message whose last part came late was sent as two records, and would be one here. Leave the input, or its fixes, out"
                                .formatted(NativePath.printable(request.configuration()), input.id()));
            }
        }
    }

    private void createState() throws IOException {
        try {
            new DirectBlockStore().createDirectories(request.stateRoot());
        } catch (IOException e) {
            throw new IOException(e.getMessage() + " (--state DIR)", e);
        }
    }

    private void fix(LogInput input, Path path, CommittedFiles all, FixAdmission admission, DeliveredReport report)
            throws IOException {
        if (stopped) {
            return;
        }
        Optional<CommittedFile> found = all.of(FileStatus.of(path).inode());
        if (found.isEmpty()) {
            report.note(path, "the connector has committed nothing of it");
            return;
        }
        CommittedFile committed = found.get();
        Optional<ContentFormat> format = DecodedFormats.of(path);
        if (!committed.problems().isEmpty()) {
            report.skipped(path, String.join("; ", committed.problems()));
        } else if (format.isPresent()) {
            report.skipped(
                    path,
                    "it is %s content, in which no fix changes anything"
                            .formatted(format.get().name()));
        } else {
            try (LogFile file = open(path, admission)) {
                Optional<String> misfit =
                        file.identity().inode() == committed.key().inode()
                                ? committed.misfit(file)
                                : Optional.of("another file has come to have this name; run the same command again");
                if (misfit.isPresent()) {
                    report.skipped(path, misfit.get());
                } else {
                    new DeliveredFilePass(request, report, trail, () -> !stopped).fix(input, file, committed);
                }
            }
        }
    }

    private LogFile open(Path path, FixAdmission admission) throws IOException {
        LogFile file = request.how().dryRun()
                ? LogFile.openForFixesUnwritten(path, admission)
                : LogFile.openForFixes(path, admission);
        return file.requireTrueSize();
    }
}
