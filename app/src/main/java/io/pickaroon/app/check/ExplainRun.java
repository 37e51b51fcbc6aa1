package io.pickaroon.app.check;

import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.Failure;
import io.pickaroon.app.terminal.Progress;
import io.pickaroon.app.terminal.ProgressDisplay;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.inputs.rules.EngineInputs;
import io.pickaroon.processor.LogSearch;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.input.LogInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code pickaroon check --explain}: reads a sample as a run would, with the same engine and renderers, and says what each rule
 * would send and change. Sends nothing, asks no broker, and opens files for reading alone. Used once, by one thread.
 */
final class ExplainRun {
    /** Of the files of inputs, only so much is read. */
    static final long MOST_FILE_BYTES = 16L << 20;

    private static final long MOST_INPUT_BYTES = 4 * MOST_FILE_BYTES;

    private final Settings settings;
    private final InputFiles files;
    private final Set<Path> leftOut;
    private final Terminal terminal;
    private final ExplainRequest request;
    private final ExplainedRules rules;
    private final List<String> remarks = new ArrayList<>();
    private final AtomicLong doneBytes = new AtomicLong();
    private int exitCode = ExitCode.DONE;

    /** @param leftOut files that a run leaves out */
    ExplainRun(Settings settings, InputFiles files, Set<Path> leftOut, Terminal terminal, ExplainRequest request) {
        this.settings = settings;
        this.files = files;
        this.leftOut = leftOut;
        this.terminal = terminal;
        this.request = request;
        this.rules = new ExplainedRules(
                new ExplainedForms(settings, System.currentTimeMillis()),
                settings.rules().stream().map(RuleSettings::id).toList(),
                request.mostRecords());
    }

    /**
     * Reads the sample and prints what it shows.
     *
     * @return the exit code
     * @throws IOException if a sample that the user named cannot be read
     */
    int run() throws IOException {
        Map<LogInput, List<SampleLog>> logs = new LinkedHashMap<>();
        List<LogInput> inputs = EngineInputs.of(settings, files, true);
        inputs.forEach(input -> logs.put(input, new ArrayList<>()));
        if (request.samples().isEmpty()) {
            inputs.forEach(input -> logs.get(input).addAll(ownLogs(input.id())));
        } else {
            for (Path sample : request.samples()) {
                SampleLog log = SampleLog.named(sample, NativePath.workingDirectory());
                readersOf(log, inputs).forEach(input -> logs.get(input).add(log));
            }
        }
        if (terminal.errorsAreSeen()) {
            long total = totalBytes(logs);
            try (ProgressDisplay _ = new ProgressDisplay(terminal, () -> new Progress(doneBytes.get(), total, 0))) {
                readAll(logs);
            }
        } else {
            readAll(logs);
        }
        if (request.json()) {
            ExplainJson.print(rules.rules(), terminal.text());
        } else {
            new ExplainText(terminal.text()).print(remarks, rules.rules());
        }
        return exitCode;
    }

    private List<SampleLog> ownLogs(String input) {
        List<SampleLog> logs = new ArrayList<>();
        files.of(input).stream()
                .filter(file -> !leftOut.contains(file))
                .forEach(file -> logs.add(new SampleLog.OfFile(file, MOST_FILE_BYTES)));
        return logs;
    }

    /** The inputs whose file it is; all of them if it is nobody's. */
    private List<LogInput> readersOf(SampleLog log, List<LogInput> inputs) {
        List<LogInput> owners = inputs.stream()
                .filter(input ->
                        log instanceof SampleLog.OfFile && input.files().covers(log.path()))
                .toList();
        if (owners.isEmpty()) {
            remarks.add("%s is no file of an input: it is read as each of them reads its files".formatted(log));
            return inputs;
        }
        return owners;
    }

    private static long totalBytes(Map<LogInput, List<SampleLog>> logs) {
        return logs.values().stream()
                .mapToLong(ofInput -> Math.min(
                        ofInput.stream().mapToLong(ExplainRun::bytesToRead).sum(),
                        ofInput.stream().anyMatch(log -> log.mostBytes() == Long.MAX_VALUE)
                                ? Long.MAX_VALUE
                                : MOST_INPUT_BYTES))
                .sum();
    }

    private static long bytesToRead(SampleLog log) {
        try {
            return Math.min(log.sizeBytes(), log.mostBytes());
        } catch (IOException e) {
            // The reading says what is wrong.
            return 0;
        }
    }

    private void readAll(Map<LogInput, List<SampleLog>> logs) throws IOException {
        for (Map.Entry<LogInput, List<SampleLog>> ofInput : logs.entrySet()) {
            LogInput input = ofInput.getKey();
            LogSearch search = LogSearch.of(input);
            long read = 0;
            int fileCount = 0;
            for (SampleLog log : ofInput.getValue()) {
                if (rules.wants(input) && read < MOST_INPUT_BYTES) {
                    read += read(search, input, log);
                    fileCount++;
                }
            }
            remarks.add(
                    ExplainText.sample(input.id(), fileCount, ofInput.getValue().size(), read));
        }
    }

    private long read(LogSearch search, LogInput input, SampleLog log) throws IOException {
        long before = doneBytes.get();
        try {
            search.search(log.open(), window -> {
                rules.add(window, input);
                long position = window.end().offset();
                doneBytes.set(before + position);
                return rules.wants(input) && position < log.mostBytes();
            });
        } catch (IOException e) {
            if (!request.samples().isEmpty()) {
                throw e;
            }
            terminal.errors().println(Failure.of(e).message());
            exitCode = ExitCode.FAILED;
        }
        return doneBytes.get() - before;
    }
}
