package io.pickaroon.app.replay;

import io.pickaroon.app.error.UserError;
import io.pickaroon.config.LocatedSettings;
import io.pickaroon.config.settings.EmitSettings;
import io.pickaroon.config.settings.FixSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.OutputSettings.DeadLetter;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.config.value.Texts;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.records.Template;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a replay: those of the run, but rules change no files, rules that are not meant send nothing, and what the run has
 * for itself alone is another one. What is masked stays masked. Stateless.
 */
final class ReplaySettings {
    private static final String DEAD_LETTERS = ".replayed";

    private ReplaySettings() {}

    /** @throws UserError if there are no such rules, or nothing can be sent there */
    static LocatedSettings of(LocatedSettings located, ReplayRequest request) {
        Settings settings = located.settings();
        requireRules(settings, request.rules());
        List<RuleSettings> rules = new ArrayList<>();
        for (RuleSettings rule : settings.rules()) {
            Optional<EmitSettings> emit = isMeant(rule, request.rules())
                    ? rule.emit().map(its -> toTopic(its, settings.output(), request.to()))
                    : Optional.empty();
            Optional<FixSettings> mask = rule.fix().flatMap(ReplaySettings::maskAlone);
            if (emit.isPresent() || mask.isPresent()) {
                rules.add(new RuleSettings(rule.id(), rule.inputs(), rule.match(), emit, mask, rule.isWrittenOut()));
            }
        }
        Settings replayed = new Settings(
                Optional.empty(),
                settings.checkpoint(),
                settings.inputs(),
                rules,
                output(settings.output(), request.to()),
                settings.process());
        return new LocatedSettings(replayed, located.includes(), located.otherFiles(), located.sha256());
    }

    private static void requireRules(Settings settings, List<String> wanted) {
        for (String id : wanted) {
            if (settings.rules().stream()
                    .noneMatch(rule -> rule.id().equals(id) && rule.emit().isPresent())) {
                throw new UserError("--rule %s: no rule of this id sends anything; those that do: %s"
                        .formatted(
                                id,
                                String.join(
                                        ", ",
                                        settings.rules().stream()
                                                .filter(rule -> rule.emit().isPresent())
                                                .map(RuleSettings::id)
                                                .toList())));
            }
        }
        if (settings.rules().stream().noneMatch(rule -> rule.emit().isPresent())) {
            throw new UserError("no rule sends anything, so there is nothing to send again");
        }
    }

    /** Whether the records of a rule are sent again. */
    static boolean isMeant(RuleSettings rule, List<String> wanted) {
        return rule.emit().isPresent() && (wanted.isEmpty() || wanted.contains(rule.id()));
    }

    /** A replacement hides nothing of what is sent. */
    private static Optional<FixSettings> maskAlone(FixSettings fix) {
        return fix.change() instanceof FixSettings.Replace
                ? Optional.empty()
                : Optional.of(new FixSettings(
                        fix.change(),
                        fix.group(),
                        fix.protectHeadBytes(),
                        FixSettings.When.NEVER,
                        fix.allowHardLinks(),
                        fix.allowNetworkFileSystem()));
    }

    private static EmitSettings toTopic(EmitSettings emit, OutputSettings output, Optional<String> topic) {
        if (topic.isEmpty() || !(output instanceof OutputSettings.Kafka)) {
            return emit;
        }
        return new EmitSettings(
                new EmitSettings.Target(Template.literal(topic.get()), emit.key(), emit.partition()),
                emit.timestamp(),
                emit.headers(),
                emit.format(),
                emit.selection());
    }

    private static OutputSettings output(OutputSettings output, Optional<String> to) {
        return switch (output) {
            case OutputSettings.Kafka kafka -> {
                to.ifPresent(topic -> requireTopic(topic, kafka));
                yield new OutputSettings.Kafka(
                        kafka.bootstrapServers(),
                        kafka.delivery(),
                        kafka.producer(),
                        kafka.deadLetter().map(ReplaySettings::besideTheRun),
                        kafka.onRefusedRecord(),
                        kafka.topics());
            }
            case OutputSettings.File file ->
                new OutputSettings.File(to.map(NativePath::of).orElse(file.path()));
            case OutputSettings.Console console -> {
                if (to.isPresent()) {
                    throw new UserError("--to: the output is the console, which has no topics; leave it out");
                }
                yield console;
            }
        };
    }

    private static void requireTopic(String topic, OutputSettings.Kafka kafka) {
        if (!Texts.isTopic(topic)) {
            throw new UserError("--to '%s': write %s".formatted(topic, Texts.EXPECTED_TOPIC));
        }
        boolean isDeadLetters = kafka.deadLetter()
                .filter(letter -> letter.equals(new DeadLetter.Topic(topic)))
                .isPresent();
        if (isDeadLetters || topic.equals(ExactlyOnce.DEFAULT_POSITIONS_TOPIC)) {
            throw new UserError("--to %s: is the topic of %s; name another one"
                    .formatted(topic, isDeadLetters ? "dead letters" : "positions"));
        }
    }

    /** A run has the file open, and no other process may append to it. */
    private static DeadLetter besideTheRun(DeadLetter letter) {
        return letter instanceof DeadLetter.File(Path path)
                ? new DeadLetter.File(path.resolveSibling(path.getFileName() + DEAD_LETTERS))
                : letter;
    }
}
