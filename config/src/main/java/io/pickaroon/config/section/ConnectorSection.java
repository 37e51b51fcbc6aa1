package io.pickaroon.config.section;

import io.pickaroon.config.problem.Place;
import io.pickaroon.config.settings.FixSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.ProcessSettings;
import io.pickaroon.config.settings.ReadMode;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.config.value.Choices;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.ListType;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.TemplateText;
import io.pickaroon.config.yaml.Located;
import io.pickaroon.records.TemplateScope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a connector takes of the settings: inputs, which have a mode there, and rules. */
public final class ConnectorSection {
    /** The key of an item that its name in the list gives. */
    public static final String ID = InputSection.ID.name();

    /** What is to be done about a setting that a connector refuses. */
    public static final String REMOVE_IT = "remove it";

    private static final String DEAD_LETTERS = "the name of a topic in 'dead.letter.topic'";

    private static final Key<ReadMode> MODE = Key.optional("mode", Choices.of(ReadMode.values()), ReadMode.GROWING);

    private static final Section INPUT = new Section(
            InputSection.SECTION.name(),
            Stream.concat(InputSection.SECTION.keys().stream(), Stream.of(MODE)).toList(),
            ConnectorSection::checkInput);

    private static final Key<List<Located<Fields>>> INPUTS = Key.required("inputs", new ListType<>("input", INPUT, 1));
    private static final Key<List<Located<Fields>>> RULES =
            Key.required("rules", new ListType<>("rule", RuleSection.SECTION, 1));

    private static final String IS_SENT_ALREADY =
            "the task that reads what follows could not know that the first part of a record was sent already";

    private static final Map<Key<?>, String> REFUSED = Map.of(
            InputSection.START,
            "a connector reads files from their beginning: no task can say which of them were there at its first start",
            TimeSection.TIME,
            "no task and no command uses it with a connector",
            TimeSection.SLACK,
            "no task and no command uses it with a connector",
            InputSection.MAX_RATE,
            "tasks share no limit; give the connector's client a quota at the brokers, or fewer tasks in 'tasks.max'");

    /** Why a connector takes no rules for secrets from a file. */
    public static final String NO_RULES_OF_FILES =
            "each worker would read a file of its own, and a record is masked the same" + " whichever of them sends it";

    /** Settings of the daemon that a connector has no use for, and what takes their place. */
    private static final Map<String, String> OF_THE_DAEMON = Map.of(
            "audit", "a connector changes no file",
            "checkpoint", "Kafka Connect keeps the offsets of a connector",
            "output", "a connector sends to the cluster of its worker; producer settings are 'producer.override.NAME'",
            "http", "a connector's figures are metrics of its worker",
            "threads", "the tasks of a connector are its threads; 'tasks.max' says how many",
            "instance", "the 'name' of the connector takes its place");

    private ConnectorSection() {}

    /**
     * What the properties are read as.
     *
     * @param hasDeadLetters whether a record that cannot be sent goes to a topic, instead of stopping a task
     */
    public static Section of(boolean hasDeadLetters) {
        Optional<String> remedy = hasDeadLetters ? Optional.empty() : Optional.of(DEAD_LETTERS);
        return new Section(
                "the properties",
                List.of(INPUTS, RULES, SettingsSection.MAX_OPEN_FILES, SettingsSection.LOOK_INTERVAL),
                (fields, _, reading) -> check(fields, remedy, reading));
    }

    /**
     * Why a task cannot do what the key says.
     *
     * @param text what is given; empty if nothing is
     */
    public static Optional<String> refusal(Key<?> key, Optional<String> text) {
        if (key.equals(FixSection.WHEN)) {
            boolean changesFiles = text.isEmpty()
                    || Stream.of(FixSettings.When.IMMEDIATELY, FixSettings.When.ROTATED)
                            .map(Choices::word)
                            .anyMatch(text.get()::equals);
            return changesFiles
                    ? Optional.of("a task changes no file, because a task that was replaced could not be kept from"
                            + " writing: expected 'never', with which a mask changes what is sent; the host that owns"
                            + " the files fixes them afterwards, with 'pickaroon fix --delivered-by'")
                    : Optional.empty();
        }
        return text.flatMap(_ -> Optional.ofNullable(REFUSED.get(key)));
    }

    /** Why what stands below a key cannot be used; empty if it is only unknown. */
    public static Optional<String> refusalBelow(Key<?> key) {
        return key.equals(MatchSection.DETECT)
                ? Optional.of("a connector uses no rules of gitleaks: " + NO_RULES_OF_FILES)
                : Optional.empty();
    }

    /** What a refused key is read as, so that what goes with it is checked too; empty if it is left out. */
    public static Optional<String> insteadOfRefused(Key<?> key) {
        return key.equals(FixSection.WHEN) ? Optional.of(Choices.word(FixSettings.When.NEVER)) : Optional.empty();
    }

    /** The daemon's settings that have no place here, and why, by their first words. */
    public static Map<String, String> ofTheDaemon() {
        return OF_THE_DAEMON;
    }

    /** Whether the value of a key is a template. */
    public static boolean isTemplate(Key<?> key) {
        return key.type().equals(TemplateText.TYPE) || key.equals(EmitSection.TOPIC);
    }

    /**
     * The settings of properties that were read. Their output is a Kafka cluster without servers: the worker has them.
     *
     * @param deadLetterTopic where records go that cannot be sent
     */
    public static Settings build(Fields fields, Optional<String> deadLetterTopic, TemplateScope scope) {
        List<Located<Fields>> inputs = fields.get(INPUTS);
        return new Settings(
                Optional.empty(),
                Optional.empty(),
                SettingsSection.inputs(inputs, scope),
                SettingsSection.rules(fields.get(RULES), inputs, scope),
                new OutputSettings.Kafka(
                        "",
                        OutputSettings.Delivery.EXACTLY_ONCE,
                        Map.of(),
                        deadLetterTopic.map(OutputSettings.DeadLetter.Topic::new),
                        deadLetterTopic.isPresent()
                                ? OutputSettings.OnRefusedRecord.DEAD_LETTER
                                : OutputSettings.OnRefusedRecord.STOP),
                new ProcessSettings(
                        1,
                        fields.get(SettingsSection.MAX_OPEN_FILES),
                        fields.get(SettingsSection.LOOK_INTERVAL),
                        ProcessSettings.STOP_TIMEOUT,
                        Optional.empty(),
                        Optional.empty()));
    }

    /** How the files of each input are read, by the input's id, in the order of the inputs. */
    public static Map<String, ReadMode> modes(Fields fields) {
        Map<String, ReadMode> modes = new LinkedHashMap<>();
        Located.values(fields.get(INPUTS)).forEach(input -> modes.put(input.get(InputSection.ID), input.get(MODE)));
        return modes;
    }

    /** A container log is one split, and its offset says what was sent of each stream. */
    private static void checkInput(Fields fields, Place place, Reading reading) {
        InputSection.SECTION.check().check(fields, place, reading);
        if (!InputSection.isContainer(fields)) {
            refuse(fields.find(InputSection.FLUSH_AFTER), IS_SENT_ALREADY, reading);
            refuse(
                    InputSection.multilineTimeout(fields),
                    IS_SENT_ALREADY
                            + "; the last record of a file is sent when another one begins, or with 'mode' complete",
                    reading);
        }
    }

    private static void refuse(Optional<? extends Located<?>> given, String reason, Reading reading) {
        given.ifPresent(value -> reading.report(value.place(), reason, Optional.of(REMOVE_IT)));
    }

    private static void check(Fields fields, Optional<String> remedy, Reading reading) {
        SettingsSection.check(
                fields.find(INPUTS).map(Located::value).orElse(List.of()),
                fields.find(RULES).map(Located::value).orElse(List.of()),
                remedy,
                reading);
    }
}
