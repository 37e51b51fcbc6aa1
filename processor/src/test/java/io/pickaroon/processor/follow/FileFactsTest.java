package io.pickaroon.processor.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.follow.FileFacts.Limits;
import io.pickaroon.processor.follow.FileFacts.Obstacle;
import io.pickaroon.processor.follow.FileFacts.Place;
import io.pickaroon.processor.follow.FileFacts.Reading;
import io.pickaroon.processor.follow.FileFacts.Size;
import io.pickaroon.processor.follow.FileFacts.Tail;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Walks through all that can be known of a followed file, and asks what follows. */
class FileFactsTest {
    private static final List<Limits> LIMITS = List.of(new Limits(10, 5, 300), new Limits(10, 20, 2));
    private static final long[] QUIET_NANOS = {0, 1, 2, 4, 5, 9, 10, 19, 20, 299, 300, Long.MAX_VALUE};
    private static final boolean[] EITHER = {false, true};

    private static final List<FileFacts> ALL = all();

    @Test
    void theNextStepIsTheFirstOneThatApplies() {
        for (Limits limits : LIMITS) {
            for (FileFacts facts : ALL) {
                Questions asked = new Questions(facts, limits);
                assertThat(facts.next(limits)).as("%s", facts).isEqualTo(asked.next());
                assertThat(facts.nextWithoutSession(limits)).as("%s", facts).isEqualTo(asked.nextWithoutSession());
            }
        }
    }

    @Test
    void inEachStateTheseStepsAndNoOthersArePossible() {
        Map<FileState, Set<NextStep>> steps = new EnumMap<>(FileState.class);
        for (FileFacts facts : ALL) {
            steps.computeIfAbsent(facts.state(LIMITS.getFirst()), _ -> EnumSet.noneOf(NextStep.class))
                    .add(facts.next(LIMITS.getFirst()));
        }
        assertThat(steps.keySet()).containsExactly(FileState.values());
        assertThat(steps.get(FileState.EXPIRED)).containsExactly(NextStep.FORGET);
        assertThat(steps.get(FileState.BLOCKED)).containsExactly(NextStep.READ);
        assertThat(steps.get(FileState.BACKING_OFF))
                .containsExactly(NextStep.READ, NextStep.POLL_LATER, NextStep.CLOSE);
        assertThat(steps.get(FileState.DISCOVERED)).containsExactly(NextStep.POLL_LATER, NextStep.CLOSE);
        assertThat(steps.get(FileState.ACTIVE)).containsExactly(NextStep.READ, NextStep.POLL_LATER);
        assertThat(steps.get(FileState.DRAINED)).containsExactly(NextStep.READ, NextStep.POLL_LATER, NextStep.CLOSE);
        assertThat(steps.get(FileState.MISSING)).containsExactly(NextStep.READ, NextStep.POLL_LATER, NextStep.CLOSE);
        assertThat(steps.get(FileState.ROTATED)).containsExactly(NextStep.READ, NextStep.POLL_LATER, NextStep.CLOSE);
        for (FileState atHome : List.of(FileState.IDLE, FileState.CLOSED)) {
            assertThat(steps.get(atHome))
                    .containsExactly(NextStep.READ, NextStep.POLL_LATER, NextStep.WAIT_FOR_EVENT, NextStep.CLOSE);
        }
    }

    @Test
    void whatIsNotDeliveredIsNeverClosedWithoutASession() {
        for (FileFacts facts : ALL) {
            boolean mayLose = !facts.reading().isDelivered() && facts.place() != Place.MISSING;
            if (mayLose && facts.obstacle() != Obstacle.END) {
                assertThat(facts.nextWithoutSession(LIMITS.getFirst()))
                        .as("%s", facts)
                        .isNotIn(NextStep.CLOSE, NextStep.READ, NextStep.FORGET);
            }
        }
    }

    private static List<FileFacts> all() {
        List<FileFacts> all = new ArrayList<>();
        for (Reading reading : readings().toList()) {
            for (Obstacle obstacle : Obstacle.values()) {
                for (Place place : Place.values()) {
                    for (Tail tail : reading.isBegun() ? Tail.values() : new Tail[] {Tail.NONE}) {
                        for (boolean hasPendingFixes : EITHER) {
                            for (long quietNanos : QUIET_NANOS) {
                                all.add(new FileFacts(obstacle, place, reading, tail, hasPendingFixes, quietNanos));
                            }
                        }
                    }
                }
            }
        }
        return all;
    }

    private static Stream<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        for (Size size : Size.values()) {
            for (boolean isDelivered : EITHER) {
                readings.add(new Reading(false, false, size, true, true, isDelivered));
                for (boolean isOpen : EITHER) {
                    for (boolean isEmitted : EITHER) {
                        for (boolean isDurable : EITHER) {
                            readings.add(new Reading(true, isOpen, size, isEmitted, isDurable, isDelivered));
                        }
                    }
                }
            }
        }
        return readings.stream();
    }

    /** The questions that a scheduler without states asks of a file, one after the other. */
    private record Questions(FileFacts facts, Limits limits) {
        NextStep next() {
            if (hasEnded()) {
                return NextStep.FORGET;
            } else if (wantsTurn()) {
                return NextStep.READ;
            } else if (isFinished() || isQuiet()) {
                return NextStep.CLOSE;
            }
            return isSilent() ? NextStep.WAIT_FOR_EVENT : NextStep.POLL_LATER;
        }

        NextStep nextWithoutSession() {
            if (hasEnded()) {
                return NextStep.FORGET;
            } else if (isFinished() || isQuiet() && reading().isDelivered()) {
                return NextStep.CLOSE;
            }
            return isIdle() ? NextStep.WAIT_FOR_EVENT : NextStep.POLL_LATER;
        }

        private Reading reading() {
            return facts.reading();
        }

        private boolean hasEnded() {
            return facts.obstacle() == Obstacle.END;
        }

        private boolean wantsTurn() {
            if (facts.obstacle() == Obstacle.RETRY_PAUSE) {
                return false;
            } else if (facts.obstacle() != Obstacle.NONE) {
                return true;
            } else if (!reading().isBegun()) {
                return false;
            }
            return facts.tail() == Tail.DUE
                    || waits()
                    || looksAtSize() && reading().size() != Size.SAME;
        }

        private boolean looksAtSize() {
            return facts.obstacle() == Obstacle.NONE
                    && reading().isOpen()
                    && (facts.place() != Place.HOME || !isIdle());
        }

        private boolean waits() {
            return facts.place() == Place.ROTATED && facts.hasPendingFixes();
        }

        private boolean isFinished() {
            boolean isBehind = !reading().isEmitted()
                    || Set.of(Size.OTHER, Size.SHRUNK).contains(reading().size());
            return facts.place() == Place.MISSING
                    && reading().isBegun()
                    && !isBehind
                    && reading().isDurable()
                    && facts.quietNanos() >= limits.endNanos();
        }

        private boolean isQuiet() {
            return waitsForNothing()
                    && reading().isDurable()
                    && (!reading().isOpen() || facts.quietNanos() >= limits.closeNanos());
        }

        private boolean isSilent() {
            return waitsForNothing() && facts.place() == Place.HOME && isIdle();
        }

        private boolean waitsForNothing() {
            return facts.obstacle() == Obstacle.NONE && facts.tail() == Tail.NONE && !waits();
        }

        private boolean isIdle() {
            return facts.quietNanos() >= limits.idleNanos();
        }
    }
}
