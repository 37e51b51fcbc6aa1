package io.pickaroon.processor.follow;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.pickaroon.processor.follow.FileLife.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Takes real files through every short series of events, and holds each step against the table of transitions. */
class FileLifecycleTest {
    /** How many events follow in every combination on each start. */
    private static final int LAST_EVENTS = 2;

    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private static Level levelBefore;

    @TempDir
    Path directory;

    /** The start of a life, and whether another file had its name before. */
    private record Start(FileState leadsTo, boolean hasPredecessor, List<Event> events) {}

    private static final List<Start> STARTS = List.of(
            start(FileState.DISCOVERED),
            start(FileState.ACTIVE, Event.WRITE_LINE, Event.TURN),
            start(FileState.IDLE, Event.WRITE_PART, Event.TURN, Event.SHORT_PAUSE),
            start(FileState.CLOSED, Event.WRITE_LINE, Event.TURN, Event.ACKNOWLEDGE, Event.CLOSE),
            start(FileState.ROTATED, Event.WRITE_LINE, Event.TURN, Event.WRITE_PART, Event.ROTATE),
            start(FileState.MISSING, Event.WRITE_LINE, Event.TURN, Event.WRITE_PART, Event.DELETE),
            start(FileState.DRAINED, Event.WRITE_LINE, Event.TURN, Event.ACKNOWLEDGE, Event.ROTATE),
            start(FileState.DRAINED, Event.WRITE_LINE, Event.TURN, Event.ACKNOWLEDGE, Event.DELETE),
            start(FileState.TRUNCATED, Event.WRITE_LINE, Event.TURN, Event.TRUNCATE),
            start(FileState.BACKING_OFF, Event.BREAK, Event.TURN),
            start(
                    FileState.BACKING_OFF,
                    Event.WRITE_LINE,
                    Event.TURN,
                    Event.ACKNOWLEDGE,
                    Event.CLOSE,
                    Event.BREAK,
                    Event.NEW_SESSION,
                    Event.TURN),
            start(FileState.EXPIRED, Event.DELETE),
            new Start(FileState.BLOCKED, true, List.of(Event.WRITE_LINE)),
            new Start(FileState.BLOCKED, true, List.of(Event.WRITE_LINE, Event.TURN)));

    private static Start start(FileState leadsTo, Event... events) {
        return new Start(leadsTo, false, List.of(events));
    }

    /** What is not listed leaves the file in its state. */
    private static final String TRANSITIONS = """
        ACTIVE CLOSE -> CLOSED
        ACTIVE DELETE -> DRAINED, MISSING
        ACTIVE LONG_PAUSE -> IDLE
        ACTIVE NEW_SESSION -> DISCOVERED
        ACTIVE ROTATE -> DRAINED, ROTATED
        ACTIVE SHORT_PAUSE -> IDLE
        ACTIVE TRUNCATE -> ACTIVE, TRUNCATED
        BACKING_OFF DELETE -> EXPIRED
        BACKING_OFF TURN -> ACTIVE, BACKING_OFF
        BLOCKED CLOSE -> BLOCKED, EXPIRED
        BLOCKED DELETE -> BLOCKED, EXPIRED
        BLOCKED TURN -> ACTIVE, BACKING_OFF, BLOCKED
        CLOSED DELETE -> EXPIRED, MISSING
        CLOSED NEW_SESSION -> DISCOVERED
        CLOSED ROTATE -> DRAINED, ROTATED
        CLOSED TRUNCATE -> TRUNCATED
        CLOSED TURN -> ACTIVE, BACKING_OFF, IDLE
        DISCOVERED CLOSE -> DISCOVERED, EXPIRED
        DISCOVERED DELETE -> DISCOVERED, EXPIRED
        DISCOVERED TURN -> ACTIVE, BACKING_OFF, DRAINED, IDLE, MISSING, ROTATED
        DRAINED CLOSE -> DRAINED, EXPIRED
        DRAINED DELETE -> DRAINED, EXPIRED
        DRAINED NEW_SESSION -> DISCOVERED
        DRAINED TRUNCATE -> TRUNCATED
        DRAINED WRITE_LINE -> MISSING, ROTATED
        DRAINED WRITE_PART -> MISSING, ROTATED
        IDLE CLOSE -> CLOSED
        IDLE DELETE -> MISSING
        IDLE NEW_SESSION -> DISCOVERED
        IDLE ROTATE -> ROTATED
        IDLE TRUNCATE -> TRUNCATED
        IDLE WRITE_LINE -> ACTIVE
        IDLE WRITE_PART -> ACTIVE
        MISSING ACKNOWLEDGE -> DRAINED, MISSING
        MISSING CLOSE -> EXPIRED
        MISSING NEW_SESSION -> DISCOVERED
        MISSING TRUNCATE -> TRUNCATED
        ROTATED ACKNOWLEDGE -> DRAINED, ROTATED
        ROTATED DELETE -> MISSING
        ROTATED NEW_SESSION -> DISCOVERED
        ROTATED TRUNCATE -> TRUNCATED
        TRUNCATED CLOSE -> EXPIRED, TRUNCATED
        TRUNCATED DELETE -> EXPIRED, TRUNCATED
        TRUNCATED NEW_SESSION -> DISCOVERED
        TRUNCATED TURN -> ACTIVE, DRAINED
        """;

    /** Of each state what is next in a session of the sink / without one. */
    private static final String STEPS = """
        EXPIRED
          FORGET / FORGET
        BACKING_OFF
          POLL_LATER / POLL_LATER
          POLL_LATER / WAIT_FOR_EVENT
          READ / POLL_LATER
          READ / WAIT_FOR_EVENT
        BLOCKED
          READ / POLL_LATER
          READ / WAIT_FOR_EVENT
        DISCOVERED
          CLOSE / CLOSE
          CLOSE / POLL_LATER
          CLOSE / WAIT_FOR_EVENT
        TRUNCATED
          CLOSE / POLL_LATER
          CLOSE / WAIT_FOR_EVENT
          POLL_LATER / POLL_LATER
          READ / POLL_LATER
          READ / WAIT_FOR_EVENT
          WAIT_FOR_EVENT / WAIT_FOR_EVENT
        DRAINED
          CLOSE / CLOSE
          POLL_LATER / POLL_LATER
          POLL_LATER / WAIT_FOR_EVENT
        MISSING
          POLL_LATER / POLL_LATER
          POLL_LATER / WAIT_FOR_EVENT
          READ / POLL_LATER
          READ / WAIT_FOR_EVENT
        ROTATED
          CLOSE / POLL_LATER
          POLL_LATER / POLL_LATER
          POLL_LATER / WAIT_FOR_EVENT
          READ / POLL_LATER
          READ / WAIT_FOR_EVENT
        CLOSED
          CLOSE / CLOSE
          CLOSE / POLL_LATER
          CLOSE / WAIT_FOR_EVENT
          POLL_LATER / POLL_LATER
          WAIT_FOR_EVENT / WAIT_FOR_EVENT
        IDLE
          CLOSE / CLOSE
          CLOSE / WAIT_FOR_EVENT
          WAIT_FOR_EVENT / WAIT_FOR_EVENT
        ACTIVE
          POLL_LATER / POLL_LATER
          READ / POLL_LATER
        """;

    private final Map<String, Set<FileState>> transitions = new TreeMap<>();
    private final Map<FileState, Set<String>> steps = new EnumMap<>(FileState.class);

    @BeforeAll
    static void silence() {
        levelBefore = ROOT.getLevel();
        ROOT.setLevel(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        ROOT.setLevel(levelBefore);
    }

    @Test
    void theTablesHoldEveryTransitionAndEveryStepAndNoOther() throws IOException {
        for (Start start : STARTS) {
            for (int number = 0; number < Math.pow(Event.values().length, LAST_EVENTS); number++) {
                try (FileLife life = new FileLife(directory, start.hasPredecessor())) {
                    start.events().forEach(life::happens);
                    assertThat(life.state()).isEqualTo(start.leadsTo());
                    live(life, number);
                }
            }
        }
        String seen = transitions.entrySet().stream()
                .filter(row ->
                        !row.getKey().startsWith(row.getValue().iterator().next() + " ")
                                || row.getValue().size() > 1)
                .map(row -> row.getKey() + " -> " + joined(row.getValue(), ", "))
                .collect(Collectors.joining("\n"));
        assertThat(seen.lines()).containsExactlyElementsOf(TRANSITIONS.lines().toList());
        String next = steps.entrySet().stream()
                .map(row -> row.getKey() + "\n  " + joined(row.getValue(), "\n  "))
                .collect(Collectors.joining("\n"));
        assertThat(next.lines()).containsExactlyElementsOf(STEPS.lines().toList());
    }

    private static String joined(Set<?> values, String separator) {
        return values.stream().map(Object::toString).sorted().collect(Collectors.joining(separator));
    }

    /** Lets the events happen whose numbers are the digits of this one. */
    private void live(FileLife life, int number) {
        for (int rest = number, i = 0; i < LAST_EVENTS; i++, rest /= Event.values().length) {
            Event event = Event.values()[rest % Event.values().length];
            FileState before = life.state();
            life.happens(event);
            FileState now = life.state();
            transitions
                    .computeIfAbsent(before + " " + event, _ -> EnumSet.noneOf(FileState.class))
                    .add(now);
            steps.computeIfAbsent(now, _ -> new TreeSet<>()).add(life.step());
        }
    }
}
