package io.pickaroon.processor.scan;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.RecordParser;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.rule.ScanInput;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Scans a text, and reads matches with their values back as texts. */
record ScannedTexts(List<ScannedWindow> parts) {
    static ScannedTexts of(Path directory, String log, Optional<RecordParser> parser, PartLimit limit, Rule... rules)
            throws IOException {
        Scanner scanner = new Scanner(
                List.of(rules), new RecordFormat(Delimiter.AUTO, 1 << 20), limit, new ScanInput("in", parser));
        Path path = Files.write(directory.resolve("log"), log.getBytes(StandardCharsets.UTF_8));
        try (LogFile file = LogFile.open(path)) {
            return new ScannedTexts(new WindowPlan(1 << 20, 1 << 20, Delimiter.AUTO)
                    .windows(file, Position.START, file.sizeBytes())
                    .concatMap(scanner::scan)
                    .collectList()
                    .block());
        }
    }

    /** Of each match the record, and what its rule captures by name, null where it is missing. */
    List<List<String>> values() {
        List<List<String>> values = new ArrayList<>();
        parts.forEach(part -> values.addAll(values(part.matches())));
        return values;
    }

    static List<List<String>> values(MatchBatch batch) {
        List<List<String>> values = new ArrayList<>();
        for (int match = 0; match < batch.size(); match++) {
            List<String> ofMatch = new ArrayList<>();
            ofMatch.add(text(batch, batch.start(match), batch.start(match) + batch.length(match)));
            for (int value = 0; value < batch.rule(match).captures().named(); value++) {
                ofMatch.add(text(
                        batch,
                        batch.values().start(match, value),
                        batch.values().end(match, value)));
            }
            values.add(ofMatch);
        }
        return values;
    }

    /** Of each match all fields of its record. */
    List<Map<String, String>> fields() {
        List<Map<String, String>> fields = new ArrayList<>();
        for (ScannedWindow part : parts) {
            MatchBatch batch = part.matches();
            for (int match = 0; match < batch.size(); match++) {
                Map<String, String> ofMatch = new TreeMap<>();
                for (int field = 0; field < batch.values().fieldCount(match); field++) {
                    ofMatch.put(
                            text(
                                    batch,
                                    batch.values().nameStart(match, field),
                                    batch.values().nameEnd(match, field)),
                            text(
                                    batch,
                                    batch.values().fieldStart(match, field),
                                    batch.values().fieldEnd(match, field)));
                }
                fields.add(ofMatch);
            }
        }
        return fields;
    }

    long maskedFields() {
        return parts.stream().mapToLong(part -> part.matches().maskedFields()).sum();
    }

    private static String text(MatchBatch batch, int start, int end) {
        return start < 0 ? null : new String(batch.array(), start, end - start, StandardCharsets.UTF_8);
    }
}
