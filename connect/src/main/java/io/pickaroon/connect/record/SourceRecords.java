package io.pickaroon.connect.record;

import io.pickaroon.connect.record.DeadLetters.Refusal;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.inputs.shown.FirstRecords;
import io.pickaroon.inputs.shown.ShownMatch;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.MatchIds;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.RecordOrigins;
import io.pickaroon.records.emit.RenderProblem;
import io.pickaroon.records.emit.RenderProblem.Kind;
import io.pickaroon.records.emit.RenderedRecord;
import io.pickaroon.records.emit.RenderedRecord.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the records of a task: topic, headers, value and time as the daemon makes them, by the same renderers. Used by one
 * thread; the counters may be read by others.
 *
 * <ul>
 *   <li>The key is the rule's, or the text of the split: so that Kafka's partitioner, which goes by the key, keeps the order of a
 *       split. The daemon can choose a partition by the file and send a rule's key nevertheless; a task cannot, because it does
 *       not know how many partitions there are.
 *   <li>Keys and values are bytes, headers what {@link HeaderForm} says.
 *   <li>{@code {host}} is the storage label, {@code {instance}} the connector's name, and {@code {id}} is made of the file's key, so that a record looks the same whichever
 *       worker sends it.
 *   <li>A record that lacks a value, or is too large, becomes a dead letter. One whose time the topic does not take is sent with
 *       the time at which it was read.
 *   <li>The offset of a record is where the next match is, and of the last one the end of the window: whatever is committed, it
 *       is right. In a container log all but the last one have the start of the window, which loses nothing.
 * </ul>
 */
public final class SourceRecords {
    private static final Logger LOG = LoggerFactory.getLogger(SourceRecords.class);

    private final String connector;
    private final Map<String, RuleRecords> rules = new HashMap<>();
    private final RecordOrigins origins;
    private final Optional<DeadLetters> deadLetters;
    private final RecordLimits limits;
    private final InstantSource clock;
    private final FirstRecords notices = new FirstRecords(LOG);
    private final LongAdder sent = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder readTimes = new LongAdder();
    private final Map<String, RecordOrigin> originByInput = new HashMap<>();
    private Optional<String> markerTopic;
    /** The last one that has a name for records. */
    private String validTopic = "";

    /**
     * For one task.
     *
     * @param connector name of the connector, which stands for the instance
     * @param forms of the rules that emit, by rule id
     * @param origins where the records of files come from, as the daemon knows it; host and instance are replaced
     * @param clock tells when a record is read
     */
    public SourceRecords(
            String connector,
            Map<String, RecordForm> forms,
            RecordOrigins origins,
            RecordTarget target,
            InstantSource clock) {
        this.connector = connector;
        forms.forEach((ruleId, form) -> rules.put(ruleId, new RuleRecords(form, target.headers())));
        this.origins = origins;
        this.limits = target.limits();
        this.deadLetters = target.deadLetterTopic().map(topic -> new DeadLetters(topic, limits.maxRecordBytes()));
        this.clock = clock;
        this.markerTopic = forms.values().stream()
                .filter(RecordForm::hasOneTopic)
                .map(form -> form.emit().topic().literalPrefix())
                .findFirst()
                .or(target::deadLetterTopic);
    }

    /**
     * The records of a window, in their order.
     *
     * @param split of the window
     * @param reached offset that holds when all of them are sent
     * @throws RefusedRecordException if one can neither be sent nor become a dead letter
     */
    public List<SourceRecord> of(ScannedWindow window, Split split, SplitOffset reached) {
        WindowSource source = new WindowSource(window, split, reached);
        List<SourceRecord> records = new ArrayList<>(window.matches().size());
        for (int match = 0; match < window.matches().size(); match++) {
            RuleRecords rule = rules.get(window.matches().rule(match).id());
            if (rule != null) {
                records.add(source.record(match, rule));
            }
        }
        return records;
    }

    /**
     * A record to be aborted in a transaction, which moves the offset where nothing matches. It has no value.
     *
     * @return empty if no topic is known yet: every rule names its topics by what is in records, there is none for dead letters,
     *     and nothing was sent
     */
    public Optional<SourceRecord> marker(Split split, SplitOffset reached) {
        byte[] key = split.toString().getBytes(StandardCharsets.UTF_8);
        PickedRecord.Source source = new PickedRecord.Source(split.partition(), reached.toMap());
        return markerTopic.map(topic -> new PickedRecord(source, topic, key, null, null, List.of()));
    }

    /** Records that were made, without dead letters. */
    public long sent() {
        return sent.sum();
    }

    /** Dead letters that were made. */
    public long deadLetters() {
        return refused.sum();
    }

    /** Records of {@link #sent} that have the time at which they were read, and not their own. */
    public long readTimes() {
        return readTimes.sum();
    }

    /** Says how often what happened of which only the first was said. */
    public void sayTotals() {
        notices.sayTotals();
    }

    /** There is one for each file that is read by turns: renderers know it by identity. */
    private RecordOrigin origin(String input, String file, Split split) {
        RecordOrigin before = originByInput.get(input);
        String label = split.file().label();
        if (before != null && before.file().equals(file) && before.host().equals(label)) {
            return before;
        }
        RecordOrigin local = origins.of(input, file);
        RecordOrigin origin = new RecordOrigin(label, connector, input, file, local.path(), local.fields());
        originByInput.put(input, origin);
        return origin;
    }

    /** One window. */
    private final class WindowSource {
        private final ScannedWindow window;
        private final MatchBatch matches;
        private final SplitOffset reached;
        private final Map<String, String> partition;
        private final byte[] splitKey;
        private final RecordOrigin origin;
        private final Long readMillis = clock.millis();
        private final ShownMatch shown;

        WindowSource(ScannedWindow window, Split split, SplitOffset reached) {
            this.window = window;
            this.matches = window.matches();
            this.reached = reached;
            this.partition = split.partition();
            this.splitKey = split.toString().getBytes(StandardCharsets.UTF_8);
            this.origin =
                    origin(window.input(), NativePath.escaped(window.file().path()), split);
            this.shown = new ShownMatch(matches, MatchIds.of(split.file().toString()), readMillis);
        }

        PickedRecord record(int match, RuleRecords rule) {
            shown.at(match, rule.idPart());
            RenderedRecord rendered = rule.render(shown, origin);
            Optional<String> problem = rendered.problem().map(RenderProblem::toString);
            if (problem.isEmpty()) {
                problem = topicProblem(rendered.topic());
            }
            if (problem.isPresent()) {
                return refused(match, rule, problem.get());
            }
            Optional<String> readTime = readTimeReason(rendered);
            if (readTime.isPresent() && rendered.timeSource() == TimeSource.EVENT) {
                rule.renderAtReadTime(shown, origin);
            }
            byte[] key = rendered.hasKey() ? rendered.key() : splitKey;
            List<Header> headers = rule.headers();
            if (RecordBytes.estimate(key, rendered) > limits.maxRecordBytes()) {
                int size = RecordBytes.upperBound(key, rendered.value(), headers);
                if (size > limits.maxRecordBytes()) {
                    rule.render(shown, origin);
                    return refused(match, rule, tooLarge(size));
                }
            }
            readTime.ifPresent(reason -> countReadTime(match, rule, reason));
            sent.increment();
            if (markerTopic.isEmpty()) {
                markerTopic = Optional.of(rendered.topic());
            }
            Long millis = rendered.timestampMillis() == readMillis ? readMillis : (Long) rendered.timestampMillis();
            return new PickedRecord(source(match), rendered.topic(), key, rendered.value(), millis, headers);
        }

        private PickedRecord.Source source(int match) {
            Map<String, ?> offset =
                    match + 1 == matches.size() ? reached.toMap() : new OffsetMap(reached, behind(match));
            return new PickedRecord.Source(partition, offset);
        }

        /** In a container log, where more must be known than an offset, only the window has an end. */
        private Position behind(int match) {
            return matches.isOfContainer() ? window.start() : new Position(matches.recordOffset(match + 1), true);
        }

        private Optional<String> topicProblem(String topic) {
            if (topic.equals(validTopic)) {
                return Optional.empty();
            }
            if (deadLetters.isPresent() && topic.equals(deadLetters.get().topic()) || Topic.isInternal(topic)) {
                return Optional.of("topic '%s' is not for records".formatted(topic));
            }
            if (!Topic.isValid(topic)) {
                return Optional.of("topic '%s' has a name that Kafka does not allow".formatted(topic));
            }
            validTopic = topic;
            return Optional.empty();
        }

        private String tooLarge(int sizeBytes) {
            return "%d bytes with its headers are more than the largest record that is sent has, which is %d"
                    .formatted(sizeBytes, limits.maxRecordBytes());
        }

        private Optional<String> readTimeReason(RenderedRecord rendered) {
            return switch (rendered.timeSource()) {
                case READ -> Optional.empty();
                case MISSING -> Optional.of("it has no time");
                case UNREADABLE -> Optional.of("its time cannot be read");
                case EVENT -> {
                    if (limits.isAhead(rendered.timestampMillis(), readMillis)) {
                        yield Optional.of("its time is further ahead than topics take");
                    }
                    yield limits.isBehind(rendered.timestampMillis(), readMillis)
                            ? Optional.of("its time is longer ago than topics take")
                            : Optional.empty();
                }
            };
        }

        private void countReadTime(int match, RuleRecords rule, String reason) {
            readTimes.increment();
            notices.count(
                    rule.ruleId(), reason + "; it is sent with the time at which it was read", () -> place(match));
        }

        private PickedRecord refused(int match, RuleRecords rule, String text) {
            DeadLetters letters = deadLetters.orElseThrow(() -> new RefusedRecordException(
                    "the record in %s (rule '%s') cannot be sent: %s. Set dead.letter.topic to go on"
                            .formatted(place(match), rule.ruleId(), text)));
            refused.increment();
            notices.count(rule.ruleId(), "it becomes a dead letter", () -> text, () -> place(match));
            return letters.of(rule, new Refusal(meantTopic(rule), text), splitKey, source(match));
        }

        /** As far as it could be made. */
        private String meantTopic(RuleRecords rule) {
            RenderedRecord rendered = rule.rendered();
            boolean isTooLong = rendered.problem()
                    .filter(problem -> problem.kind() == Kind.TOPIC_TOO_LONG)
                    .isPresent();
            return rendered.topic().isEmpty() || isTooLong ? rule.topicText() : rendered.topic();
        }

        private String place(int match) {
            return "%s at offset %d"
                    .formatted(NativePath.printable(window.file().path()), matches.recordOffset(match));
        }
    }
}
