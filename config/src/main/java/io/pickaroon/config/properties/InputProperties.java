package io.pickaroon.config.properties;

import io.pickaroon.config.settings.ContainerSettings;
import io.pickaroon.config.settings.FileSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.MultilineSettings;
import io.pickaroon.config.settings.OriginSettings;
import io.pickaroon.config.settings.ParseSettings;
import io.pickaroon.config.settings.ReadMode;
import io.pickaroon.config.settings.RecordSettings;
import io.pickaroon.config.settings.RecordSettings.Delimiter;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.config.value.Choices;
import io.pickaroon.config.value.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes the inputs. */
final class InputProperties {
    private static final List<String> ARCHIVES = List.of(".gz", ".zst");

    private InputProperties() {}

    static void write(Settings settings, PropertyWriter writer) {
        writer.list("inputs", settings.inputs().stream().map(InputSettings::id).toList());
        settings.inputs().forEach(input -> input(input, writer));
        if (settings.inputs().stream().anyMatch(input -> input.origin().host().isEmpty())) {
            writer.note("host", "where an input has none, {host} is 'storage.label' and not the name of a machine");
        }
    }

    private static void input(InputSettings input, PropertyWriter writer) {
        String prefix = "inputs." + input.id() + ".";
        files(prefix, input, writer);
        records(prefix, input.records(), writer);
        origin(prefix, input.origin(), writer);
    }

    private static void files(String prefix, InputSettings input, PropertyWriter writer) {
        FileSettings files = input.files();
        if (input.origin().path().isEmpty()) {
            writer.list(prefix + "include", files.include());
        }
        writer.put(prefix + "path", input.origin().path().map(Object::toString));
        writer.put(prefix + "mode", Choices.word(mode(files)));
        if (!files.exclude().isEmpty()) {
            writer.list(prefix + "exclude", files.exclude());
        }
        writer.put(prefix + "ignoreOlder", files.ignoreOlder().map(Numbers::durationText));
        files.maxRate()
                .ifPresent(_ -> writer.note(
                        prefix + "maxRate",
                        "tasks share no limit; a quota at the brokers does, or fewer tasks in 'tasks.max'"));
        if (!InputSettings.Start.BEGINNING.equals(input.start())) {
            writer.note(prefix + "start", "a connector reads files from their beginning");
        }
        writer.putUnless(
                SmallestProperties.INPUT.windowBytes(),
                prefix + "windowBytes",
                input.windowBytes(),
                Numbers.sizeText(input.windowBytes()));
    }

    /** Archives never grow. */
    private static ReadMode mode(FileSettings files) {
        boolean areArchives = files.include().stream()
                .map(glob -> glob.toLowerCase(Locale.ROOT))
                .allMatch(glob -> ARCHIVES.stream().anyMatch(glob::endsWith));
        return areArchives ? ReadMode.COMPLETE : ReadMode.GROWING;
    }

    private static void records(String prefix, RecordSettings records, PropertyWriter writer) {
        RecordSettings byDefault = SmallestProperties.INPUT.records();
        writer.putUnless(
                byDefault.maxRecordBytes(),
                prefix + "maxRecordBytes",
                records.maxRecordBytes(),
                Numbers.sizeText(records.maxRecordBytes()));
        writer.putUnless(byDefault.delimiter(), prefix + "delimiter", records.delimiter(), text(records.delimiter()));
        records.multiline().ifPresent(multiline -> multiline(prefix + "multiline.", multiline, writer));
        if (records.container().isPresent()) {
            container(prefix, records, records.container().get(), writer);
        } else {
            records.flushAfter()
                    .ifPresent(_ -> writer.note(
                            prefix + "flushAfter",
                            "an unfinished line at the end of a file that grows waits for its end"));
            records.multiline()
                    .ifPresent(_ -> writer.note(
                            prefix + "multiline.timeout",
                            "the last record of a file that grows waits for the next one"));
        }
    }

    private static void container(
            String prefix, RecordSettings records, ContainerSettings container, PropertyWriter writer) {
        writer.put(prefix + "format", Choices.word(container.format()));
        writer.putUnless(
                ContainerSettings.MAX_PART_DISTANCE,
                prefix + "maxPartDistance",
                container.maxPartDistance(),
                Numbers.sizeText(container.maxPartDistance()));
        writer.put(prefix + "flushAfter", records.flushAfter().map(Numbers::durationText));
        records.multiline()
                .ifPresent(multiline -> writer.putUnless(
                        MultilineSettings.TIMEOUT,
                        prefix + "multiline.timeout",
                        multiline.timeout(),
                        Numbers.durationText(multiline.timeout())));
    }

    private static String text(Delimiter delimiter) {
        return switch (delimiter) {
            case RecordSettings.LineBreak lineBreak -> Choices.word(lineBreak);
            case RecordSettings.Text(String text) -> text;
        };
    }

    private static void multiline(String prefix, MultilineSettings multiline, PropertyWriter writer) {
        writer.put(prefix + "start", multiline.start());
        writer.put(prefix + "continuation", multiline.continuation());
    }

    private static void origin(String prefix, OriginSettings origin, PropertyWriter writer) {
        writer.put(
                prefix + "host",
                origin.host().map(host -> host.replace("{", "{{").replace("}", "}}")));
        origin.fields().forEach((name, value) -> writer.put(prefix + "fields." + name, value));
        writer.put(prefix + "parse", word(origin.parse()));
        if (origin.parse() instanceof ParseSettings.Regex(String expression)) {
            writer.put(prefix + "parse.regex", expression);
        }
    }

    private static Optional<String> word(ParseSettings parse) {
        return switch (parse) {
            case ParseSettings.Json _ -> Optional.of("json");
            case ParseSettings.Logfmt _ -> Optional.of("logfmt");
            case ParseSettings.None _, ParseSettings.Regex _ -> Optional.empty();
        };
    }
}
