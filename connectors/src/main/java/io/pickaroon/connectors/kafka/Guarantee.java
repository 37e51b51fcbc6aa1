package io.pickaroon.connectors.kafka;

import java.time.Duration;
import java.util.Objects;

/** What a consumer may rely on. */
public sealed interface Guarantee {
    /** Every match arrives; after a failure some arrive again. */
    record AtLeastOnce() implements Guarantee {}

    /**
     * A {@code read_committed} consumer sees every match once, in file order: matches and the positions reached become
     * visible together, in one transaction for each group of windows.
     *
     * <p>A group is what came while the transaction before it was under way. So groups grow with the backlog, and a line
     * of a quiet tail is committed at once.
     *
     * @param instance name of this installation, in letters of {@code [A-Za-z0-9._-]}. It is the owner of the positions,
     *     and of the transactions: of two processes with one name, one stops the other, as a rule the later the earlier
     * @param positionsTopic compacted topic of one partition that holds how far each file is delivered; several instances
     *     may share it. It is made if it does not exist
     * @param groupBytes a group is closed when it holds this much, counted as {@link WindowWeight} does, and at most one
     *     window more. About five groups are in memory at the most
     * @param gatherTime how long a window waits for others when no transaction is under way
     * @param positionInterval how often positions are written while nothing matches; until then a start reads what
     *     follows them again, which emits nothing
     */
    record ExactlyOnce(
            String instance, String positionsTopic, long groupBytes, Duration gatherTime, Duration positionInterval)
            implements Guarantee {
        /** Topic of the positions unless another is given. */
        public static final String DEFAULT_POSITIONS_TOPIC = "pickaroon-positions";

        public ExactlyOnce {
            Objects.requireNonNull(instance, "instance");
            Objects.requireNonNull(positionsTopic, "positionsTopic");
            if (groupBytes < 1) {
                throw new IllegalArgumentException("groupBytes " + groupBytes + " must be at least 1");
            }
            Objects.requireNonNull(gatherTime, "gatherTime");
            Objects.requireNonNull(positionInterval, "positionInterval");
        }

        /** With the defaults: groups of 16 MiB, gathered for 5 ms, positions every second. */
        public ExactlyOnce(String instance) {
            this(instance, DEFAULT_POSITIONS_TOPIC, 16L * 1024 * 1024, Duration.ofMillis(5), Duration.ofSeconds(1));
        }

        /** What the brokers know this instance by: {@code transactional.id}. */
        public String transactionalId() {
            return "pickaroon-" + instance;
        }
    }
}
