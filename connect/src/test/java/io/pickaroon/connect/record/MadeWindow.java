package io.pickaroon.connect.record;

import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.properties.ConnectorReader;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.connect.generation.Decision;
import io.pickaroon.connect.read.SplitInput;
import io.pickaroon.connect.read.SplitReader;
import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.inputs.rules.EngineInputs;
import io.pickaroon.inputs.rules.InputOrigins;
import io.pickaroon.inputs.rules.RuleForms;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.rule.ScanInput;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.records.emit.RecordForm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The first window of a file's first split, with the settings that made it. */
record MadeWindow(Settings settings, Split split, ScannedWindow window, SplitOffset reached) {
    static final FileKey FILE = new FileKey("nfs-1", 1234, 0);
    static final long NOW = 1_790_000_000_000L;

    static MadeWindow of(Path directory, String content, String... properties) throws Exception {
        return of(directory, content.getBytes(StandardCharsets.ISO_8859_1), FILE, properties);
    }

    static MadeWindow of(Path directory, byte[] content, FileKey key, String... properties) throws Exception {
        Path path = Files.write(directory.resolve("shop.log"), content);
        Map<String, String> lines =
                new TreeMap<>(Map.of("inputs", "shop", "inputs.shop.include", directory + "/*.log"));
        for (String property : properties) {
            int sign = property.indexOf('=');
            lines.put(property.substring(0, sign), property.substring(sign + 1));
        }
        Settings settings = ConnectorReader.read(lines, Optional.of("dead"), RegexCheck.NONE, _ -> {})
                .settings();
        LogInput input = EngineInputs.of(settings, InputFiles.find(settings.inputs(), directory), true)
                .getFirst();
        Scanner scanner = new Scanner(
                input.rules(),
                input.plan().format(),
                PartLimit.STANDARD,
                new ScanInput(input.id(), input.reading().parser()));
        Split split = new Split(key, 0);
        Decision.Read decision = new Decision.Read(split, Optional.empty(), List.of(), Optional.empty());
        try (LogFile file = LogFile.open(path)) {
            SplitReader reader = new SplitReader(new SplitInput(input.plan(), scanner, false), file, decision, 0);
            ScannedWindow window = reader.next(Long.MAX_VALUE).orElseThrow();
            return new MadeWindow(settings, split, window, reader.offset());
        }
    }

    Map<String, RecordForm> forms() {
        return RuleForms.of(settings, settings.output());
    }

    SourceRecords records(Optional<String> deadLetterTopic, RecordLimits limits) {
        return records(new RecordTarget(deadLetterTopic, limits, HeaderForm.TEXT));
    }

    SourceRecords records(RecordTarget target) {
        InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(NOW));
        return new SourceRecords("shop-logs", forms(), new InputOrigins(settings), target, clock);
    }
}
