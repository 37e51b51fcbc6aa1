package io.pickaroon.connect.settings;

import io.pickaroon.config.properties.PropertyProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigValue;

/**
 * The properties of a connector as Connect shows them, and its answer to a configuration. Properties of inputs and rules,
 * which are named after them, have no definition; what is wrong with one is a value of the answer nevertheless.
 */
public final class ConnectorConfigDef {
    private static final String FILES = "Files";
    private static final String RULES = "Rules";
    private static final String TOPICS = "Topics";

    private static final ConfigDef DEFINITIONS = new Groups()
            .add(FILES, Importance.HIGH, OwnSettings.LABEL, "Storage label", """
                Names the file system that the files are on. With the inode number it is the name of a file, so it is\
                 the same on every worker and never changes; files of two file systems need two connectors.\
                 1 to 64 of the characters A-Z, a-z, 0-9, '.', '_' and '-'. Required.\
                """, "nfs-1")
            .add(FILES, "inputs", ConfigDef.Type.LIST, ConfigDef.NO_DEFAULT_VALUE, """
                Names of the inputs, separated by commas, 1 to 100 letters, digits, '.', '_' or '-' each. What one of\
                 them reads stands in 'inputs.NAME.include', absolute globs separated by commas, and the other\
                 properties below 'inputs.NAME'. 'inputs.NAME.mode' is 'growing' (the default) or 'complete': the\
                 files never change again, and what follows their last delimiter is a record. Required.\
                """)
            .add(
                    FILES,
                    Importance.MEDIUM,
                    OwnSettings.SPLIT_BYTES,
                    "Size of a split",
                    """
                    Files are cut into splits of this size, which tasks read side by side; order is kept within a split.\
                     From 64KiB to 1024GiB, in B, KiB, MiB, GiB, KB, MB or GB; 0: a file is not cut, as archives, UTF-16\
                     and container logs never are. It is a part of the offsets: with another size they mean other bytes and are refused, so\
                     it stays as it is. Default: 256MiB.\
                    """,
                    "64MiB",
                    "256MiB",
                    "1GiB",
                    "0")
            .add(FILES, "lookInterval", ConfigDef.Type.STRING, "10s", """
                How often a worker finds and measures all files anew, once for all of its tasks, in ms, s, m or h,\
                 from 100ms to 1h. Default: 10s.\
                """)
            .add(FILES, "maxOpenFiles", ConfigDef.Type.INT, 256, """
                How many files a task has open at the same time, from 1 to 100,000. Default: 256.\
                """)
            .add(RULES, "rules", ConfigDef.Type.LIST, ConfigDef.NO_DEFAULT_VALUE, """
                Names of the rules, separated by commas, 1 to 100 letters, digits, '.', '_' or '-' each. What one of\
                 them matches and sends stands in 'rules.NAME.match.literal' and 'rules.NAME.emit.topic' and the\
                 other properties below 'rules.NAME'. A task changes no file: of fixes, 'rules.NAME.fix.when' is\
                 'never'. Required.\
                """)
            .add(TOPICS, Importance.MEDIUM, OwnSettings.DEAD_LETTER_TOPIC, "Dead-letter topic", """
                Topic for records that cannot be sent where they should be: too large, or without a text that their\
                 rule needs. 1 to 249 ASCII letters, digits, '.', '_' or '-'. Default: none; such a record fails its\
                 task.\
                """)
            .add(TOPICS, Importance.MEDIUM, OwnSettings.TOPICS_EXIST, "Topics exist", """
                Whether all topics are there already, that for dead letters included. If 'false', Connect has to\
                 create them, with 'topic.creation.default.partitions' and\
                 'topic.creation.default.replication.factor': a record for a topic that does not exist is waited for\
                 without end. Default: false.\
                """, "true", "false")
            .add(TOPICS, Importance.LOW, OwnSettings.MAX_MESSAGE_BYTES, "Largest record of the topics", """
                The largest record, with its key and its headers, that all topics take: the smallest\
                 'max.message.bytes' of theirs, as a task cannot ask. A larger one goes to the dead-letter topic, its\
                 head if it is too large for that as well. From 4KiB to 1GiB, in B, KiB, MiB, GiB, KB, MB or GB;\
                 'producer.override.max.request.size' has to be as much. Default: 1MiB.\
                """, "1MiB")
            .add(TOPICS, Importance.LOW, OwnSettings.OLDEST, "Oldest timestamp of the topics", """
                How old the timestamp of a record may be, in milliseconds: the smallest\
                 'message.timestamp.before.max.ms' of the topics, as a task cannot ask. From 0 to\
                 9223372036854775807, which is any. Default: 9223372036854775807.\
                """)
            .add(TOPICS, Importance.LOW, OwnSettings.NEWEST, "Newest timestamp of the topics", """
                How far the timestamp of a record may be ahead of the clock, in milliseconds: the smallest\
                 'message.timestamp.after.max.ms' of the topics, as a task cannot ask. From 0 to\
                 9223372036854775807, which is any. Default: 3600000, an hour, as a topic has it.\
                """)
            .definitions();

    /** Collects definitions; each has its place in its group. */
    private static final class Groups {
        private final ConfigDef definitions = new ConfigDef();
        private final Map<String, Integer> sizes = new LinkedHashMap<>();

        Groups add(
                String group,
                Importance importance,
                OwnSetting<?> setting,
                String displayName,
                String documentation,
                String... recommended) {
            Object standard = setting.standard().<Object>map(text -> text).orElse(null);
            definitions.define(
                    setting.name(),
                    ConfigDef.Type.STRING,
                    setting.equals(OwnSettings.LABEL) ? ConfigDef.NO_DEFAULT_VALUE : standard,
                    setting.validator(),
                    importance,
                    documentation,
                    group,
                    next(group),
                    Width.MEDIUM,
                    displayName,
                    new Examples(List.of(recommended)));
            return this;
        }

        /** One that is read with the inputs and rules. */
        Groups add(String group, String name, ConfigDef.Type type, Object standard, String documentation) {
            boolean isRequired = standard.equals(ConfigDef.NO_DEFAULT_VALUE);
            definitions.define(
                    name,
                    type,
                    standard,
                    isRequired ? Importance.HIGH : Importance.LOW,
                    documentation,
                    group,
                    next(group),
                    isRequired ? Width.LONG : Width.SHORT,
                    name);
            return this;
        }

        private int next(String group) {
            return sizes.merge(group, 1, Integer::sum);
        }

        ConfigDef definitions() {
            return definitions;
        }
    }

    /** Texts that a user may choose from; others are as good. */
    private record Examples(List<String> texts) implements ConfigDef.Recommender {
        @Override
        public List<Object> validValues(String name, Map<String, Object> parsedConfig) {
            return List.copyOf(texts);
        }

        @Override
        public boolean visible(String name, Map<String, Object> parsedConfig) {
            return true;
        }
    }

    private ConnectorConfigDef() {}

    /** A copy of the definitions. */
    public static ConfigDef definitions() {
        return new ConfigDef(DEFINITIONS);
    }

    /**
     * What Connect answers to a configuration: each defined property, and behind them those others that are wrong. An error
     * begins with the name of its property, because a client that creates a connector sees the errors alone.
     */
    public static List<ConfigValue> validate(Map<String, String> properties) {
        Map<String, List<String>> errors = new LinkedHashMap<>();
        for (PropertyProblem problem : ConnectorConfig.problems(properties)) {
            errors.computeIfAbsent(problem.property(), _ -> new ArrayList<>()).add(problem.render());
        }
        // Errors of the definitions would say the same again.
        List<ConfigValue> defined = DEFINITIONS.validate(properties).stream()
                .map(value -> {
                    List<String> ofValue = errors.remove(value.name());
                    return new ConfigValue(
                            value.name(),
                            value.value(),
                            value.recommendedValues(),
                            ofValue == null ? new ArrayList<>() : ofValue);
                })
                .toList();
        Stream<ConfigValue> others = errors.entrySet().stream()
                .map(entry -> new ConfigValue(
                        entry.getKey(), shown(entry.getKey(), properties), new ArrayList<>(), entry.getValue()));
        return Stream.concat(defined.stream(), others).toList();
    }

    /** Connect defines converters as classes, which it would have to load, and writes no text in their place. */
    private static Object shown(String property, Map<String, String> properties) {
        return property.endsWith(".converter") ? null : properties.get(property);
    }
}
