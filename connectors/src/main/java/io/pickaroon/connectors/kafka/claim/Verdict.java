package io.pickaroon.connectors.kafka.claim;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What {@link ClaimDecision} makes of claims. */
public sealed interface Verdict {
    /**
     * The start goes on under a name.
     *
     * @param name the name
     * @param source whose positions count
     * @param startsAnew whether everything is sent again
     * @param adopted what the checkpoint has to remember of {@code --adopt}
     * @param warnings what a person should know, a line each
     * @param notices what is worth a line
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

        /** The name that has to be taken over before positions are read, beside the one itself. */
        public Optional<String> former() {
            return source instanceof Source.Former(String former) ? Optional.of(former) : Optional.empty();
        }

        /** The name of another checkpoint, whose positions are read and left alone. */
        public Optional<String> copied() {
            return source instanceof Source.Copied(String other) ? Optional.of(other) : Optional.empty();
        }
    }

    /** A person has to decide first. */
    record Undecided(String message) implements Verdict {}

    /** What was asked for does not exist. */
    record NoSuchName(String message) implements Verdict {}

    /** Whose positions count for a start. */
    sealed interface Source {
        /** Those of the name. */
        record Own() implements Source {}

        /** Those of the name that the checkpoint had before. They move to the new one, and the former name ends. */
        record Former(String name) implements Source {}

        /** Some of those of a name that another checkpoint has. They are copied to the new one. */
        record Copied(String name) implements Source {}
    }
}
