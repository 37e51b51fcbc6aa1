package io.pickaroon.config.section;

import io.pickaroon.config.glob.PathPattern;
import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.settings.ContainerSettings;
import io.pickaroon.config.settings.FileSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.MultilineSettings;
import io.pickaroon.config.settings.OriginSettings;
import io.pickaroon.config.settings.ParseSettings;
import io.pickaroon.config.settings.RecordSettings;
import io.pickaroon.config.value.Choices;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Groups;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.ListType;
import io.pickaroon.config.value.Numbers;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.TemplateText;
import io.pickaroon.config.value.TextMapType;
import io.pickaroon.config.value.Texts;
import io.pickaroon.config.yaml.Located;
import io.pickaroon.records.TemplateScope;
import io.pickaroon.records.Variable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one item of {@code inputs}. */
final class InputSection {
    static final Key<String> ID = Key.required("id", Texts.ID);
    private static final Key<List<Located<String>>> INCLUDE =
            Key.optional("include", new ListType<>("glob", Texts.GLOB, 1));
    private static final Key<PathPattern> PATH = Key.optional("path", Texts.PATH_PATTERN);
    private static final Key<List<Located<String>>> EXCLUDE =
            Key.optional("exclude", new ListType<>("glob", Texts.GLOB, 0), List.of());
    static final Key<StartSection.Written> START = Key.optional("start", StartSection.TYPE, StartSection.BEGINNING);
    private static final Key<Integer> WINDOW_BYTES =
            Key.optional("windowBytes", Numbers.size(4 << 10, 1 << 30), 16 << 20);
    private static final Key<Integer> MAX_RECORD_BYTES =
            Key.optional("maxRecordBytes", Numbers.size(1, 256 << 20), 1 << 20);
    private static final Key<RecordSettings.Delimiter> DELIMITER =
            Key.optional("delimiter", Delimiters.TYPE, RecordSettings.LineBreak.AUTO);

    /** What stands around the text in each line of the files. */
    private enum Format {
        TEXT,
        CRI,
        DOCKER
    }

    private static final Key<Format> FORMAT = Key.optional("format", Choices.of(Format.values()), Format.TEXT);
    private static final Key<Integer> MAX_PART_DISTANCE =
            Key.optional("maxPartDistance", Numbers.size(1 << 10, 1 << 30), ContainerSettings.MAX_PART_DISTANCE);

    private static final Key<Duration> IGNORE_OLDER =
            Key.optional("ignoreOlder", Numbers.duration(Duration.ofSeconds(1), Duration.ofDays(3650)));

    static final Key<Duration> FLUSH_AFTER =
            Key.optional("flushAfter", Numbers.duration(Duration.ofMillis(1), Duration.ofDays(1)));

    static final Key<Long> MAX_RATE = Key.optional("maxRate", Numbers.rate(4 << 10, 1L << 40));

    private static final Key<String> MULTILINE_START = Key.optional("start", Texts::readRegex);
    private static final Key<String> MULTILINE_CONTINUATION = Key.optional("continuation", Texts::readRegex);
    private static final Key<Duration> MULTILINE_TIMEOUT = Key.optional(
            "timeout", Numbers.duration(Duration.ofMillis(1), Duration.ofHours(1)), MultilineSettings.TIMEOUT);
    private static final Key<Fields> MULTILINE = Key.optional(
            "multiline",
            new Section(
                    "'multiline'",
                    List.of(MULTILINE_START, MULTILINE_CONTINUATION, MULTILINE_TIMEOUT),
                    InputSection::checkMultiline));

    private static final Key<TemplateText> HOST = Key.optional("host", TemplateText.TYPE);
    private static final Key<Map<String, Located<String>>> STATIC_FIELDS =
            Key.optional("fields", new TextMapType("'fields'"), Map.of());
    private static final Key<ParseSettings> PARSE = Key.optional("parse", ParseSection.TYPE, new ParseSettings.None());

    static final Section SECTION = new Section(
            "an item of 'inputs'",
            List.of(
                    ID,
                    INCLUDE,
                    PATH,
                    EXCLUDE,
                    START,
                    TimeSection.TIME,
                    TimeSection.SLACK,
                    FORMAT,
                    WINDOW_BYTES,
                    MAX_RECORD_BYTES,
                    MAX_PART_DISTANCE,
                    DELIMITER,
                    IGNORE_OLDER,
                    MULTILINE,
                    FLUSH_AFTER,
                    MAX_RATE,
                    HOST,
                    STATIC_FIELDS,
                    PARSE),
            InputSection::check);

    private static final Pattern NAME_IN_BRACES = Pattern.compile("(?<![{$])\\{(?:"
            + Stream.of(Variable.values())
                    .map(variable -> Pattern.quote(variable.word()) + (variable.hasMembers() ? "\\.[^{}]+" : ""))
                    .collect(Collectors.joining("|"))
            + ")\\}(?!\\})");

    private static final int LONGEST_HOST = 255;
    /** Fields that each record of a container log has. */
    private static final List<String> CONTAINER_FIELDS = List.of("stream", "time", "partial");

    private InputSection() {}

    /** Whether a record of it may have several lines. */
    static boolean joinsLines(Fields fields) {
        return fields.mentions(MULTILINE)
                || fields.value(DELIMITER)
                        .filter(RecordSettings.Text.class::isInstance)
                        .isPresent();
    }

    /** The text of which the records of the input hold none; empty if they may hold any, or are not known to. */
    static Optional<String> delimiterOutsideOfRecords(Fields fields) {
        return fields.value(DELIMITER)
                .filter(_ -> !fields.mentions(MULTILINE))
                .flatMap(delimiter ->
                        delimiter instanceof RecordSettings.Text(String text) ? Optional.of(text) : Optional.empty());
    }

    static List<Place> includePlaces(Fields fields) {
        return fields.find(PATH)
                .map(path -> List.of(path.place()))
                .orElseGet(
                        () -> fields.get(INCLUDE).stream().map(Located::place).toList());
    }

    /** What is known of its records; of what is wrong, everything that may be meant. */
    static RecordNames names(Fields fields) {
        ParseSettings parse = fields.value(PARSE).orElseThrow();
        List<String> groups = parse instanceof ParseSettings.Regex(String expression)
                ? Groups.of(expression).names()
                : List.of();
        boolean isWrong = Stream.of(STATIC_FIELDS, PARSE)
                .anyMatch(key -> fields.mentions(key) && fields.find(key).isEmpty());
        return new RecordNames(
                fields.value(PATH).map(PathPattern::names).orElse(List.of()),
                fields.mentions(PATH) && fields.find(PATH).isEmpty(),
                Stream.concat(
                                fields.value(STATIC_FIELDS).orElseThrow().entrySet().stream()
                                        .filter(field ->
                                                !field.getValue().value().isEmpty())
                                        .map(Map.Entry::getKey),
                                isContainer(fields) ? CONTAINER_FIELDS.stream() : Stream.of())
                        .toList(),
                groups,
                isWrong || !(parse instanceof ParseSettings.None) && groups.isEmpty());
    }

    static InputSettings build(Fields fields, TemplateScope scope) {
        return new InputSettings(
                fields.get(ID),
                new FileSettings(
                        fields.value(PATH)
                                .map(path -> List.of(path.glob()))
                                .orElseGet(() -> Located.values(fields.get(INCLUDE))),
                        Located.values(fields.get(EXCLUDE)),
                        fields.value(IGNORE_OLDER),
                        fields.value(MAX_RATE)),
                fields.get(START).in(TimeSection.zoneOf(fields)),
                fields.get(WINDOW_BYTES),
                new RecordSettings(
                        fields.get(DELIMITER),
                        fields.get(MAX_RECORD_BYTES),
                        fields.value(MULTILINE).map(InputSection::buildMultiline),
                        fields.value(FLUSH_AFTER),
                        container(fields)),
                new OriginSettings(
                        fields.value(HOST)
                                .map(host -> host.template(ofHost(scope)).literalPrefix()),
                        fields.get(STATIC_FIELDS).entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        field -> field.getValue().value(),
                                        (first, _) -> first,
                                        LinkedHashMap::new)),
                        fields.value(PATH),
                        fields.get(PARSE),
                        TimeSection.settings(fields)));
    }

    private static Optional<ContainerSettings> container(Fields fields) {
        ContainerSettings.Format format = switch (fields.get(FORMAT)) {
            case CRI -> ContainerSettings.Format.CRI;
            case DOCKER -> ContainerSettings.Format.DOCKER;
            case TEXT -> null;
        };
        return Optional.ofNullable(format).map(its -> new ContainerSettings(its, fields.get(MAX_PART_DISTANCE)));
    }

    /** A host's name is the same for all records. */
    private static TemplateScope ofHost(TemplateScope scope) {
        return scope.without(Stream.of(Variable.values())
                .filter(variable -> variable != Variable.ENV)
                .toArray(Variable[]::new));
    }

    static boolean isContainer(Fields fields) {
        return fields.value(FORMAT).filter(format -> format != Format.TEXT).isPresent();
    }

    private static void check(Fields fields, Place place, Reading reading) {
        SECTION.requireExactlyOne(List.of(INCLUDE, PATH), fields, place, reading);
        TimeSection.checkInput(fields, fields.find(START), reading);
        if (isContainer(fields)) {
            fields.find(DELIMITER)
                    .filter(delimiter -> delimiter.value() != RecordSettings.LineBreak.AUTO
                            && delimiter.value() != RecordSettings.LineBreak.LF)
                    .ifPresent(delimiter -> reading.report(
                            delimiter.place(), "in a container log a line feed ends each line: leave 'delimiter' out"));
        } else {
            fields.find(MAX_PART_DISTANCE)
                    .ifPresent(distance -> reading.report(
                            distance.place(), "'maxPartDistance' is of container logs: add 'format: cri' or 'docker'"));
        }
        fields.find(STATIC_FIELDS).map(Located::value).orElse(Map.of()).forEach((name, value) -> {
            try {
                Texts.parseField(name);
            } catch (Mismatch mismatch) {
                reading.report(value.place(), mismatch.getMessage());
            }
            warnOfBraces(value, reading);
        });
        fields.value(HOST)
                .ifPresent(host -> host.parse(ofHost(reading.scope()), reading)
                        .filter(name -> !isHost(name.literalPrefix()))
                        .ifPresent(_ -> host.report(
                                "a host's name of 1 to " + LONGEST_HOST + " characters without blanks around it",
                                reading)));
    }

    /** Warns of a text that would be another one in a template. */
    private static void warnOfBraces(Located<String> text, Reading reading) {
        String shown = text.written().orElse(text.value());
        Matcher name = NAME_IN_BRACES.matcher(shown);
        if (name.find()) {
            boolean isVariable = name.group().startsWith("{env.");
            reading.warn(
                    text.place(),
                    "a text of 'fields' is no template: " + Mismatch.quoted(name.group()) + " is sent as it stands",
                    Optional.of(
                            isVariable
                                    ? "a variable is written ${NAME}"
                                    : "name it in 'topic', 'key' or 'headers' of the rules instead"));
        }
    }

    private static boolean isHost(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_HOST
                && name.equals(name.strip())
                && name.chars().noneMatch(Character::isISOControl);
    }

    private static MultilineSettings buildMultiline(Fields fields) {
        return new MultilineSettings(
                fields.value(MULTILINE_START), fields.value(MULTILINE_CONTINUATION), fields.get(MULTILINE_TIMEOUT));
    }

    /** How long a record waits for more lines, if that is given. */
    static Optional<Located<Duration>> multilineTimeout(Fields fields) {
        return fields.value(MULTILINE).flatMap(multiline -> multiline.find(MULTILINE_TIMEOUT));
    }

    private static void checkMultiline(Fields fields, Place place, Reading reading) {
        if (!fields.mentions(MULTILINE_START) && !fields.mentions(MULTILINE_CONTINUATION)) {
            reading.report(place, "expected 'start' or 'continuation' in 'multiline', found neither");
        }
    }
}
