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
     * <p>A group holds the windows that came while the transaction before it ran. So groups grow with the backlog, and
     * a single line of a quiet file is committed at once.
     *
     * @param orders the instance name under which positions are kept, if the user gives one, and what the command line
     *     says about it. A name belongs to one checkpoint: of two processes with the same name, the later stops the
     *     earlier or does not start
     * @param positionsTopic compacted topic of one partition that holds how far each file is delivered; several
     *     instances may share it. The sink creates it if it does not exist
     * @param groupBytes a group is complete when its windows take this much memory, in bytes; it exceeds that by one
     *     window at most. At most about five groups are in memory
     * @param gatherTime how long a window waits for others when no transaction runs
     * @param positionInterval how often positions are written while nothing matches. After a crash the files are read
     *     again from the last written positions, which emits nothing
     */
    record ExactlyOnce(
            Orders orders, String positionsTopic, long groupBytes, Duration gatherTime, Duration positionInterval)
            implements Guarantee {
        /** Topic of the positions unless another is given. */
        public static final String DEFAULT_POSITIONS_TOPIC = "pickaroon-positions";

        /** Prefix of each {@code transactional.id}: one ACL for this prefix permits every name. */
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

        /** The {@code transactional.id} by which the brokers know the instance of this name. */
        public static String transactionalId(String name) {
            return TRANSACTIONAL_ID_PREFIX + name;
        }
    }
}
