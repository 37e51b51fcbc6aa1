package io.pickaroon.connectors.kafka.records;

import io.pickaroon.connectors.kafka.client.ClientProperties;
import io.pickaroon.connectors.kafka.topics.TopicFacts;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.RecordOrigins;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the Kafka records of a session. Thread-safe: each thread renders with renderers of its own. It sends nothing. */
public final class SessionRecords {
    private final TopicRoutes routes;
    private final ClientProperties properties;
    private final RecordOrigins origins;
    private final RecordNotices notices;
    private final InstantSource clock;
    /** By rule id, for each thread: while one sends a window, another finds the topics of the next. */
    private final ThreadLocal<Map<String, RuleRenderer>> renderers = ThreadLocal.withInitial(HashMap::new);

    private final ThreadLocal<Map<String, LetterLines>> letters = ThreadLocal.withInitial(HashMap::new);
    /** Of topics that records name. */
    private final Map<String, TopicRoute> named = new ConcurrentHashMap<>();

    private String originInput = "";
    private String originFile = "";
    private RecordOrigin origin = new RecordOrigin("", "", "", "");

    /**
     * For one session.
     *
     * @param origins where the records of files come from
     * @param notices what the user is told once
     * @param clock tells when a record is read
     */
    public SessionRecords(
            TopicRoutes routes,
            ClientProperties properties,
            RecordOrigins origins,
            RecordNotices notices,
            InstantSource clock) {
        this.routes = routes;
        this.properties = properties;
        this.origins = origins;
        this.notices = notices;
        this.clock = clock;
        routes.byRuleId().values().forEach(notices::begin);
    }

    /** Whether records of some rule name their own topics: {@link WindowRecords#resolve} has to come before they are made. */
    public boolean nameTopics() {
        return routes.hasNamedTopics();
    }

    /** The records of a window. */
    public WindowRecords of(ScannedWindow window) {
        return new WindowRecords(window, this, origin(window), clock.millis());
    }

    private synchronized RecordOrigin origin(ScannedWindow window) {
        String file = NativePath.escaped(window.file().path());
        if (!file.equals(originFile) || !window.input().equals(originInput)) {
            origin = origins.of(window.input(), file);
            originFile = file;
            originInput = window.input();
        }
        return origin;
    }

    TopicRoutes routes() {
        return routes;
    }

    RecordNotices notices() {
        return notices;
    }

    InstantSource clock() {
        return clock;
    }

    /** The route to a topic that a record names. */
    TopicRoute route(String topic, TopicFacts facts) {
        TopicRoute before = named.get(topic);
        if (before != null && before.facts().equals(facts)) {
            return before;
        }
        TopicRoute route = TopicRoute.of(topic, facts, properties);
        named.put(topic, route);
        routes.byRuleId().values().stream()
                .filter(rule -> rule.topic().isEmpty())
                .forEach(rule -> notices.begin(rule, route));
        return route;
    }

    /** Makes lines of the refused records of a rule, for this thread. */
    LetterLines letterLines(RuleRoute rule) {
        return letters.get().computeIfAbsent(rule.form().ruleId(), _ -> new LetterLines(rule.form()));
    }

    /** The renderer of a rule for this thread. */
    RuleRenderer renderer(RuleRoute rule) {
        return renderers.get().computeIfAbsent(rule.form().ruleId(), _ -> new RuleRenderer(rule.form()));
    }
}
