package io.pickaroon.app.verify;

import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.command.StopOnSignal;
import io.pickaroon.app.configuration.Outputs;
import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.terminal.Progress;
import io.pickaroon.app.terminal.ProgressDisplay;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.app.verify.VerifiedRules.Sending;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.connectors.kafka.admin.TopicIds;
import io.pickaroon.connectors.kafka.admin.TopicIds.Topic;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the topics when the files are read, and compares. For one thread. */
final class DeliveryPass {
    /**
     * What came out.
     *
     * @param topics as they were read, without those of dead letters
     * @param since records that were delivered since the checkpoint was written
     * @param replayed records that a replay has sent
     * @param ofOthers records of other files, hosts or rules
     */
    record Result(DeliveryComparison comparison, List<Topic> topics, long since, long replayed, long ofOthers) {}

    private final RunPlan plan;
    private final OutputSettings.Kafka kafka;
    private final VerifiedFiles files;
    private final VerifiedRules rules;
    private final SortedEntries entries;
    private volatile boolean stopped;

    DeliveryPass(
            RunPlan plan, OutputSettings.Kafka kafka, VerifiedFiles files, VerifiedRules rules, SortedEntries entries) {
        this.plan = plan;
        this.kafka = kafka;
        this.files = files;
        this.rules = rules;
        this.entries = entries;
    }

    /**
     * Compares. On a signal it ends the process.
     *
     * @param expected what was found in the files
     * @param name under which Kafka keeps positions
     */
    Result compare(
            ExpectedMatches expected,
            Optional<String> name,
            Findings findings,
            Terminal terminal,
            OutputOptions options)
            throws IOException, InterruptedException {
        KafkaSinkSettings settings = Outputs.kafkaSink(plan.settings(), kafka, plan.orders());
        Optional<String> deadLetterTopic = kafka.deadLetter()
                .filter(OutputSettings.DeadLetter.Topic.class::isInstance)
                .map(letter -> ((OutputSettings.DeadLetter.Topic) letter).name());
        try (StopOnSignal signal = new StopOnSignal(() -> stopped = true, _ -> {})) {
            DestinationPlaces places = DestinationPlaces.read(settings, name);
            files.all().forEach(file -> places.formerIdentities(file).forEach(former -> files.alias(file, former)));
            SentIds ids = new SentIds(files, rules, entries, deadLetterTopic, () -> !stopped);
            List<Topic> topics = read(settings, expected.topics(), ids, deadLetterTopic, terminal, options);
            DeliveryComparison comparison =
                    new DeliveryComparison(files.all(), rules.all(), new Known(topics, places, ids.topics()), findings);
            if (!stopped) {
                entries.forEach(comparison);
                comparison.end();
            }
            if (signal.requested()) {
                System.err.println("pickaroon: stopped; nothing was proven, sent or changed");
            }
            return new Result(
                    comparison,
                    topics.stream()
                            .filter(topic ->
                                    deadLetterTopic.filter(topic.name()::equals).isEmpty())
                            .toList(),
                    ids.since(),
                    ids.replayed(),
                    ids.ofOthers());
        }
    }

    private List<Topic> read(
            KafkaSinkSettings settings,
            Set<String> names,
            SentIds ids,
            Optional<String> deadLetterTopic,
            Terminal terminal,
            OutputOptions options)
            throws IOException, InterruptedException {
        if (kafka.deadLetter().orElse(null) instanceof OutputSettings.DeadLetter.File file) {
            DeadLetterFile.read(file.path(), ids::goesOn, ids::dead);
        }
        List<String> all = new ArrayList<>(names);
        deadLetterTopic.ifPresent(all::add);
        TopicIds topicIds = new TopicIds(settings);
        if (options.progressBar(terminal)) {
            try (ProgressDisplay _ = new ProgressDisplay(
                    terminal, () -> new Progress(ids.readBytes(), Progress.UNKNOWN_TOTAL, ids.read()))) {
                return topicIds.read(all, rules.idHeaders(), ids);
            }
        }
        return topicIds.read(all, rules.idHeaders(), ids);
    }

    private final class Known implements DeliveryComparison.Destination {
        private final List<Topic> topics;
        private final DestinationPlaces places;
        private final List<String> numbered;
        private final Set<String> inputsBegunLater;

        Known(List<Topic> topics, DestinationPlaces places, List<String> numbered) {
            this.topics = topics;
            this.places = places;
            this.numbered = numbered;
            this.inputsBegunLater = plan.settings().inputs().stream()
                    .filter(input -> !InputSettings.Start.BEGINNING.equals(input.start()))
                    .map(InputSettings::id)
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public List<Topic> topics(Sending rule) {
            return topics.stream()
                    .filter(topic -> rule.topic().map(topic.name()::equals).orElse(true))
                    .toList();
        }

        @Override
        public String topic(int number) {
            return numbered.get(number);
        }

        @Override
        public long rulesSince(VerifiedFile file) {
            return places.rulesSince(file);
        }

        @Override
        public boolean mayBeginLate(VerifiedFile file) {
            return inputsBegunLater.contains(file.input()) && !places.knows(file);
        }

        @Override
        public boolean isAtLeastOnce() {
            return kafka.delivery() == OutputSettings.Delivery.AT_LEAST_ONCE;
        }
    }
}
