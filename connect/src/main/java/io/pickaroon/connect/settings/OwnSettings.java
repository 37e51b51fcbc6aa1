package io.pickaroon.connect.settings;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Suggestion;
import io.pickaroon.config.properties.PropertyProblem;
import io.pickaroon.config.value.Numbers;
import io.pickaroon.config.value.ScalarType;
import io.pickaroon.config.value.Texts;
import io.pickaroon.connect.split.FileKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The settings that a connector has beside inputs and rules. Immutable.
 *
 * @param label names the storage that the files are on
 * @param splitBytes size of a split; 0: each file is one split
 * @param deadLetterTopic where records go that cannot be sent
 * @param limits what the topics take
 * @param topicsExist whether somebody else creates the topics
 */
record OwnSettings(
        String label, long splitBytes, Optional<String> deadLetterTopic, TopicLimits limits, boolean topicsExist) {
    static final int STANDARD_MESSAGE_BYTES = 1 << 20;

    private static final long LEAST_SPLIT_BYTES = 64L << 10;
    private static final long MOST_SPLIT_BYTES = 1L << 40;
    private static final int LEAST_MESSAGE_BYTES = 4 << 10;
    private static final int MOST_MESSAGE_BYTES = 1 << 30;
    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,19}");
    private static final int CLOSE = 2;

    static final OwnSetting<String> LABEL = OwnSetting.required("storage.label", labelText());
    static final OwnSetting<Long> SPLIT_BYTES = OwnSetting.optional("split.bytes", splitSize(), "256MiB");
    static final OwnSetting<String> DEAD_LETTER_TOPIC = OwnSetting.required("dead.letter.topic", topicName());
    static final OwnSetting<Boolean> TOPICS_EXIST = OwnSetting.optional("topics.exist", trueOrFalse(), "false");
    static final OwnSetting<Integer> MAX_MESSAGE_BYTES =
            OwnSetting.optional("max.message.bytes", Numbers.size(LEAST_MESSAGE_BYTES, MOST_MESSAGE_BYTES), "1MiB");
    static final OwnSetting<Duration> OLDEST =
            OwnSetting.optional("message.timestamp.before.max.ms", millis(), Long.toString(Long.MAX_VALUE));
    static final OwnSetting<Duration> NEWEST = OwnSetting.optional(
            "message.timestamp.after.max.ms",
            millis(),
            Long.toString(Duration.ofHours(1).toMillis()));

    static final List<OwnSetting<?>> ALL =
            List.of(LABEL, SPLIT_BYTES, DEAD_LETTER_TOPIC, TOPICS_EXIST, MAX_MESSAGE_BYTES, OLDEST, NEWEST);

    private static final List<String> NAMES = ALL.stream().map(OwnSetting::name).toList();

    /**
     * Reads them.
     *
     * @param problems is told what is wrong, also of properties that were probably meant to be one of these
     * @return empty if there was a problem
     */
    static Optional<OwnSettings> read(Map<String, String> properties, Consumer<PropertyProblem> problems) {
        properties.keySet().stream()
                .filter(name -> !NAMES.contains(name))
                .sorted()
                .forEach(name -> NAMES.stream()
                        .filter(own -> Suggestion.plainDistance(name, own) <= CLOSE)
                        .findFirst()
                        .ifPresent(own -> problems.accept(new PropertyProblem(
                                name, "unknown property", Optional.of("did you mean '" + own + "'?")))));
        if (properties.get(LABEL.name()) == null) {
            problems.accept(new PropertyProblem(
                    LABEL.name(),
                    "expected " + LABEL.type().expected() + ", found nothing",
                    Optional.of("write a name for the file system that the files are on, which is the same on every"
                            + " worker and never changes, such as 'nfs-1'")));
        }
        Optional<String> label = LABEL.read(properties, problems);
        Optional<Long> splitBytes = SPLIT_BYTES.read(properties, problems);
        Optional<String> deadLetterTopic = DEAD_LETTER_TOPIC.read(properties, problems);
        Optional<Boolean> topicsExist = TOPICS_EXIST.read(properties, problems);
        Optional<Integer> maxRecordBytes = MAX_MESSAGE_BYTES.read(properties, problems);
        Optional<Duration> oldest = OLDEST.read(properties, problems);
        Optional<Duration> newest = NEWEST.read(properties, problems);
        boolean isComplete = label.isPresent()
                && splitBytes.isPresent()
                && (deadLetterTopic.isPresent() || properties.get(DEAD_LETTER_TOPIC.name()) == null)
                && topicsExist.isPresent()
                && maxRecordBytes.isPresent()
                && oldest.isPresent()
                && newest.isPresent();
        return isComplete
                ? Optional.of(new OwnSettings(
                        label.get(),
                        splitBytes.get(),
                        deadLetterTopic,
                        new TopicLimits(maxRecordBytes.get(), oldest.get(), newest.get()),
                        topicsExist.get()))
                : Optional.empty();
    }

    private static ScalarType<String> labelText() {
        String expected = "1 to 64 of the characters A-Z, a-z, 0-9, '.', '_' and '-'";
        return new ScalarType<>(expected, text -> {
            try {
                return new FileKey(text, 0, 0).label();
            } catch (IllegalArgumentException _) {
                throw mismatch(expected, text);
            }
        });
    }

    private static ScalarType<Long> splitSize() {
        ScalarType<Long> size = Numbers.longSize(LEAST_SPLIT_BYTES, MOST_SPLIT_BYTES);
        String expected = size.expected() + ", or 0 for files that are not cut";
        return new ScalarType<>(expected, text -> {
            if (text.equals("0")) {
                return 0L;
            }
            try {
                return size.parser().parse(text);
            } catch (Mismatch mismatch) {
                throw new Mismatch(mismatch.getMessage().replace(size.expected(), expected), mismatch.suggestion());
            }
        });
    }

    private static ScalarType<String> topicName() {
        return new ScalarType<>(Texts.EXPECTED_TOPIC, text -> {
            if (!Texts.isTopic(text)) {
                throw mismatch(Texts.EXPECTED_TOPIC, text);
            }
            return text;
        });
    }

    private static ScalarType<Boolean> trueOrFalse() {
        String expected = "'true' or 'false'";
        return new ScalarType<>(expected, text -> {
            boolean isTrue = text.equalsIgnoreCase("true");
            if (!isTrue && !text.equalsIgnoreCase("false")) {
                throw mismatch(expected, text);
            }
            return isTrue;
        });
    }

    private static ScalarType<Duration> millis() {
        String expected = "a number of milliseconds from 0 to " + Long.MAX_VALUE;
        return new ScalarType<>(expected, text -> {
            if (!MILLIS.matcher(text).matches()) {
                throw mismatch(expected, text);
            }
            try {
                return Duration.ofMillis(Long.parseLong(text));
            } catch (NumberFormatException _) {
                throw mismatch(expected, text);
            }
        });
    }

    private static Mismatch mismatch(String expected, String text) {
        return new Mismatch("expected " + expected + ", found " + Mismatch.quoted(text));
    }
}
