package io.pickaroon.connectors.kafka.claim;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What {@link ClaimDecision} decides. Immutable. */
public sealed interface Verdict {
    /**
     * The start continues under a name.
     *
     * @param name the name
     * @param source whose positions count
     * @param startsAnew whether everything is sent again
     * @param adopted the {@code --adopt} that the checkpoint has to remember
     * @param warnings what the user should know, a line each
     * @param notices what the log should have, a line each
     */
    record GoOn(
            String name,
            Source source,
            boolean startsAnew,
            Optional<String> adopted,
            List<String> warnings,
            List<String> notices)
            implements Verdict {
        public GoOn {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(source, "source");
            warnings = List.copyOf(warnings);
            notices = List.copyOf(notices);
        }

        /** A second name that has to be taken over before positions are read. */
        public Optional<String> former() {
            return source instanceof Source.Former(String former) ? Optional.of(former) : Optional.empty();
        }

        /** The name of another checkpoint whose positions are read, and stay as they are. */
        public Optional<String> copied() {
            return source instanceof Source.Copied(String other) ? Optional.of(other) : Optional.empty();
        }
    }

    /** A person has to decide first. */
    record Undecided(String message) implements Verdict {}

    /** The name that the user asked for does not exist. */
    record NoSuchName(String message) implements Verdict {}

    /** Whose positions count for a start. */
    sealed interface Source {
        /** The positions of the name. */
        record Own() implements Source {
            /* Written out, like hashCode: what a record has by itself is made anew by the JVM in every process. */
            @Override
            public boolean equals(Object other) {
                return other instanceof Own;
            }

            @Override
            public int hashCode() {
                return 1;
            }
        }

        /** The positions of the checkpoint's former name. They move to the new name, and the former one ends. */
        record Former(String name) implements Source {}

        /** Some positions of a name that another checkpoint holds. They are copied to the new name. */
        record Copied(String name) implements Source {}
    }
}
