package io.pickaroon.connectors.kafka.settings;

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
     * @param orders the name under which positions are kept, as far as it is given, and what the command line says about it.
     *     A name has one checkpoint: of two processes with one name, the later stops the earlier, or does not start
     * @param positionsTopic compacted topic of one partition that holds how far each file is delivered; several instances
     *     may share it. It is made if it does not exist
     * @param groupBytes a group is closed when it holds this much, counted as {@code WindowWeight} does, and at most one
     *     window more. About five groups are in memory at the most
     * @param gatherTime how long a window waits for others when no transaction is under way
     * @param positionInterval how often positions are written while nothing matches; until then a start reads what
     *     follows them again, which emits nothing
     */
    record ExactlyOnce(
            Orders orders, String positionsTopic, long groupBytes, Duration gatherTime, Duration positionInterval)
            implements Guarantee {
        /** Topic of the positions unless another is given. */
        public static final String DEFAULT_POSITIONS_TOPIC = "pickaroon-positions";

        /** What each {@code transactional.id} begins with: a right for this prefix is one for every name. */
        public static final String TRANSACTIONAL_ID_PREFIX = "pickaroon-";

        public ExactlyOnce {
            Objects.requireNonNull(orders, "orders");
            Objects.requireNonNull(positionsTopic, "positionsTopic");
            if (groupBytes < 1) {
                throw new IllegalArgumentException("groupBytes " + groupBytes + " must be at least 1");
            }
            Objects.requireNonNull(gatherTime, "gatherTime");
            Objects.requireNonNull(positionInterval, "positionInterval");
        }

        /** With the defaults: groups of 16 MiB, gathered for 5 ms, positions every second. */
        public ExactlyOnce(Orders orders) {
            this(orders, DEFAULT_POSITIONS_TOPIC, 16L * 1024 * 1024, Duration.ofMillis(5), Duration.ofSeconds(1));
        }

        /** What the brokers know an instance of this name by: {@code transactional.id}. */
        public static String transactionalId(String name) {
            return TRANSACTIONAL_ID_PREFIX + name;
        }
    }
}
