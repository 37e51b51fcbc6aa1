package io.pickaroon.connectors.kafka.records;

import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Partition;
import io.pickaroon.connectors.kafka.topics.TopicAnswer;
import io.pickaroon.connectors.kafka.topics.TopicTimes;
import io.pickaroon.inputs.shown.ShownMatch;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.rule.MatchIds;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.RenderProblem;
import io.pickaroon.records.emit.RenderProblem.Kind;
import io.pickaroon.records.emit.RenderedRecord;
import io.pickaroon.records.emit.RenderedRecord.TimeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes the Kafka records of one window, one at a time: {@link #make} first, then {@link #record} and what belongs to it, on the
 * same thread. For one thread at a time. It sends nothing.
 */
public final class WindowRecords {
    private static final String NO_TOPIC = "";

    private final ScannedWindow window;
    private final SessionRecords session;
    private final MatchBatch matches;
    private final RecordOrigin origin;
    private final long readMillis;
    private final Long readTime;
    private final MatchIds ids;
    private final ShownMatch shown;

    /** By the index of a rule. */
    private final List<Optional<RuleRoute>> rules;

    /** By match, the topics that records name; empty without such rules. */
    private String[] topics = {};

    private Map<String, TopicAnswer> answers = Map.of();

    private RuleRenderer made;
    private TopicRoute madeRoute;
    private Optional<ReadTimeReason> madeReadTime = Optional.empty();
    private int madeMatch;

    WindowRecords(ScannedWindow window, SessionRecords session, RecordOrigin origin, long readMillis) {
        this.window = window;
        this.session = session;
        this.matches = window.matches();
        this.origin = origin;
        this.readMillis = readMillis;
        this.readTime = readMillis;
        this.ids = MatchIds.of(window.file());
        this.shown = new ShownMatch(matches, ids, readMillis);
        Map<String, RuleRoute> byRuleId = session.routes().byRuleId();
        this.rules = matches.rules().stream()
                .map(rule -> Optional.ofNullable(byRuleId.get(rule.id())))
                .toList();
    }

    /** The same records for another thread, or another attempt: read now. */
    public WindowRecords again() {
        WindowRecords again =
                new WindowRecords(window, session, origin, session.clock().millis());
        again.topics = topics;
        again.answers = answers;
        return again;
    }

    public ScannedWindow window() {
        return window;
    }

    public int size() {
        return matches.size();
    }

    /** Whether matches of this rule are sent. */
    public boolean isSent(int match) {
        return rules.get(matches.ruleIndex(match)).isPresent();
    }

    /** The topics that records name, those that no record may go to included. Each record is asked once. */
    public Set<String> topics() {
        Set<String> names = new LinkedHashSet<>();
        if (!session.nameTopics()) {
            return names;
        }
        topics = new String[matches.size()];
        for (int match = 0; match < topics.length; match++) {
            topics[match] = namedTopic(match);
            if (!topics[match].equals(NO_TOPIC)) {
                names.add(topics[match]);
            }
        }
        return names;
    }

    /** Empty if the topic of its rule is fixed, or if the record does not name one. */
    private String namedTopic(int match) {
        Optional<RuleRoute> rule = rules.get(matches.ruleIndex(match));
        if (rule.isEmpty() || rule.get().topic().isPresent()) {
            return NO_TOPIC;
        }
        RenderedRecord rendered = session.renderer(rule.get())
                .renderTopic(shown.at(match, rule.get().ruleIdPart()), origin);
        if (rendered.isTopicChanged()) {
            session.notices().changed(rule.get(), rendered.topic());
        }
        return rendered.problem().isPresent() ? NO_TOPIC : rendered.topic();
    }

    /** Takes the answers for all {@link #topics}. */
    public void resolve(Map<String, TopicAnswer> found) {
        answers = found;
    }

    /**
     * Makes the record of a match that is sent.
     *
     * @param atReadTime topics whose records are sent with the time at which they were read
     * @return why it cannot be sent, if it cannot
     */
    public Optional<RefusedMatch> make(int match, Predicate<String> atReadTime) {
        RuleRoute rule = rules.get(matches.ruleIndex(match)).orElseThrow();
        madeRoute = null;
        if (rule.topic().isPresent()) {
            madeRoute = rule.topic().get();
        } else if (answers.get(topics[match]) instanceof TopicAnswer.Found found) {
            madeRoute = session.route(topics[match], found.facts());
        } else if (answers.get(topics[match]) instanceof TopicAnswer.Refused refused) {
            return Optional.of(new RefusedMatch(match, topics[match], refused.reason(), refused.text()));
        }
        render(match, rule, madeRoute != null && atReadTime.test(madeRoute.topic()));
        return made.rendered()
                .problem()
                .map(problem ->
                        new RefusedMatch(match, meantTopic(rule), RefusedMatch.reason(problem), problem.toString()));
    }

    /** The topic that the record which was made last is meant for, as far as it could be made. */
    private String meantTopic(RuleRoute rule) {
        if (madeRoute != null) {
            return madeRoute.topic();
        }
        RenderedRecord rendered = made.rendered();
        boolean isMade = !rendered.topic().isEmpty()
                && rendered.problem().map(RenderProblem::kind).orElseThrow() != Kind.TOPIC_TOO_LONG;
        return isMade ? rendered.topic() : rule.topicText();
    }

    private void render(int match, RuleRoute rule, boolean atReadTime) {
        made = session.renderer(rule);
        madeMatch = match;
        madeReadTime = Optional.empty();
        RenderedRecord rendered = made.render(shown.at(match, rule.ruleIdPart()), origin, atReadTime);
        if (rendered.timeSource() != TimeSource.READ) {
            madeReadTime = readTimeReason(rendered, rule);
        } else if (atReadTime && rule.form().emit().timestamp().isPresent()) {
            madeReadTime = Optional.of(ReadTimeReason.REFUSED);
        }
    }

    private Optional<ReadTimeReason> readTimeReason(RenderedRecord rendered, RuleRoute rule) {
        if (rendered.timeSource() != TimeSource.EVENT) {
            return Optional.of(
                    rendered.timeSource() == TimeSource.MISSING ? ReadTimeReason.MISSING : ReadTimeReason.UNREADABLE);
        }
        if (madeRoute == null || madeRoute.facts().times().setByBroker()) {
            return Optional.empty();
        }
        TopicTimes times = madeRoute.facts().times();
        long timeMillis = rendered.timestampMillis();
        if (timeMillis < times.oldestKept(readMillis)) {
            session.notices().old(madeRoute, origin(madeMatch), timeMillis, readMillis);
        }
        boolean ahead = timeMillis > times.latestAccepted(readMillis);
        if (!ahead && timeMillis >= times.oldestAccepted(readMillis)) {
            return Optional.empty();
        }
        made.render(shown.at(madeMatch, rule.ruleIdPart()), origin, true);
        return Optional.of(ahead ? ReadTimeReason.AHEAD : ReadTimeReason.BEHIND);
    }

    /** The record that was made last. */
    public ProducerRecord<byte[], byte[]> record() {
        RenderedRecord rendered = made.rendered();
        byte[] key = rendered.hasKey() ? rendered.key() : null;
        return new ProducerRecord<>(
                madeRoute.topic(),
                partition(rendered),
                rendered.timestampMillis() == readMillis ? readTime : (Long) rendered.timestampMillis(),
                key,
                rendered.value(),
                made.headers());
    }

    private int partition(RenderedRecord rendered) {
        boolean byKey = rendered.hasKey()
                && rules.get(matches.ruleIndex(madeMatch)).orElseThrow().partition() == Partition.KEY;
        return byKey ? madeRoute.partitionOf(rendered.key()) : madeRoute.partitionOf(ids.fileHash());
    }

    /** Where the record that was made last goes. */
    public TopicRoute route() {
        return madeRoute;
    }

    /** Why the record that was made last does not have the time that it tells; empty if it does, or needs none. */
    public Optional<ReadTimeReason> readTimeReason() {
        return madeReadTime;
    }

    /** The user is told why the record that was made last does not have the time that it tells. */
    public void sayReadTime() {
        RuleRoute rule = rules.get(matches.ruleIndex(madeMatch)).orElseThrow();
        session.notices().readTime(rule, madeReadTime.orElseThrow(), madeRoute, () -> place(madeMatch));
    }

    /** The user is told that a match becomes a dead letter. */
    public void sayDeadLetter(RefusedMatch refused) {
        RuleRoute rule = rules.get(matches.ruleIndex(refused.match())).orElseThrow();
        session.notices().deadLetter(rule, refused, () -> place(refused.match()));
    }

    /** Whether the record that was made last is so much smaller than the limit that it fits without being measured. */
    public boolean fitsForCertain() {
        return RecordSize.estimate(made.rendered()) <= madeRoute.maxRecordBytes();
    }

    /** What can be made of a match that is refused, for a topic. */
    public DeadLetter letter(RefusedMatch refused) {
        RuleRoute rule = rules.get(matches.ruleIndex(refused.match())).orElseThrow();
        madeRoute = null;
        render(refused.match(), rule, false);
        return DeadLetter.of(refused, rule.form(), made);
    }

    /** What can be made of a match that is refused, as a line for a file, without its line feed. */
    public byte[] letterLine(RefusedMatch refused) {
        RuleRoute rule = rules.get(matches.ruleIndex(refused.match())).orElseThrow();
        return session.letterLines(rule).line(refused, shown.at(refused.match(), rule.ruleIdPart()), origin);
    }

    /** The user is told once that the brokers refused the time of a match's record. */
    public void timeRefused(int match, String topic, String why) {
        session.notices().timeRefused(topic, origin(match), why);
    }

    /** Where a match comes from, for people. */
    public String origin(int match) {
        return "%s (rule '%s')".formatted(place(match), matches.rule(match).id());
    }

    private String place(int match) {
        return "%s at offset %d".formatted(NativePath.printable(window.file().path()), matches.recordOffset(match));
    }

    /** Bytes of a match's record, without its delimiter. */
    public int recordBytes(int match) {
        return matches.length(match);
    }
}
