package io.pickaroon.connect.task;

import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.ReadMode;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.connect.listing.ListedFile;
import io.pickaroon.connect.read.SplitInput;
import io.pickaroon.connect.settings.ConnectorConfig;
import io.pickaroon.connect.split.ArchiveEnd;
import io.pickaroon.inputs.decode.DecodedFormats;
import io.pickaroon.inputs.rules.EngineInputs;
import io.pickaroon.inputs.rules.RuleForms;
import io.pickaroon.processor.decode.ContentFormat;
import io.pickaroon.processor.decode.DecodedFile;
import io.pickaroon.processor.decode.FollowedText;
import io.pickaroon.processor.decode.Utf16View;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.rule.ScanInput;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.records.emit.RecordForm;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How the files of a connector's inputs are opened and read. For one thread. */
final class TaskInputs {
    private final TaskFiles files;
    private final long splitBytes;
    private final Map<String, SplitInput> inputs = new HashMap<>();

    /** @param nanoTime a clock that never goes back */
    TaskInputs(ConnectorConfig config, TaskFiles files, LongSupplier nanoTime) {
        this.files = files;
        this.splitBytes = config.splitBytes();
        Settings settings = config.settings().settings();
        Map<String, RecordForm> forms = RuleForms.of(settings, settings.output());
        for (InputSettings input : settings.inputs()) {
            Reading reading = EngineInputs.reading(input, settings.rules());
            List<Rule> rules = EngineInputs.rules(settings.rules(), input.id(), forms);
            List<Rule> following = rules.stream()
                    .filter(rule -> rule.options().context().after() > 0)
                    .map(rule -> new Rule(rule.id(), rule.pattern()))
                    .toList();
            boolean isGrowing = config.settings().mode(input.id()) == ReadMode.GROWING;
            inputs.put(
                    input.id(),
                    new SplitInput(
                            reading.plan(),
                            scanner(input.id(), rules, reading),
                            isGrowing,
                            following.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(scanner(input.id(), following, reading)),
                            new SplitInput.Waiting(reading.tail().record(), nanoTime)));
        }
    }

    private static Scanner scanner(String input, List<Rule> rules, Reading reading) {
        return new Scanner(rules, reading.plan().format(), PartLimit.STANDARD, new ScanInput(input, reading.parser()));
    }

    /** How the files of an input are read. */
    SplitInput input(String id) {
        return inputs.get(id);
    }

    /** Size of the splits of an input's files; 0: each file is one split. */
    long splitBytes(String id) {
        return input(id).isOfContainers() ? 0 : splitBytes;
    }

    /**
     * Opens a file under the name by which it is known. Text in UTF-16 is decoded, but for container logs, and archives are, where files
     * do not grow.
     *
     * @throws IOException also if it is an archive and files grow
     */
    LogFile open(ListedFile listed) throws IOException {
        LogFile file = files.open(listed.path()).requireTrueSize();
        try {
            LogFile known = listed.isRenamed() ? file.knownAs(listed.home(), 0) : file;
            SplitInput input = input(listed.input());
            return input.isGrowing()
                    ? growing(known, input.isOfContainers())
                    : complete(known, input.isOfContainers() ? DecodedFormats.ARCHIVES : DecodedFormats.ALL);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Where the stored bytes of a file end.
     *
     * @throws IOException if it cannot be read
     */
    ArchiveEnd archiveEnd(ListedFile listed) throws IOException {
        try (LogFile stored = files.open(listed.path())) {
            return ArchiveEnd.of(stored);
        }
    }

    private static LogFile growing(LogFile file, boolean isOfContainers) throws IOException {
        if (isOfContainers) {
            requireNoArchive(file);
            return file;
        }
        Utf16View view = new Utf16View(file, FollowedText.unknown());
        view.sizeBytes();
        if (!view.isDecoded()) {
            requireNoArchive(file);
        }
        return view;
    }

    private static void requireNoArchive(LogFile file) throws IOException {
        Optional<DecodedFile> archive = DecodedFile.of(file, DecodedFormats.ARCHIVES);
        if (archive.isPresent()) {
            throw new IOException("%s is %s content, which does not grow; read it by an input with 'mode' complete"
                    .formatted(file, archive.get().format().name()));
        }
    }

    private static LogFile complete(LogFile file, List<ContentFormat> formats) throws IOException {
        Optional<DecodedFile> decoded = DecodedFile.of(file, formats);
        return decoded.isPresent() ? decoded.get() : file;
    }
}
