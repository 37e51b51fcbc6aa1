package io.pickaroon.app.demo;

import io.pickaroon.connectors.broker.TopicReader;
import io.pickaroon.connectors.broker.TopicReader.TopicRecord;
import io.pickaroon.inputs.shown.MatchHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a consumer finds in the topics of the demo. */
public final class DemoTopics {
    private static final Duration BROKER_SILENCE = Duration.ofSeconds(30);
    private static final int LONGEST_EXAMPLE_BYTES = 200;
    private static final Pattern CARD_NUMBER = Pattern.compile("card=\\d{13}");

    private final Path logFile;
    private final Map<String, DemoRule> rulesByTopic = new HashMap<>();
    private final Map<DemoRule, MatchChecksum> found = new EnumMap<>(DemoRule.class);
    private Optional<TopicRecord> example = Optional.empty();
    private long errors;
    private long cards;

    private DemoTopics(Path logFile) {
        this.logFile = logFile;
        for (DemoRule rule : DemoRule.values()) {
            rulesByTopic.put(rule.topic(), rule);
            found.put(rule, new MatchChecksum());
        }
    }

    /**
     * Reads the topics to their ends.
     *
     * @throws IOException if the broker does not answer, or a record says that it comes from anywhere but this log
     */
    public static DemoTopics read(String bootstrapServers, Path logFile) throws IOException {
        DemoTopics topics = new DemoTopics(logFile);
        try {
            new TopicReader(bootstrapServers, Map.of())
                    .readAll(topics.rulesByTopic.keySet(), BROKER_SILENCE, topics::add);
        } catch (IllegalStateException e) {
            throw new IOException("reading the topics back: " + e.getMessage(), e);
        }
        return topics;
    }

    /** The records in the topic of a rule. */
    public MatchChecksum of(DemoRule rule) {
        return found.get(rule);
    }

    /** Records in the topic of errors in which ERROR stands as it was. */
    public long errors() {
        return errors;
    }

    /** Records in any topic in which a card number can be read. */
    public long cards() {
        return cards;
    }

    /** The first short record with a card number; empty if there is none. */
    public Optional<TopicRecord> example() {
        return example;
    }

    private void add(TopicRecord record) {
        DemoRule rule = rulesByTopic.get(record.topic());
        requireOrigin(record, rule);
        long offset = Long.parseLong(record.headers().get(MatchHeaders.OFFSET));
        if (example.isEmpty() && rule == DemoRule.CARDS && record.value().length <= LONGEST_EXAMPLE_BYTES) {
            example = Optional.of(record);
        }
        found.get(rule).add(offset, record.value(), 0, record.value().length);
        String text = new String(record.value(), StandardCharsets.ISO_8859_1);
        errors += rule == DemoRule.ERRORS && text.contains("ERROR") ? 1 : 0;
        cards += CARD_NUMBER.matcher(text).find() ? 1 : 0;
    }

    private void requireOrigin(TopicRecord record, DemoRule rule) {
        Map<String, String> headers = record.headers();
        if (!rule.id().equals(headers.get(MatchHeaders.RULE))
                || !logFile.toString().equals(headers.get(MatchHeaders.FILE_PATH))) {
            throw new IllegalStateException("topic %s has at offset %d a record that says it comes from %s"
                    .formatted(record.topic(), record.offset(), headers));
        }
    }
}
