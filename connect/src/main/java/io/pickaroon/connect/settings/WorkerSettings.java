package io.pickaroon.connect.settings;

import io.pickaroon.config.properties.PropertyProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a connector asks of its worker, by properties that every connector has. With other values records would be lost,
 * doubled or changed without a word, so these are required to be written.
 */
final class WorkerSettings {
    private static final String CONVERTERS = "org.apache.kafka.connect.converters.";
    private static final String STORAGE = "org.apache.kafka.connect.storage.";

    /** With the short names by which Connect knows them too. */
    private static final Set<String> BYTES =
            Set.of(CONVERTERS + "ByteArrayConverter", "ByteArrayConverter", "ByteArray");

    private static final Set<String> TEXTS = Set.of(
            STORAGE + "SimpleHeaderConverter",
            "SimpleHeaderConverter",
            "Simple",
            STORAGE + "StringConverter",
            "StringConverter",
            "String");

    private static final String HEADER_CONVERTER = "header.converter";
    private static final String CREATION = "topic.creation.default.";
    private static final List<String> CREATED = List.of(CREATION + "partitions", CREATION + "replication.factor");

    /** Of the producer, with what they are where nothing is written. */
    private static final Map<String, Long> PRODUCER_LIMITS = Map.of(
            "producer.override.max.request.size", 1L << 20,
            "producer.override.buffer.memory", 32L << 20);

    private WorkerSettings() {}

    /** Reports what has to be written otherwise. */
    static void check(Map<String, String> properties, Consumer<PropertyProblem> problems) {
        requireWord(
                properties,
                "exactly.once.support",
                "required",
                "otherwise records may be sent twice, without a word, by a worker that has"
                        + " 'exactly.once.source.support' switched off",
                problems);
        requireWord(
                properties,
                "transaction.boundary",
                "connector",
                "a task ends its transactions itself, so that records and the offset behind them are committed"
                        + " together",
                problems);
        String tolerance = properties.get("errors.tolerance");
        if (tolerance != null && !tolerance.strip().equalsIgnoreCase("none")) {
            problems.accept(problem(
                    "errors.tolerance",
                    "expected 'none', found '%s': the worker would drop records that a transform or a converter does not take, without a word"
                            .formatted(tolerance)));
        }
        String asRead = "values are sent as the bytes that were read, which other converters would change";
        requireClass(properties, "value.converter", BYTES, asRead, problems);
        requireClass(properties, "key.converter", BYTES, asRead.replace("values", "keys"), problems);
        String header = properties.get(HEADER_CONVERTER);
        if (header != null && !TEXTS.contains(header.strip()) && !BYTES.contains(header.strip())) {
            problems.accept(problem(
                    HEADER_CONVERTER,
                    "expected '%sByteArrayConverter', '%sSimpleHeaderConverter' or '%sStringConverter', found '%s': headers are texts, which other converters would put into quotes"
                            .formatted(CONVERTERS, STORAGE, STORAGE, header)));
        }
    }

    /** Whether the connector's converter takes headers as bytes. What the worker's own is, is not known here. */
    static boolean takesHeadersAsBytes(Map<String, String> properties) {
        return BYTES.contains(properties.getOrDefault(HEADER_CONVERTER, "").strip());
    }

    /** Reports what does not go together with the connector's own settings. */
    static void check(Map<String, String> properties, OwnSettings own, Consumer<PropertyProblem> problems) {
        List<String> missing =
                CREATED.stream().filter(name -> properties.get(name) == null).toList();
        if (!own.topicsExist() && !missing.isEmpty()) {
            problems.accept(problem(
                    OwnSettings.TOPICS_EXIST.name(),
                    "a record for a topic that does not exist would be waited for without end; have topics created,"
                            + " with '"
                            + String.join("' and '", CREATED)
                            + "', or create them yourself and write 'true' here"));
        }
        PRODUCER_LIMITS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(limit -> checkProducer(properties, limit.getKey(), limit.getValue(), own, problems));
    }

    private static void checkProducer(
            Map<String, String> properties,
            String name,
            long standardBytes,
            OwnSettings own,
            Consumer<PropertyProblem> problems) {
        int neededBytes = own.limits().maxRecordBytes();
        Optional<String> text = Optional.ofNullable(properties.get(name)).map(String::strip);
        if (text.isPresent() && !text.get().matches("[0-9]{1,18}")) {
            problems.accept(problem(name, "expected a number of bytes, found '%s'".formatted(text.get())));
            return;
        }
        if (text.map(Long::parseLong).orElse(standardBytes) < neededBytes) {
            problems.accept(problem(
                    name,
                    "expected at least %d, as '%s' says that records are as large, found %s"
                            .formatted(
                                    neededBytes,
                                    OwnSettings.MAX_MESSAGE_BYTES.name(),
                                    text.map(given -> "'" + given + "'")
                                            .orElse("nothing, which is " + standardBytes))));
        }
    }

    private static void requireWord(
            Map<String, String> properties,
            String name,
            String word,
            String reason,
            Consumer<PropertyProblem> problems) {
        String given = properties.get(name);
        if (given == null || !given.strip().equalsIgnoreCase(word)) {
            problems.accept(problem(name, "expected '%s', found %s: %s".formatted(word, shown(given), reason)));
        }
    }

    private static void requireClass(
            Map<String, String> properties,
            String name,
            Set<String> names,
            String reason,
            Consumer<PropertyProblem> problems) {
        String given = properties.get(name);
        if (given == null || !names.contains(given.strip())) {
            problems.accept(problem(
                    name, "expected '%sByteArrayConverter', found %s: %s".formatted(CONVERTERS, shown(given), reason)));
        }
    }

    private static PropertyProblem problem(String name, String message) {
        return new PropertyProblem(name, message, Optional.empty());
    }

    private static String shown(String given) {
        return given == null ? "nothing" : "'" + given + "'";
    }
}
