package io.pickaroon.config.section;

import io.pickaroon.config.problem.Place;
import io.pickaroon.config.settings.FileSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.MultilineSettings;
import io.pickaroon.config.settings.RecordSettings;
import io.pickaroon.config.value.Choices;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.ListType;
import io.pickaroon.config.value.Numbers;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.Texts;
import io.pickaroon.config.yaml.Located;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads one item of {@code inputs}. */
final class InputSection {
    static final Key<String> ID = Key.required("id", Texts.ID);
    private static final Key<List<Located<String>>> INCLUDE =
            Key.required("include", new ListType<>("glob", Texts.GLOB, 1));
    private static final Key<List<Located<String>>> EXCLUDE =
            Key.optional("exclude", new ListType<>("glob", Texts.GLOB, 0), List.of());
    private static final Key<InputSettings.Start> START =
            Key.optional("start", Choices.of(InputSettings.Start.values()), InputSettings.Start.BEGINNING);
    private static final Key<Integer> WINDOW_BYTES =
            Key.optional("windowBytes", Numbers.size(4 << 10, 1 << 30), 16 << 20);
    private static final Key<Integer> MAX_RECORD_BYTES =
            Key.optional("maxRecordBytes", Numbers.size(1, 256 << 20), 1 << 20);
    private static final Key<RecordSettings.Delimiter> DELIMITER =
            Key.optional("delimiter", Delimiters.TYPE, RecordSettings.LineBreak.AUTO);

    private static final Key<Duration> IGNORE_OLDER =
            Key.optional("ignoreOlder", Numbers.duration(Duration.ofSeconds(1), Duration.ofDays(3650)));

    private static final Key<Duration> FLUSH_AFTER =
            Key.optional("flushAfter", Numbers.duration(Duration.ofMillis(1), Duration.ofDays(1)));

    private static final Key<String> MULTILINE_START = Key.optional("start", Texts::readRegex);
    private static final Key<String> MULTILINE_CONTINUATION = Key.optional("continuation", Texts::readRegex);
    private static final Key<Duration> MULTILINE_TIMEOUT =
            Key.optional("timeout", Numbers.duration(Duration.ofMillis(1), Duration.ofHours(1)), Duration.ofSeconds(5));
    private static final Key<Fields> MULTILINE = Key.optional(
            "multiline",
            new Section(
                    "'multiline'",
                    List.of(MULTILINE_START, MULTILINE_CONTINUATION, MULTILINE_TIMEOUT),
                    InputSection::checkMultiline));

    static final Section SECTION = new Section(
            "an item of 'inputs'",
            List.of(
                    ID,
                    INCLUDE,
                    EXCLUDE,
                    START,
                    WINDOW_BYTES,
                    MAX_RECORD_BYTES,
                    DELIMITER,
                    IGNORE_OLDER,
                    MULTILINE,
                    FLUSH_AFTER),
            Section.Check.NONE);

    private InputSection() {}

    /** The text of which the records of the input hold none; empty if they may hold any, or are not known to. */
    static Optional<String> delimiterOutsideOfRecords(Fields fields) {
        return fields.value(DELIMITER)
                .filter(_ -> !fields.mentions(MULTILINE))
                .flatMap(delimiter ->
                        delimiter instanceof RecordSettings.Text(String text) ? Optional.of(text) : Optional.empty());
    }

    static List<Place> includePlaces(Fields fields) {
        return fields.get(INCLUDE).stream().map(Located::place).toList();
    }

    static InputSettings build(Fields fields) {
        return new InputSettings(
                fields.get(ID),
                new FileSettings(
                        Located.values(fields.get(INCLUDE)),
                        Located.values(fields.get(EXCLUDE)),
                        fields.value(IGNORE_OLDER)),
                fields.get(START),
                fields.get(WINDOW_BYTES),
                new RecordSettings(
                        fields.get(DELIMITER),
                        fields.get(MAX_RECORD_BYTES),
                        fields.value(MULTILINE).map(InputSection::buildMultiline),
                        fields.value(FLUSH_AFTER)));
    }

    private static MultilineSettings buildMultiline(Fields fields) {
        return new MultilineSettings(
                fields.value(MULTILINE_START), fields.value(MULTILINE_CONTINUATION), fields.get(MULTILINE_TIMEOUT));
    }

    private static void checkMultiline(Fields fields, Place place, Reading reading) {
        if (!fields.mentions(MULTILINE_START) && !fields.mentions(MULTILINE_CONTINUATION)) {
            reading.report(place, "expected 'start' or 'continuation' in 'multiline', found neither");
        }
    }
}
