package io.pickaroon.connect.settings;

import io.pickaroon.config.properties.ConnectorReader;
import io.pickaroon.config.properties.ConnectorSettings;
import io.pickaroon.config.properties.PropertiesException;
import io.pickaroon.config.properties.PropertyProblem;
import io.pickaroon.inputs.rules.EngineRegexCheck;
import io.pickaroon.inputs.rules.UnsupportedSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigException;

/**
 * What a connector, or one of its tasks, is configured with. Immutable; read once from the properties, everything that is
 * wrong with them is told at once.
 */
public final class ConnectorConfig {
    private static final String NAME = "name";
    private static final String TASK_INDEX = "task.index";
    private static final String TASK_COUNT = "task.count";
    /** How a problem with the records around one begins. */
    private final String name;

    private final OwnSettings own;
    private final ConnectorSettings settings;
    private final Share share;
    private final boolean sendsHeadersAsBytes;
    private final List<String> warnings;

    /** Which of the tasks this is. */
    private record Share(int index, int count) {
        static final Share WHOLE = new Share(0, 1);

        static Share of(Map<String, String> properties) {
            String index = properties.get(TASK_INDEX);
            String count = properties.get(TASK_COUNT);
            if (index == null && count == null) {
                return WHOLE;
            }
            try {
                Share share = new Share(Integer.parseInt(index), Integer.parseInt(count));
                if (share.index >= 0 && share.index < share.count) {
                    return share;
                }
            } catch (NumberFormatException _) {
                // Reported below.
            }
            throw new ConfigException("%s: expected a number from 0 to one less than '%s', found %s of %s"
                    .formatted(TASK_INDEX, TASK_COUNT, index, count));
        }
    }

    private ConnectorConfig(
            String name,
            OwnSettings own,
            ConnectorSettings settings,
            Share share,
            boolean sendsHeadersAsBytes,
            List<String> warnings) {
        this.name = name;
        this.own = own;
        this.settings = settings;
        this.share = share;
        this.sendsHeadersAsBytes = sendsHeadersAsBytes;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads the properties of a connector, or those that {@link #ofTasks} gives to a task.
     *
     * @throws ConfigException with all problems, a line for each
     */
    public static ConnectorConfig of(Map<String, String> properties) {
        Share share = Share.of(properties);
        Map<String, String> ofConnector = new HashMap<>(properties);
        ofConnector.keySet().removeAll(List.of(TASK_INDEX, TASK_COUNT));
        List<PropertyProblem> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Optional<ConnectorConfig> read =
                read(ofConnector, share, problems::add, warning -> warnings.add(warning.render()));
        if (!problems.isEmpty()) {
            throw new ConfigException(
                    problems.stream().map(PropertyProblem::render).collect(Collectors.joining("\n")));
        }
        ConnectorConfig config = read.orElseThrow();
        return new ConnectorConfig(
                config.name, config.own, config.settings, config.share, config.sendsHeadersAsBytes, warnings);
    }

    /** Everything that is wrong with the properties of a connector. */
    static List<PropertyProblem> problems(Map<String, String> properties) {
        List<PropertyProblem> problems = new ArrayList<>();
        for (String property : List.of(TASK_INDEX, TASK_COUNT)) {
            if (properties.get(property) != null) {
                problems.add(
                        new PropertyProblem(property, "the connector gives it to its tasks", Optional.of("remove it")));
            }
        }
        read(properties, Share.WHOLE, problems::add, _ -> {});
        return List.copyOf(problems);
    }

    /** Properties for each of the tasks: those of the connector, and which task it is. */
    public static List<Map<String, String>> ofTasks(Map<String, String> properties, int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> {
                    Map<String, String> ofTask = new HashMap<>(properties);
                    ofTask.put(TASK_INDEX, Integer.toString(index));
                    ofTask.put(TASK_COUNT, Integer.toString(count));
                    return ofTask;
                })
                .toList();
    }

    /** Reports what is wrong; what is returned then is of no use. */
    private static Optional<ConnectorConfig> read(
            Map<String, String> properties,
            Share share,
            Consumer<PropertyProblem> problems,
            Consumer<PropertyProblem> warned) {
        WorkerSettings.check(properties, problems);
        Optional<OwnSettings> own = OwnSettings.read(properties, problems);
        own.ifPresent(read -> WorkerSettings.check(properties, read, problems));
        Optional<ConnectorSettings> settings = settings(properties, problems, warned);
        if (properties.get(OwnSettings.DEAD_LETTER_TOPIC.name()) == null) {
            settings.ifPresent(read -> checkTopics(read, problems));
        }
        return own.isPresent() && settings.isPresent()
                ? Optional.of(new ConnectorConfig(
                        properties.getOrDefault(NAME, ""),
                        own.get(),
                        settings.get(),
                        share,
                        WorkerSettings.takesHeadersAsBytes(properties),
                        List.of()))
                : Optional.empty();
    }

    private static Optional<ConnectorSettings> settings(
            Map<String, String> properties, Consumer<PropertyProblem> problems, Consumer<PropertyProblem> warned) {
        // Also if it is no name of a topic: that is told once.
        Optional<String> deadLetterTopic = Optional.ofNullable(properties.get(OwnSettings.DEAD_LETTER_TOPIC.name()))
                .map(String::strip);
        try {
            ConnectorSettings settings =
                    ConnectorReader.read(properties, deadLetterTopic, new EngineRegexCheck(), warned);
            checkPaths(settings, problems);
            UnsupportedSettings.in(settings.settings())
                    .forEach(refusal ->
                            problems.accept(new PropertyProblem(refusal.key(), refusal.why(), Optional.empty())));
            return Optional.of(settings);
        } catch (PropertiesException e) {
            e.problems().forEach(problems);
            return Optional.empty();
        }
    }

    private static void checkPaths(ConnectorSettings settings, Consumer<PropertyProblem> problems) {
        settings.settings()
                .inputs()
                .forEach(input -> input.files().include().stream()
                        .filter(pattern -> !pattern.startsWith("/"))
                        .forEach(pattern -> problems.accept(new PropertyProblem(
                                "inputs." + input.id() + ".include",
                                "'%s' is not an absolute path, so each worker would look in another directory"
                                        .formatted(pattern),
                                Optional.of("write the path from the root, such as /mnt/logs/" + pattern)))));
    }

    /** Connect moves an offset only with a record, and that needs a topic. */
    private static void checkTopics(ConnectorSettings settings, Consumer<PropertyProblem> problems) {
        boolean isOneKnown = settings.settings().rules().stream()
                .flatMap(rule -> rule.emit().stream())
                .anyMatch(emit -> emit.topic().isLiteral());
        if (!isOneKnown) {
            problems.accept(new PropertyProblem(
                    OwnSettings.DEAD_LETTER_TOPIC.name(),
                    "expected a topic, because all topics of rules are made of what is in records: where nothing"
                            + " matches, offsets move by a record that is aborted, which nobody sees, and that needs a"
                            + " topic that is there",
                    Optional.empty()));
        }
    }

    /** Name of the connector; empty where the worker gave none. */
    public String name() {
        return name;
    }

    /** Names the storage that the files are on, in the same way on every worker. */
    public String label() {
        return own.label();
    }

    /** Size of a split; 0: each file is one split. */
    public long splitBytes() {
        return own.splitBytes();
    }

    /** Where records go that cannot be sent; empty: such a record fails its task. */
    public Optional<String> deadLetterTopic() {
        return own.deadLetterTopic();
    }

    /** The largest record that topics and producer take, with its key, its headers and what Kafka adds. */
    public int maxRecordBytes() {
        return own.limits().maxRecordBytes();
    }

    /** What the topics take, times of records included. */
    public TopicLimits limits() {
        return own.limits();
    }

    /** Whether headers are given to the worker as bytes; or else as text. */
    public boolean sendsHeadersAsBytes() {
        return sendsHeadersAsBytes;
    }

    /** The inputs and rules. */
    public ConnectorSettings settings() {
        return settings;
    }

    /** Which task this is, from 0; 0 for the connector. */
    public int taskIndex() {
        return share.index;
    }

    /** How many tasks there are; 1 for the connector. */
    public int taskCount() {
        return share.count;
    }

    /** How often all files are found and measured anew, 100 ms to 1 h. */
    public Duration lookInterval() {
        return settings.settings().process().lookInterval();
    }

    /** How many files a task has open at the same time, 1 to 100,000. */
    public int maxOpenFiles() {
        return settings.settings().process().maxOpenFiles();
    }

    /** What is allowed and probably not meant, a line for each. */
    public List<String> warnings() {
        return warnings;
    }
}
