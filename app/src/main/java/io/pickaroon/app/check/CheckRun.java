package io.pickaroon.app.check;

import io.pickaroon.app.configuration.Configuration;
import io.pickaroon.app.configuration.Outputs;
import io.pickaroon.app.configuration.PlugIns;
import io.pickaroon.app.configuration.StartOrders;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.input.RefusedFixes;
import io.pickaroon.app.inspect.CheckpointAtRest;
import io.pickaroon.app.terminal.CallerTexts;
import io.pickaroon.app.terminal.NamedPath;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.config.LocatedSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.inputs.rules.SlowRules;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.metrics.StartTrace;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says that a configuration is right, what it would read, and what it would change in place. */
final class CheckRun {
    private static final int MOST_REFUSED = 20;

    private CheckRun() {}

    static int run(Terminal terminal, Path file, Optional<ExplainRequest> explanation) throws IOException {
        LocatedSettings located = Configuration.readLocated(file, CallerTexts::variable);
        Settings settings = located.settings();
        StartTrace.phase("configuration");
        Path workingDirectory = NativePath.workingDirectory();
        InputFiles files = InputFiles.find(settings.inputs(), workingDirectory, true, Outputs.files(settings));
        StartTrace.phase("files");
        List<RefusedFixes.Refused> refused = RefusedFixes.among(located, files, workingDirectory, knownFiles(settings));
        boolean isForPrograms = explanation.isPresent() && explanation.get().json();
        PrintStream out = isForPrograms ? new PrintStream(OutputStream.nullOutputStream()) : terminal.text();
        if (refused.isEmpty()) {
            out.println(NativePath.printable(file) + ": ok");
        } else {
            say(refused, file, terminal.errors());
        }
        for (InputSettings input : settings.inputs()) {
            int count = files.of(input.id()).size();
            out.println("input %s: %s, %s"
                    .formatted(
                            input.id(),
                            count == 1 ? "1 file" : Quantities.count(count) + " files",
                            Quantities.bytes(files.sizeBytes(input.id()))));
        }
        PlugIns.ofProcess().jars().forEach(jar -> out.println("plug-in " + ByteText.printable(jar)));
        PlugIns.ofProcess()
                .notLoaded()
                .forEach(other -> out.println(
                        "not a plug-in, because its name does not end with .jar: " + ByteText.printable(other)));
        SlowRules.notes(settings).forEach(out::println);
        Set<Path> left = refused.stream().map(RefusedFixes.Refused::file).collect(Collectors.toSet());
        settings.rules().forEach(rule -> out.print(ChangesInPlace.of(rule, files, left)));
        if (settings.rules().stream().anyMatch(RuleSettings::changesFiles)) {
            settings.process()
                    .audit()
                    .ifPresent(audit -> out.println("each change has a line in the audit trail %s before it is made"
                            .formatted(NativePath.printable(audit.file()))));
            out.println("To see every figure before anything is changed: pickaroon run --dry-run "
                    + StartOrders.option(file));
        }
        int explained = explanation.isEmpty()
                ? ExitCode.DONE
                : new ExplainRun(settings, files, left, terminal, explanation.get()).run();
        return refused.isEmpty() ? explained : ExitCode.FAILED;
    }

    private static Map<FileIdentity, Path> knownFiles(Settings settings) {
        return settings.checkpoint()
                .map(checkpoint -> CheckpointAtRest.files(NamedPath.reachable(checkpoint.path())))
                .orElse(Map.of());
    }

    private static void say(List<RefusedFixes.Refused> refused, Path file, PrintStream errors) {
        for (RefusedFixes.Refused one : refused.subList(0, Math.min(MOST_REFUSED, refused.size()))) {
            errors.println("%s:%d:%d: error: input %s: %s"
                    .formatted(
                            NativePath.printable(file),
                            one.place().line(),
                            one.place().column(),
                            one.inputId(),
                            one.message()));
        }
        if (refused.size() > MOST_REFUSED) {
            errors.println("and %s more files".formatted(Quantities.count(refused.size() - MOST_REFUSED)));
        }
        errors.println("a run leaves %s out, and 'run --once' ends with 1"
                .formatted(refused.size() == 1 ? "this file" : "these files"));
    }
}
