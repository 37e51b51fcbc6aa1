package io.pickaroon.processor.delivery;

import io.pickaroon.processor.file.Position;
import java.util.Objects;
import java.util.Set;

/**
 * How far a destination knows a file to be delivered, and by which rules.
 *
 * @param position up to there
 * @param rules fingerprints of the rules whose matches were delivered, as {@link
 *     io.pickaroon.processor.scan.ScannedWindow#rules()} has them; of other rules it is not known
 * @param rulesSince offset from which on they were delivered; at least up to there, other rules may have been in force
 */
public record DeliveredPosition(Position position, Set<String> rules, long rulesSince) {
    public DeliveredPosition {
        Objects.requireNonNull(position, "position");
        rules = Set.copyOf(rules);
        if (rulesSince < 0 || rulesSince > position.offset()) {
            throw new IllegalArgumentException(
                    "rulesSince %d is not in [0, %d]".formatted(rulesSince, position.offset()));
        }
    }
}
