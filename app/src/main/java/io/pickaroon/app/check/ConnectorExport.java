package io.pickaroon.app.check;

import io.pickaroon.config.properties.ConnectorProperties;
import io.pickaroon.config.properties.ConnectorReader;
import io.pickaroon.config.properties.PropertiesException;
import io.pickaroon.config.properties.PropertyProblem;
import io.pickaroon.config.settings.FileSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.discovery.FileGlob;
import io.pickaroon.inputs.rules.EngineRegexCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration as all properties that a connector needs, but for its name. Immutable.
 *
 * @param properties in an order to read them in
 * @param notes what does not carry over, or has to be looked at, a line for each that begins with a property or setting
 * @param problems what a worker would refuse, a line for each
 */
record ConnectorExport(Map<String, String> properties, List<String> notes, List<String> problems) {
    private static final String CONNECTOR = "io.pickaroon.connect.PickaroonSourceConnector";
    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
    private static final String LABEL = "storage.label";
    private static final String DEAD_LETTERS = "dead.letter.topic";
    private static final String TASKS = "4";

    /** No label can be this, so a worker refuses it. */
    private static final String NO_LABEL = "<name of the file system, such as nfs-1>";

    /** What a record of a producer takes where nothing is written, and what the connector expects of topics. */
    private static final int STANDARD_RECORD_BYTES = 1 << 20;

    ConnectorExport {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        notes = List.copyOf(notes);
        problems = List.copyOf(problems);
    }

    /**
     * The properties of these settings.
     *
     * @param workingDirectory where relative patterns begin
     * @param label of the file system that the files are on; empty: it has to be written by hand
     */
    static ConnectorExport of(Settings settings, Path workingDirectory, Optional<String> label) {
        List<String> notes = new ArrayList<>();
        ConnectorProperties written = ConnectorProperties.of(absolute(settings, workingDirectory, notes));
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("connector.class", CONNECTOR);
        properties.put("tasks.max", TASKS);
        properties.put("exactly.once.support", "required");
        properties.put("transaction.boundary", "connector");
        properties.put("key.converter", BYTES);
        properties.put("value.converter", BYTES);
        properties.put("header.converter", BYTES);
        properties.put(LABEL, label.orElse(NO_LABEL));
        properties.putAll(written.properties());
        notes.add("tasks.max: " + TASKS + " to begin with; what the workers and the storage can do decides");
        topics(settings.output(), properties, notes);
        notes.addAll(written.notes());
        List<String> problems = new ArrayList<>(problems(properties));
        if (label.isEmpty()) {
            problems.add(
                    LABEL + ": it has to be written, here or with --storage-label: a name for the file system that the"
                            + " files are on, which is the same on every worker and never changes");
        }
        return new ConnectorExport(properties, notes, problems);
    }

    /** Workers have other working directories. */
    private static Settings absolute(Settings settings, Path workingDirectory, List<String> notes) {
        List<InputSettings> inputs = new ArrayList<>();
        for (InputSettings input : settings.inputs()) {
            String property = "inputs." + input.id() + ".";
            FileSettings files = input.files();
            FileSettings absolute = new FileSettings(
                    files.include().stream()
                            .map(glob -> absolute(glob, workingDirectory, property + "include", notes))
                            .toList(),
                    files.exclude().stream()
                            .map(glob -> glob.indexOf('/') < 0
                                    ? glob
                                    : absolute(glob, workingDirectory, property + "exclude", notes))
                            .toList(),
                    files.ignoreOlder(),
                    files.maxRate());
            inputs.add(new InputSettings(
                    input.id(), absolute, input.start(), input.windowBytes(), input.records(), input.origin()));
        }
        return new Settings(
                settings.instance(),
                settings.checkpoint(),
                inputs,
                settings.rules(),
                settings.output(),
                settings.process());
    }

    private static String absolute(String glob, Path workingDirectory, String property, List<String> notes) {
        if (glob.startsWith("/")) {
            return glob;
        }
        notes.add("%s: '%s' begins at the working directory, which each worker has another one of; this one is written"
                .formatted(property, glob));
        return FileGlob.literal(workingDirectory) + "/" + glob;
    }

    private static void topics(OutputSettings output, Map<String, String> properties, List<String> notes) {
        if (!(output instanceof OutputSettings.Kafka kafka)
                || kafka.createTopics().isEmpty()) {
            properties.put("topics.exist", "true");
            notes.add("topics.exist: 'true' says that all topics are there; a record for one that is not is waited for"
                    + " without end");
        }
        Optional<Integer> mostBytes = mostRecordBytes(properties);
        mostBytes
                .filter(bytes -> bytes < STANDARD_RECORD_BYTES)
                .ifPresent(bytes -> properties.put("max.message.bytes", bytes + "B"));
        mostBytes
                .filter(bytes -> bytes > STANDARD_RECORD_BYTES)
                .ifPresent(
                        _ -> notes.add("max.message.bytes: a larger record than 1MiB is a dead letter, unless this says"
                                + " what the topics take"));
    }

    private static Optional<Integer> mostRecordBytes(Map<String, String> properties) {
        try {
            return Optional.ofNullable(properties.get("producer.override.max.request.size"))
                    .map(Integer::valueOf);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static List<String> problems(Map<String, String> properties) {
        try {
            ConnectorReader.read(
                    properties, Optional.ofNullable(properties.get(DEAD_LETTERS)), new EngineRegexCheck(), _ -> {});
            return List.of();
        } catch (PropertiesException e) {
            return e.problems().stream().map(PropertyProblem::render).toList();
        }
    }
}
