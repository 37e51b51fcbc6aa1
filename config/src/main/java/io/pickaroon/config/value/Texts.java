package io.pickaroon.config.value;

import io.pickaroon.config.glob.Glob;
import io.pickaroon.config.glob.PathPattern;
import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Suggestion;
import io.pickaroon.records.FieldParser;
import io.pickaroon.records.time.Timestamps;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.snakeyaml.engine.v2.nodes.Node;

/** The kinds of text that settings are made of. */
public final class Texts {
    /** A name that goes into headers, transactional ids and metrics. */
    public static final ScalarType<String> ID = new ScalarType<>("a name", Texts::parseId);

    public static final String EXPECTED_TOPIC = "a topic's name of 1 to 249 ASCII letters, digits, '.', '_' or '-'";

    public static final ScalarType<String> TOPIC = new ScalarType<>("the name of a topic", Texts::parseTopic);
    public static final ScalarType<String> GLOB = new ScalarType<>("a glob", Texts::parseGlob);
    public static final ScalarType<Path> PATH = new ScalarType<>("a path", Texts::parsePath);
    public static final ScalarType<String> HOST = new ScalarType<>("a host name or address", Texts::parseHost);
    public static final ScalarType<String> SERVERS = new ScalarType<>("host:port", Texts::parseServers);

    /** A secret with which hashes are made. */
    public static final ScalarType<String> SECRET_KEY =
            new ScalarType<>("a secret of at least 16 characters", Texts::parseSecretKey);

    /** A text that can occur within one record. */
    public static final ScalarType<String> LITERAL = new ScalarType<>("a text", Texts::parseLiteral);

    /** What stands in a record instead of what matched. */
    public static final ScalarType<String> REPLACEMENT = new ScalarType<>("a text", Texts::parseReplacement);

    public static final ScalarType<Character> MASK = new ScalarType<>("one ASCII character", Texts::parseMask);
    public static final ScalarType<String> GROUP = new ScalarType<>("the name of a group", text -> text);
    static final ScalarType<String> PROPERTY = new ScalarType<>("a text", text -> text);

    /** A glob in which parts of names have names. */
    public static final ScalarType<PathPattern> PATH_PATTERN =
            new ScalarType<>("a path with names in braces", Texts::parsePathPattern);

    /** The name of a field, as a template can write it. */
    public static final ScalarType<String> FIELD = new ScalarType<>("the name of a field", Texts::parseAskedField);

    /** What a field is compared with. */
    public static final ScalarType<String> FIELD_VALUE = new ScalarType<>("a text", Texts::parseFieldValue);

    /** How a time is written. */
    public static final ScalarType<String> TIME_FORMAT =
            new ScalarType<>("the format of a time", Texts::parseTimeFormat);

    /** As {@link ZoneId} has it. */
    public static final ScalarType<ZoneId> ZONE = new ScalarType<>("a time zone", Texts::parseZone);

    private static final int LEAST_KEY_LENGTH = 16;
    private static final int MAX_ID_LENGTH = 100;
    private static final Pattern ID_SHAPE = Pattern.compile("[A-Za-z0-9._-]{1," + MAX_ID_LENGTH + "}");

    /** Kafka's own rule, {@code org.apache.kafka.common.internals.Topic}. */
    private static final Pattern TOPIC_SHAPE = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    private static final Pattern FIELD_SHAPE = Pattern.compile("[^{}:\\p{Cntrl}]{1,200}");

    private static final Pattern SERVER_SHAPE =
            Pattern.compile("(?:[A-Za-z0-9._%-]{1,255}|\\[[0-9A-Fa-f:.%]{2,60}\\]):([0-9]{1,5})");
    private static final Pattern HOST_SHAPE = Pattern.compile("[A-Za-z0-9._:%\\[\\]-]{1,255}");

    private Texts() {}

    /** A regular expression that the engine understands. */
    public static Optional<String> readRegex(Node node, Reading reading) {
        Optional<String> expression = reading.textWithoutLineEnd(node, "a regular expression");
        if (expression.filter(Texts::endsWithLineBreak).isPresent()) {
            reading.report(
                    Place.of(node),
                    "the expression ends with a line break, which no record does; remove it, or write \\n where records"
                            + " have several lines");
            return Optional.empty();
        }
        Optional<String> wrong = expression
                .flatMap(reading.regexCheck()::problemWith)
                .map(reason -> "this is no regular expression in RE2 syntax: " + reason);
        wrong.ifPresent(reason -> reading.reportIn(node, "a regular expression", new Mismatch(reason)));
        if (wrong.isPresent()) {
            return Optional.empty();
        }
        expression
                .flatMap(reading.regexCheck()::surpriseIn)
                .ifPresent(surprise -> reading.warn(Place.of(node), surprise, Optional.empty()));
        return expression;
    }

    private static boolean endsWithLineBreak(String text) {
        return text.endsWith("\n") || text.endsWith("\r");
    }

    public static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String parseId(String text) throws Mismatch {
        if (!ID_SHAPE.matcher(text).matches()) {
            throw new Mismatch("expected a name of 1 to " + MAX_ID_LENGTH + " letters, digits, '.', '_' or '-', found "
                    + Mismatch.quoted(text));
        }
        return text;
    }

    /** Whether it can be the name of a topic. */
    public static boolean isTopic(String text) {
        return TOPIC_SHAPE.matcher(text).matches() && !text.equals(".") && !text.equals("..");
    }

    private static String parseTopic(String text) throws Mismatch {
        if (!isTopic(text)) {
            throw new Mismatch("expected " + EXPECTED_TOPIC + ", found " + Mismatch.quoted(text));
        }
        return text;
    }

    private static String parseTimeFormat(String text) throws Mismatch {
        try {
            Timestamps.of(text, ZoneOffset.UTC);
            return text;
        } catch (IllegalArgumentException e) {
            throw new Mismatch(Mismatch.quoted(text) + " is no format of a time: " + e.getMessage());
        }
    }

    private static PathPattern parsePathPattern(String text) throws Mismatch {
        if (endsWithLineBreak(text)) {
            throw new Mismatch("the path ends with a line break, which no log's name has; after '|' or '>' write '-'");
        }
        if (text.endsWith("/")) {
            throw new Mismatch("the path ends with '/', as names of directories do; name the files in it, for example "
                    + Mismatch.quoted(text + "{name}.log"));
        }
        try {
            return PathPattern.of(text);
        } catch (PatternSyntaxException e) {
            throw new Mismatch(Mismatch.quoted(text) + " is no path with names: " + e.getDescription());
        }
    }

    /** Checks the name of a field: a template could not say others. */
    public static String parseField(String text) throws Mismatch {
        if (!FIELD_SHAPE.matcher(text).matches()) {
            throw new Mismatch("expected a field's name of 1 to 200 characters without '{', '}', ':' and control"
                    + " characters, found " + Mismatch.quoted(text));
        }
        return text;
    }

    private static String parseAskedField(String text) throws Mismatch {
        if (!FieldParser.isAskable(text)) {
            throw new Mismatch("expected a field's name of at most " + FieldParser.MOST_PARTS
                    + " parts between dots, found " + Mismatch.quoted(text));
        }
        return parseField(text);
    }

    private static String parseFieldValue(String text) throws Mismatch {
        if (text.isEmpty()) {
            throw new Mismatch(
                    "expected a text, found an empty one: a field without a value is a missing one, for which"
                            + " a condition is false");
        }
        return text;
    }

    private static ZoneId parseZone(String text) throws Mismatch {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new Mismatch(
                    "expected a time zone such as UTC, Europe/Berlin or +02:00, found " + Mismatch.quoted(text),
                    Suggestion.didYouMean(text, ZoneId.getAvailableZoneIds()));
        }
    }

    private static String parseSecretKey(String text) throws Mismatch {
        if (text.length() < LEAST_KEY_LENGTH) {
            throw new Mismatch("expected a secret of at least %d characters, found one of %d"
                    .formatted(LEAST_KEY_LENGTH, text.length()));
        }
        return text;
    }

    private static String parseGlob(String text) throws Mismatch {
        if (text.isBlank()) {
            throw new Mismatch("expected a glob such as /var/log/*.log, found an empty text");
        }
        if (endsWithLineBreak(text)) {
            throw new Mismatch("the glob ends with a line break, which no log's name has; after '|' or '>' write '-'");
        }
        if (text.strip().startsWith("/") && !text.startsWith("/")) {
            throw new Mismatch("the glob begins with a blank, so that it is no absolute path; remove the blank");
        }
        try {
            for (String alternative : Glob.alternatives(text)) {
                if (alternative.endsWith("/")) {
                    throw new Mismatch("the glob ends with '/', as names of directories do; name the files in it, for"
                            + " example " + Mismatch.quoted(alternative + "*.log"));
                }
                Glob.of(alternative);
            }
            return text;
        } catch (PatternSyntaxException e) {
            throw new Mismatch(Mismatch.quoted(text) + " is no glob: " + e.getDescription());
        }
    }

    private static Path parsePath(String text) throws Mismatch {
        if (text.isBlank()) {
            throw new Mismatch("expected a path, found an empty text");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new Mismatch(Mismatch.quoted(text) + " is no path: " + e.getReason());
        }
    }

    private static String parseHost(String text) throws Mismatch {
        if (!HOST_SHAPE.matcher(text).matches()) {
            throw new Mismatch("expected a host name or address, found " + Mismatch.quoted(text));
        }
        return text;
    }

    private static String parseServers(String text) throws Mismatch {
        List<String> servers = new ArrayList<>();
        for (String server : text.split(",", -1)) {
            var shape = SERVER_SHAPE.matcher(server.strip());
            if (server.contains("@")) {
                throw new Mismatch("expected host:port without a user or password, found an '@'; they go into"
                        + " 'sasl.jaas.config' of 'properties'");
            }
            if (!shape.matches()) {
                throw new Mismatch("expected host:port, or several separated by commas, found "
                        + Mismatch.quoted(text.length() == server.length() ? text : server.strip()));
            }
            Numbers.integer(1, 65_535).parser().parse(shape.group(1));
            servers.add(server.strip());
        }
        return String.join(",", servers);
    }

    private static String parseLiteral(String text) throws Mismatch {
        if (text.isEmpty()) {
            throw new Mismatch("expected a text, found an empty one, which every record would match");
        }
        if (text.indexOf('\n') >= 0) {
            throw new Mismatch(
                    "a text with a line feed is not looked for; use a regex with \\n where records have several lines");
        }
        return text;
    }

    private static String parseReplacement(String text) throws Mismatch {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new Mismatch("a line feed or carriage return would end the record early");
        }
        return text;
    }

    private static Character parseMask(String text) throws Mismatch {
        if (text.length() != 1 || text.charAt(0) < ' ' || text.charAt(0) > '~') {
            throw new Mismatch("expected exactly one printable ASCII character, found " + Mismatch.quoted(text));
        }
        return text.charAt(0);
    }
}
